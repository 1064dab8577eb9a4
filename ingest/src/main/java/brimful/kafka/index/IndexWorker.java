package brimful.kafka.index;

import brimful.kafka.Cluster;
import brimful.kafka.JobProgress;
import brimful.kafka.Publisher;
import brimful.kafka.Topics;
import brimful.kafka.record.RecordJson;
import brimful.kafka.record.UnreadableRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the indexes of all collections up to date with `brimful.documents`.
///
/// Each index's own commit stores how far the topic was read, and reading resumes there: a crash
/// loses nothing and repeats nothing. The group's committed offsets are for monitoring only. The
/// indexes can be rebuilt from the topic alone.
///
/// One index worker writes one folder. Members of a group share the partitions, so a second member
/// with another folder would leave both incomplete; it must belong to another group, and is then a
/// replica. Apart from [#stop], for one thread.
public final class IndexWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IndexWorker.class);

  private static final Duration POLL = Duration.ofMillis(250);

  /// While records keep arriving, they become visible after this time; otherwise as soon as they
  /// stop.
  private static final Duration COMMIT_EVERY = Duration.ofSeconds(10);

  /// The first commit waits this long even if nothing more arrives, because more may follow at
  /// once.
  private static final Duration COMMIT_AFTER = Duration.ofMillis(500);

  private final Topics topics;
  private final String group;
  private final Consumer<byte[], byte[]> consumer;
  private final Publisher publisher;
  private final CollectionIndexes indexes;
  private final Clock clock;
  private final Map<Integer, Partition> partitions = new TreeMap<>();
  private final Queue<CompletableFuture<Void>> swept = new ConcurrentLinkedQueue<>();
  private final ExecutorService pool;
  private volatile boolean stopping;
  private long committedAt = System.nanoTime();
  private long unreadable;

  /// One partition's state; accessed by one thread at a time.
  private static final class Partition {
    private final RevisionAssembler assembler = new RevisionAssembler();
    private long next;
  }

  /// @param group tells replicas apart; one for each folder
  /// @param folder where the collections' indexes are
  /// @param threads how many partitions are indexed at once
  public IndexWorker(Cluster cluster, String group, Path folder, int threads) {
    topics = cluster.topics();
    this.group = group;
    clock = Clock.systemUTC();
    indexes = CollectionIndexes.open(folder, cluster.id(topics.documents()));
    publisher = new Publisher(cluster);
    consumer = new KafkaConsumer<>(cluster.connection().consumer(group));
    pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("index-", 0).factory());
    consumer.subscribe(List.of(topics.documents()), new Seeker());
  }

  /// Positions each assigned partition where the indexes ended.
  private final class Seeker implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      for (TopicPartition one : assigned) {
        var partition = new Partition();
        partition.next = indexes.offset(one.partition());
        partitions.put(one.partition(), partition);
        consumer.seek(one, partition.next);
        LOG.info("reads partition={} offset={}", one.partition(), partition.next);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      commit();
      onPartitionsLost(revoked);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
      lost.forEach(one -> partitions.remove(one.partition()));
    }
  }

  /// Indexes until it is stopped.
  ///
  /// @param once whether to end at the present end of the topic
  public void run(boolean once) {
    while (!stopping) {
      ConsumerRecords<byte[], byte[]> messages = consumer.poll(POLL);
      if (!messages.isEmpty()) {
        apply(messages);
      }
      long since = System.nanoTime() - committedAt;
      boolean pausing = messages.isEmpty() && since > COMMIT_AFTER.toNanos();
      if ((pausing || since > COMMIT_EVERY.toNanos()) && indexes.isChanged()) {
        commit();
      }
      if (once && messages.isEmpty() && isAtEnd()) {
        stopping = true;
      }
    }
    commit();
  }

  /// Makes [#run] return soon.
  public void stop() {
    stopping = true;
  }

  /// Returns how many records since the start could not be read.
  public long unreadable() {
    return unreadable;
  }

  /// Returns the partitions that another member has.
  public Collection<Integer> elsewhere() {
    var missing = new TreeSet<Integer>();
    if (!partitions.isEmpty()) {
      consumer.partitionsFor(topics.documents()).forEach(info -> missing.add(info.partition()));
      missing.removeAll(partitions.keySet());
    }
    return missing;
  }

  private boolean isAtEnd() {
    if (partitions.isEmpty()) {
      return false;
    }
    List<TopicPartition> all =
        partitions.keySet().stream().map(p -> new TopicPartition(topics.documents(), p)).toList();
    Map<TopicPartition, Long> ends = consumer.endOffsets(all);
    return all.stream()
        .allMatch(one -> consumer.position(one) >= ends.getOrDefault(one, Long.MAX_VALUE));
  }

  /// Applies polled records, the partitions in parallel; all records of an item are in one
  /// partition.
  private void apply(ConsumerRecords<byte[], byte[]> messages) {
    // Where a new collection of this round must be read from after a crash.
    Map<Integer, Long> from = positions();
    var work = new ArrayList<Callable<Long>>();
    for (TopicPartition one : messages.partitions()) {
      Partition partition = partitions.get(one.partition());
      if (partition != null) {
        work.add(() -> apply(partition, one.partition(), messages.records(one), from));
      }
    }
    try {
      for (Future<Long> done : pool.invokeAll(work)) {
        unreadable += done.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException broken ? broken : new CompletionException(e);
    }
  }

  /// @return how many could not be read
  private long apply(
      Partition partition,
      int number,
      List<ConsumerRecord<byte[], byte[]>> messages,
      Map<Integer, Long> from) {
    long broken = 0;
    for (ConsumerRecord<byte[], byte[]> message : messages) {
      try {
        partition
            .assembler
            .add(message.key(), message.value(), message.offset(), message.timestamp())
            .ifPresent(whole -> apply(whole, number, message.offset(), from));
      } catch (UnreadableRecord e) {
        if (e.newer()) {
          throw e;
        }
        // Swept slices of an overtaken version look like this too; the newer one follows.
        LOG.warn(
            "passed over topic={} partition={} offset={} cause={}",
            message.topic(),
            number,
            message.offset(),
            e.getMessage());
        broken++;
      }
      partition.next = message.offset() + 1;
    }
    return broken;
  }

  private void apply(
      RevisionAssembler.Whole whole, int number, long offset, Map<Integer, Long> from) {
    CollectionIndex index = indexes.of(whole.revision().collection(), from);
    if (offset >= index.offset(number)) {
      index.apply(whole).ifPresent(old -> swept.add(publisher.sweep(old.manifest(), old.parts())));
    }
  }

  /// Returns where each partition must be read again to have everything that is not committed.
  private Map<Integer, Long> positions() {
    var positions = new HashMap<Integer, Long>();
    partitions.forEach((number, partition) -> {
      OptionalLong waiting = partition.assembler.firstWaiting();
      positions.put(number, Math.min(partition.next, waiting.orElse(Long.MAX_VALUE)));
    });
    return positions;
  }

  private void commit() {
    // A sweep must be stored before the index forgets that it was due.
    publisher.flush();
    for (CompletableFuture<Void> one = swept.poll(); one != null; one = swept.poll()) {
      one.join();
    }
    Map<Integer, Long> positions = positions();
    indexes.commit(positions, clock.instant());
    indexes
        .jobs()
        .forEach((key, counts) ->
            published(
                publisher.progress(
                    JobProgress.countsKey(key, group).getBytes(StandardCharsets.UTF_8),
                    RecordJson.bytes(counts.json()))));
    // Whoever sees that nothing waits any more must find the counts.
    publisher.flush();
    consumer.commitAsync(
        positions.entrySet().stream()
            .collect(
                Collectors.toMap(
                    position -> new TopicPartition(topics.documents(), position.getKey()),
                    position -> new OffsetAndMetadata(position.getValue()))),
        null);
    committedAt = System.nanoTime();
  }

  /// Progress is reported again at the next commit.
  private static void published(CompletableFuture<Void> progress) {
    CompletableFuture<Void> _ =
        progress.exceptionally(failure -> {
          LOG.warn("progress not taken cause={}", failure.toString());
          return null;
        });
  }

  @Override
  public void close() {
    pool.shutdownNow();
    consumer.close();
    publisher.close();
    indexes.close();
  }
}
