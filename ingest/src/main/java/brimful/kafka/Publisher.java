package brimful.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.kafka.record.Claim;
import brimful.kafka.record.ClaimCodec;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.DeadLetter;
import brimful.kafka.record.Revision;
import brimful.kafka.record.RevisionCodec;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/// Writes our records. Safe for many threads; returned futures complete when the brokers have
/// stored the record.
///
/// After a failure, earlier records may be missing too: whoever waits for a result repeats its
/// work.
public final class Publisher implements AutoCloseable {
  private static final Duration CLOSE_TIME = Duration.ofSeconds(10);

  private final Topics topics;
  private final Producer<byte[], byte[]> producer;
  private final int documentPartitions;

  public Publisher(Cluster cluster) {
    this(cluster.topics(), new KafkaProducer<>(cluster.connection().producer()));
  }

  /// Returns a publisher that sends little until it is flushed, which costs the brokers less.
  public static Publisher batching(Cluster cluster) {
    return new Publisher(
        cluster.topics(), new KafkaProducer<>(cluster.connection().batchingProducer()));
  }

  /// Returns a publisher whose futures wait for brokers as long as it takes.
  public static Publisher patient(Cluster cluster) {
    return new Publisher(
        cluster.topics(), new KafkaProducer<>(cluster.connection().patientProducer()));
  }

  Publisher(Topics topics, Producer<byte[], byte[]> producer) {
    this.topics = topics;
    this.producer = producer;
    documentPartitions = producer.partitionsFor(topics.documents()).size();
  }

  /// Submits a claim to its lane.
  public CompletableFuture<Void> submit(Claim claim, Lane lane) {
    String topic = lane.topic(topics);
    return send(new ProducerRecord<>(topic, ClaimCodec.key(claim), ClaimCodec.value(claim)));
  }

  /// Returns a claim that was set aside to its lane.
  ///
  /// @param partition where to; empty leaves the choice to its key
  public CompletableFuture<Void> giveBack(Claim claim, Lane lane, OptionalInt partition) {
    return send(
        new ProducerRecord<>(
            lane.topic(topics),
            partition.isPresent() ? partition.getAsInt() : null,
            ClaimCodec.key(claim),
            ClaimCodec.value(claim)));
  }

  /// Withdraws the record of a resubmitted claim that is settled.
  ///
  /// @param partition the record's
  public CompletableFuture<Void> settle(Claim claim, Lane lane, int partition) {
    return claim.attempts().isNone()
        ? CompletableFuture.completedFuture(null)
        : send(new ProducerRecord<>(lane.topic(topics), partition, ClaimCodec.key(claim), null));
  }

  /// Sets a claim aside.
  public CompletableFuture<Void> setAside(WaitingClaim waiting) {
    return send(new ProducerRecord<>(topics.jobsWaiting(), waiting.keyBytes(), waiting.value()));
  }

  /// Sets a claim aside that only a later version can read.
  ///
  /// @param key the key of its record
  /// @param place where that record is, which makes the new key unique
  /// @param value of [WaitingClaim#ofLaterVersion]
  public CompletableFuture<Void> setAside(byte[] key, String place, byte[] value) {
    byte[] unique = (new String(key, UTF_8) + '\0' + place).getBytes(UTF_8);
    return send(new ProducerRecord<>(topics.jobsWaiting(), unique, value));
  }

  /// Deletes the record of a claim that waits no longer.
  ///
  /// @param key the record's
  public CompletableFuture<Void> endWait(String key) {
    return send(new ProducerRecord<>(topics.jobsWaiting(), key.getBytes(UTF_8), null));
  }

  public CompletableFuture<Void> publish(Revision revision) {
    return all(
        RevisionCodec.records(revision, topics.documents(), documentPartitions).stream()
            .map(this::send));
  }

  /// Tells index workers that a collection was dropped: they remove its index once it is empty.
  ///
  /// @param version of its last claims
  public CompletableFuture<Void> drop(CollectionKey collection, long version) {
    return send(RevisionCodec.drop(collection, version, topics.documents(), documentPartitions));
  }

  /// Deletes the records of an overtaken version, so that compaction can drop them.
  ///
  /// @param parts how many slices it has besides its manifest
  public CompletableFuture<Void> sweep(RevisionCodec.Key manifest, int parts) {
    int partition =
        RevisionCodec.partition(manifest.collection(), manifest.item(), documentPartitions);
    Stream<RevisionCodec.Key> keys =
        Stream.concat(
            Stream.of(manifest),
            IntStream.range(0, parts).mapToObj(part -> manifest.part(Integer.toString(part))));
    return all(
        keys.map(key ->
                new ProducerRecord<byte[], byte[]>(
                    topics.documents(), partition, key.bytes(), null))
            .map(this::send));
  }

  public CompletableFuture<Void> publish(DeadLetter letter) {
    return send(new ProducerRecord<>(topics.deadLetters(), letter.key(), letter.value()));
  }

  /// Deletes a dead letter.
  CompletableFuture<Void> purge(DeadLetter letter) {
    return send(new ProducerRecord<>(topics.deadLetters(), letter.key(), null));
  }

  /// Writes a record without meaning to each partition of the documents, so that the brokers begin
  /// new segments where they are due, and can compact what was deleted.
  public void roll() {
    for (int partition = 0; partition < documentPartitions; partition++) {
      CompletableFuture<Void> _ =
          send(new ProducerRecord<>(topics.documents(), partition, RevisionCodec.ROLL, null));
    }
  }

  /// Withdraws the dead letter that a claim redrove.
  public CompletableFuture<Void> withdraw(Claim claim) {
    return claim.redrives().isEmpty()
        ? CompletableFuture.completedFuture(null)
        : send(
            new ProducerRecord<>(
                topics.deadLetters(), DeadLetter.key(claim.redrives(), claim), null));
  }

  public CompletableFuture<Void> progress(byte[] key, byte @Nullable [] value) {
    return send(new ProducerRecord<>(topics.progress(), key, value));
  }

  /// Waits until everything sent is stored or has failed.
  public void flush() {
    try {
      producer.flush();
    } catch (InterruptException e) {
      // Kafka's own exception; it has restored the flag.
      throw new CancellationException("interrupted while Kafka stores records");
    }
  }

  private CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> message) {
    try {
      return send(producer, message);
    } catch (InterruptException e) {
      throw new CancellationException("interrupted while Kafka stores records");
    }
  }

  public static CompletableFuture<Void> send(
      Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> message) {
    var sent = new CompletableFuture<Void>();
    Future<RecordMetadata> _ =
        producer.send(
            message,
            (_, failure) -> {
              if (failure == null) {
                sent.complete(null);
              } else {
                sent.completeExceptionally(failure);
              }
            });
    return sent;
  }

  public static CompletableFuture<Void> all(Stream<CompletableFuture<Void>> each) {
    return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new));
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIME);
  }
}
