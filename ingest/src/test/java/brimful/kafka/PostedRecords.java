package brimful.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.kafka.index.RevisionAssembler;
import brimful.kafka.record.Claim;
import brimful.kafka.record.ClaimCodec;
import brimful.kafka.record.DeadLetter;
import brimful.kafka.record.Revision;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// What a [Publisher] sent, to brokers that take it at once or when they are told to.
public final class PostedRecords {
  private static final Node NODE = new Node(0, "nowhere", 1);

  private final Topics topics;
  private final MockProducer<byte[], byte[]> producer;

  public PostedRecords(Topics topics, boolean atOnce) {
    this.topics = topics;
    List<PartitionInfo> partitions =
        IntStream.range(0, 6)
            .mapToObj(i ->
                new PartitionInfo(
                    topics.documents(), i, NODE, new Node[] {NODE}, new Node[] {NODE}))
            .toList();
    producer =
        new MockProducer<>(
            new org.apache.kafka.common.Cluster(
                "cluster", List.of(NODE), partitions, java.util.Set.of(), java.util.Set.of()),
            atOnce,
            null,
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  public MockProducer<byte[], byte[]> producer() {
    return producer;
  }

  public Publisher publisher() {
    return new Publisher(topics, producer);
  }

  /// Returns the topics of all records, in order.
  public List<String> topics() {
    return producer.history().stream().map(ProducerRecord::topic).toList();
  }

  public List<Claim> claims(Lane lane) {
    return values(lane.topic(topics)).stream().map(ClaimCodec::read).toList();
  }

  public List<WaitingClaim> waiting() {
    return values(topics.jobsWaiting()).stream().map(WaitingClaim::read).toList();
  }

  public List<DeadLetter> letters() {
    return values(topics.deadLetters()).stream().map(DeadLetter::read).toList();
  }

  /// Returns the revisions; all of them must be small.
  public List<Revision> revisions() {
    return producer.history().stream()
        .filter(message -> message.topic().equals(topics.documents()))
        .map(message -> new RevisionAssembler().add(message.key(), message.value(), 0, 0))
        .flatMap(Optional::stream)
        .map(RevisionAssembler.Whole::revision)
        .toList();
  }

  /// Returns the keys that were taken back, as text.
  public List<String> withdrawn() {
    return producer.history().stream()
        .filter(message -> message.value() == null)
        .map(message -> new String(message.key(), UTF_8))
        .toList();
  }

  private List<byte[]> values(String topic) {
    return producer.history().stream()
        .filter(message -> message.topic().equals(topic) && message.value() != null)
        .map(ProducerRecord::value)
        .toList();
  }
}
