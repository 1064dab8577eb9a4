package brimful.kafka.worker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One consumer of a share group: takes as many records as it can work on, and renews their locks
/// while the work progresses.
///
/// Threads: the thread in [#run] is the only one that touches the consumer; [PollBatch] handles the
/// records in another. A share consumer fetches nothing new until everything it holds is
/// acknowledged or renewed, so each slot has a consumer of its own. Each round polls, acknowledges
/// decided records, renews the locks of those in progress, and gives up the others.
public final class ShareWorker implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ShareWorker.class);

  private static final Duration POLL = Duration.ofSeconds(1);

  /// How soon a stop request is noticed.
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  /// Locks are renewed after a third of their time, so two renewals may fail.
  private static final int RENEWALS_PER_LOCK = 3;

  private static final Duration LOCK_DEFAULT = Duration.ofSeconds(30);

  /// Records that wait behind one that takes this long go to other workers.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(30);

  /// Short, because other claims may wait behind in partitions that only this slot reads.
  private static final Duration MISPLACED_PAUSE = Duration.ofMillis(100);

  private final String topic;
  private final ShareConsumer<byte[], byte[]> consumer;
  private final RecordHandler duty;
  private final Duration stall;
  private final Duration total;
  private volatile boolean stopping;
  private Duration pause = Duration.ZERO;

  /// @param stall the time without progress after which a record is given up
  /// @param total the time after which it is given up in any case, unless its handling awaits
  ///   something with a limit of its own
  public ShareWorker(
      String topic,
      ShareConsumer<byte[], byte[]> consumer,
      RecordHandler duty,
      Duration stall,
      Duration total) {
    this.topic = topic;
    this.consumer = consumer;
    this.duty = duty;
    this.stall = stall;
    this.total = total;
  }

  /// What to do with records.
  public interface RecordHandler {
    /// Handles one record, and completes its verdict now or when its result is stored.
    void deliver(HeldRecord held);

    /// Ends a batch: all of its records were delivered.
    default void end() {}

    /// Gives up a record whose handling hangs; a later result of it does not count.
    void giveUp(HeldRecord held, Duration after);
  }

  @Override
  public void run() {
    try (consumer) {
      consumer.subscribe(List.of(topic));
      while (!stopping) {
        ConsumerRecords<byte[], byte[]> messages = consumer.poll(POLL);
        if (!messages.isEmpty()) {
          List<HeldRecord> held = held(messages);
          work(held);
          rest(pauseAfter(held));
        }
      }
    }
  }

  /// Makes the slot give back what it holds, and end, within about a second.
  void stop() {
    stopping = true;
  }

  private static List<HeldRecord> held(ConsumerRecords<byte[], byte[]> messages) {
    return StreamSupport.stream(messages.spliterator(), false).map(HeldRecord::new).toList();
  }

  private void work(List<HeldRecord> held) {
    var batch = new PollBatch(held, Thread.currentThread().getName() + "-hand", duty);
    batch.start();
    long kept = System.nanoTime();
    while (!batch.await(LOOK_EVERY) && !stopping) {
      if (isOlder(kept, System.nanoTime(), renewal())) {
        keep(batch);
        kept = System.nanoTime();
      }
    }
    if (stopping) {
      batch.stop();
      batch.await(PATIENCE);
    }
    acknowledge(batch.held(), AcknowledgeType.RELEASE);
    if (stopping) {
      consumer.commitSync();
    }
  }

  private Duration renewal() {
    return consumer
        .acquisitionLockTimeoutMs()
        .map(Duration::ofMillis)
        .orElse(LOCK_DEFAULT)
        .dividedBy(RENEWALS_PER_LOCK);
  }

  /// Acknowledges decided records, and renews the locks of those that progress.
  private void keep(PollBatch batch) {
    long now = System.nanoTime();
    Optional<HeldRecord> running = batch.held().stream().filter(HeldRecord::isWorkedOn).findFirst();
    running
        .filter(one -> isOverdue(one, now))
        .ifPresent(one -> {
          duty.giveUp(one, since(one.startedNanos(), now));
          batch.stop();
        });
    boolean slow = running.filter(one -> isOlder(one.startedNanos(), now, PATIENCE)).isPresent();
    if (slow) {
      batch.held().stream()
          .filter(one -> !one.isStarted())
          .forEach(one -> one.verdict().complete(AcknowledgeType.RELEASE));
    }
    acknowledge(batch.held(), AcknowledgeType.RENEW);
    complain(consumer.commitSync());
    takeRenewed(batch);
  }

  /// Renewed records come back with the next poll. If all locks are lost, others would come
  /// instead, which is too early.
  private void takeRenewed(PollBatch batch) {
    Set<String> ours = batch.held().stream().map(HeldRecord::place).collect(Collectors.toSet());
    List<HeldRecord> others =
        held(consumer.poll(POLL)).stream().filter(one -> !ours.contains(one.place())).toList();
    acknowledge(others, AcknowledgeType.RELEASE);
  }

  /// Acknowledges each record once; those settled in an earlier round are skipped.
  ///
  /// @param undecided for those without a verdict
  private void acknowledge(List<HeldRecord> held, AcknowledgeType undecided) {
    int lost = 0;
    for (HeldRecord one : held) {
      AcknowledgeType type = one.verdict().getNow(undecided);
      if (!one.isAcknowledged() && !isTaken(one, type)) {
        lost++;
      }
      if (type != AcknowledgeType.RENEW) {
        one.setAcknowledged();
      }
    }
    if (lost > 0) {
      LOG.info("locks lost topic={} records={} of={}", topic, lost, held.size());
    }
  }

  /// @return false if its lock was lost, so that another worker has it; its result from here does
  ///   no harm
  private boolean isTaken(HeldRecord one, AcknowledgeType type) {
    try {
      consumer.acknowledge(one.message(), type);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private static void complain(Map<TopicIdPartition, Optional<KafkaException>> results) {
    String failed =
        results.entrySet().stream()
            .filter(entry -> entry.getValue().isPresent())
            .map(entry -> entry.getKey().topicPartition().toString())
            .sorted()
            .collect(Collectors.joining(","));
    if (!failed.isEmpty()) {
      LOG.info("acknowledgement failed partitions={}", failed);
    }
  }

  private boolean isOverdue(HeldRecord one, long now) {
    return isOlder(one.movedNanos(), now, stall) || isOlder(one.countedNanos(), now, total);
  }

  private static boolean isOlder(long then, long now, Duration age) {
    return since(then, now).compareTo(age) > 0;
  }

  private static Duration since(long then, long now) {
    return Duration.ofNanos(now - then);
  }

  /// Returns how long to wait after a batch: longer after each one with a problem of this process
  /// or of the brokers, and a moment after one that only other workers can work on, so that they
  /// get the next.
  private Duration pauseAfter(List<HeldRecord> held) {
    if (held.stream().anyMatch(HeldRecord::isTroubled)) {
      pause = pause.isZero() ? PAUSE_MIN : pause.multipliedBy(2);
      pause = pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
      return pause;
    }
    pause = Duration.ZERO;
    return held.stream().allMatch(HeldRecord::isMisplaced) ? MISPLACED_PAUSE : Duration.ZERO;
  }

  private void rest(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    try {
      while (!stopping && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    } catch (InterruptedException e) {
      stopping = true;
      Thread.currentThread().interrupt();
    }
  }
}
