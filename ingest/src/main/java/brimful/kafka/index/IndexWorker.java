package brimful.kafka.index;

import brimful.corpus.UserError;
import brimful.kafka.Cluster;
import brimful.kafka.JobProgress;
import brimful.kafka.Publisher;
import brimful.kafka.Topics;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.RevisionCodec;
import brimful.kafka.record.UnreadableRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
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
/// The folder stores how far the topic was read ([FolderState]), and reading resumes there: a crash
/// loses nothing. The group's committed offsets are for monitoring only. The indexes can be rebuilt
/// from the topic alone.
///
/// A record that only a newer version can read parks its collection in that partition: others go
/// on, and the collection continues from that record when a newer index worker starts, or one that
/// was told to leave the record out.
///
/// One index worker writes one folder. Members of a group share the partitions, so a second member
/// with another folder leaves both incomplete; each of them says so. Apart from [#stop], for one
/// thread.
public final class IndexWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IndexWorker.class);

  private static final Duration POLL = Duration.ofMillis(250);

  /// While records keep arriving, they become visible after this time; otherwise as soon as they
  /// stop.
  private static final Duration COMMIT_EVERY = Duration.ofSeconds(10);

  /// The first commit waits this long even if nothing more arrives, because more may follow at
  /// once.
  private static final Duration COMMIT_AFTER = Duration.ofMillis(500);

  /// A fifth of the time after which a group excludes a member.
  private static final Duration COMMIT_MAX = Duration.ofSeconds(60);

  /// Leaving the group is a courtesy: an absent broker is not waited for.
  private static final Duration LEAVE_MAX = Duration.ofSeconds(2);

  private final Topics topics;
  private final String group;
  private final String clusterId;
  private final Set<String> skipped;
  private final Consumer<byte[], byte[]> consumer;
  private final Publisher publisher;
  private final CollectionIndexes indexes;
  private final ReadPositions positions;
  private final FolderCommit commits;
  private final RetiredClearing clearing;
  private final TopicWatch watch;
  private final int partitionCount;
  private final Map<Integer, RevisionAssembler> partitions = new TreeMap<>();
  private final ExecutorService pool;
  private final IndexCounters counters = new IndexCounters();
  private volatile boolean stopped;
  private boolean closing;
  private boolean advanced;

  /// Whether the brokers did not take the offsets, so that status shows a lag.
  private boolean unreported;

  private long committedAt = System.nanoTime();

  public IndexWorker(Cluster cluster, IndexWorkerConfig config) {
    this(cluster, config, config.group());
  }

  /// @param members the group to share partitions with, if it is not the one to report as
  IndexWorker(Cluster cluster, IndexWorkerConfig config, String members) {
    topics = cluster.topics();
    group = config.group();
    skipped = config.skipped();
    watch = new TopicWatch(cluster, topics.documents());
    clusterId = cluster.id();
    var state = FolderState.read(config.store(), clusterId, watch.id());
    positions =
        new ReadPositions(
            state.<Map<Integer, Long>>map(FolderState::offsets).orElse(Map.of()),
            state.map(FolderState::behind).orElse(List.of()));
    indexes = CollectionIndexes.open(config.store(), watch.id());
    clearing = new RetiredClearing(config.store(), Clock.systemUTC());
    publisher = new Publisher(cluster);
    consumer = new KafkaConsumer<>(cluster.connection().consumer(members));
    partitionCount = consumer.partitionsFor(topics.documents()).size();
    commits = new FolderCommit(config, publisher, indexes);
    pool =
        Executors.newFixedThreadPool(
            config.threads(), Thread.ofPlatform().daemon().name("index-", 0).factory());
    Set<CollectionKey> unlike = new TreeSet<>(indexes.lost());
    if (members.equals(group)) {
      try (var progress = new JobProgress(cluster)) {
        unlike.addAll(indexes.replaced(progress.inventories().getOrDefault(group, Map.of())));
      }
    }
    unlike.forEach(this::readAgain);
    consumer.subscribe(List.of(topics.documents()), new Seeker());
  }

  /// Positions each assigned partition where the indexes ended.
  private final class Seeker implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      for (TopicPartition one : assigned) {
        partitions.put(one.partition(), new RevisionAssembler());
        consumer.seek(one, positions.start(one.partition()));
        LOG.info("reads partition={} offset={}", one.partition(), positions.start(one.partition()));
      }
      advanced = true;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      if (!closing) {
        try {
          commit(IndexWorker.this::isPollDue);
        } catch (UserError e) {
          // Kafka would hide it in an exception of its own; the next commit meets it again.
          LOG.warn("not committed before partitions go cause={}", e.getMessage());
        }
        onPartitionsLost(revoked);
      }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
      for (TopicPartition one : lost) {
        RevisionAssembler assembler = partitions.remove(one.partition());
        if (assembler != null) {
          // Its slices go with it, and are read again if the partition comes back.
          assembler.firstWaiting().ifPresent(first -> positions.fallBack(one.partition(), first));
        }
      }
      advanced = true;
    }
  }

  /// Indexes until it is stopped.
  ///
  /// @param once whether to end at the present end of the topic
  /// @throws UserError if the topic was deleted, or the disk is full
  public void run(boolean once) {
    boolean ended = false;
    while (!stopped && !ended) {
      ConsumerRecords<byte[], byte[]> messages = consumer.poll(POLL);
      if (!messages.isEmpty()) {
        apply(messages);
        advanced = true;
      }
      long since = System.nanoTime() - committedAt;
      advanced |= unreported && since > COMMIT_EVERY.toNanos();
      boolean pausing = messages.isEmpty() && since > COMMIT_AFTER.toNanos();
      if (advanced && (pausing || since > COMMIT_EVERY.toNanos()) || indexes.isFull()) {
        commit(this::isPollDue);
      } else if (advanced) {
        commitQuiet();
      }
      indexes.trim();
      watch.look();
      commits.roll();
      clearing.look();
      ended = once && messages.isEmpty() && isAtEnd();
    }
    commit(() -> stopped);
  }

  /// Makes [#run] return soon.
  public void stop() {
    stopped = true;
  }

  public IndexCounters counters() {
    return counters;
  }

  /// Returns what the committed indexes lack, a line each.
  List<String> lacking() {
    return advanced
        ? List.of("the broker went away before the last commit: try again")
        : commits.state().map(FolderState::gaps).orElse(List.of());
  }

  private boolean isAtEnd() {
    if (partitions.isEmpty()) {
      return false;
    }
    List<TopicPartition> all = assigned();
    Map<TopicPartition, Long> ends = consumer.endOffsets(all);
    return all.stream()
        .allMatch(one -> consumer.position(one) >= ends.getOrDefault(one, Long.MAX_VALUE));
  }

  private List<TopicPartition> assigned() {
    return partitions.keySet().stream().map(this::partition).toList();
  }

  private TopicPartition partition(int number) {
    return new TopicPartition(topics.documents(), number);
  }

  /// Applies polled records, the partitions in parallel; all records of an item are in one
  /// partition.
  private void apply(ConsumerRecords<byte[], byte[]> messages) {
    counters.read(messages.count());
    var work = new ArrayList<Callable<Long>>();
    for (TopicPartition one : messages.partitions()) {
      RevisionAssembler assembler = partitions.get(one.partition());
      if (assembler != null) {
        work.add(() -> apply(assembler, messages.records(one)));
      }
    }
    try {
      for (Future<Long> done : pool.invokeAll(work)) {
        counters.unreadable(done.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while indexing");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException broken ? broken : new CompletionException(e);
    }
    reached();
    seekIfLost();
  }

  private void seekIfLost() {
    if (fallBack()) {
      assigned().forEach(one -> consumer.seek(one, positions.start(one.partition())));
    }
  }

  /// Thousands of indexes take longer than the group waits for a member that does not poll.
  private boolean isPollDue() {
    return stopped || System.nanoTime() - committedAt > COMMIT_MAX.toNanos();
  }

  private void reached() {
    assigned().forEach(one -> positions.reached(one.partition(), consumer.position(one)));
  }

  /// Arranges that collections whose index was lost are read again.
  ///
  /// @return whether there are any
  private boolean fallBack() {
    Set<CollectionKey> lost = indexes.lost();
    lost.forEach(this::readAgain);
    return !lost.isEmpty();
  }

  private void readAgain(CollectionKey collection) {
    LOG.warn("index was lost or replaced, reading its records again collection={}", collection);
    positions.fallBack(collection, partitionCount);
    commits.readAgain(collection);
  }

  /// @return how many could not be read
  private long apply(RevisionAssembler assembler, List<ConsumerRecord<byte[], byte[]>> messages) {
    long broken = 0;
    for (ConsumerRecord<byte[], byte[]> message : messages) {
      try {
        apply(assembler, message);
      } catch (UnreadableRecord e) {
        // Swept slices of an overtaken version look like this too; the newer one follows.
        LOG.warn("passed over record={} cause={}", at(message), e.getMessage());
        broken++;
      }
    }
    return broken;
  }

  private void apply(RevisionAssembler assembler, ConsumerRecord<byte[], byte[]> message) {
    RevisionCodec.Key key = RevisionCodec.Key.read(message.key());
    if (!positions.wants(key.collection(), message.partition(), message.offset())) {
      return;
    }
    if (key.part().equals(RevisionCodec.DROP)) {
      indexes.of(key.collection()).drop(key.version());
      return;
    }
    try {
      assembler
          .add(message.key(), message.value(), message.offset(), message.timestamp())
          .map(indexes::apply)
          .ifPresent(overtaken -> overtaken.forEach(commits::sweep));
    } catch (UnreadableRecord e) {
      if (!e.newer() || skipped.contains(at(message))) {
        assembler.drop(key.part(RevisionCodec.MANIFEST));
        throw e;
      }
      long first = assembler.drop(key.collection()).orElse(message.offset());
      positions.park(
          key.collection(),
          message.partition(),
          first,
          at(message),
          String.valueOf(e.getMessage()));
      LOG.error(
          "collection waits collection={} record={} cause={}",
          key.collection(),
          at(message),
          e.getMessage());
    }
  }

  private static String at(ConsumerRecord<byte[], byte[]> message) {
    return "%s-%s@%s".formatted(message.topic(), message.partition(), message.offset());
  }

  /// Commits, unless the broker is away: then everything stays as it is until it is back.
  ///
  /// @param paused whether to leave the rest for another time
  private void commit(BooleanSupplier paused) {
    long begun = System.nanoTime();
    committedAt = begun;
    if (!watch.isIntact() || !commits.commitIndexes(paused)) {
      return;
    }
    // Past offsets without a record, too.
    reached();
    seekIfLost();
    Map<Integer, Long> waiting = new TreeMap<>();
    partitions.forEach((number, assembler) ->
        assembler.firstWaiting().ifPresent(first -> waiting.put(number, first)));
    SortedMap<Integer, Long> offsets = positions.offsets(waiting);
    var state =
        new FolderState(
            group,
            clusterId,
            watch.id(),
            partitionCount,
            new TreeSet<>(partitions.keySet()),
            offsets,
            positions.behind());
    if (commits.commitState(state)) {
      counters.committed(begun, partitions.size(), state.parked());
      advanced = false;
      unreported = false;
      offsets.keySet().retainAll(partitions.keySet());
      var read = new HashMap<TopicPartition, OffsetAndMetadata>();
      offsets.forEach((number, at) -> read.put(partition(number), new OffsetAndMetadata(at)));
      consumer.commitAsync(read, (_, failure) -> unreported = failure != null);
    }
  }

  /// Commits the collections of which nothing has arrived for a while, although others are busy.
  private void commitQuiet() {
    long since = System.nanoTime() - COMMIT_AFTER.toNanos();
    if (indexes.hasQuiet(since) && watch.isIntact()) {
      commits.commitQuiet(since);
    }
  }

  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    pool.shutdownNow();
    commits.leave();
    consumer.close(CloseOptions.timeout(LEAVE_MAX));
    publisher.close();
    indexes.close();
  }
}
