package brimful.kafka.worker;

import brimful.corpus.Document;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.kafka.record.Claim;
import brimful.kafka.record.DeadLetter;
import brimful.kafka.record.Revision;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/// What a worker has done since its start. Safe for many threads.
public final class WorkerCounters {
  private final AtomicLongArray endings = new AtomicLongArray(Ending.values().length);
  private final AtomicLongArray failures = new AtomicLongArray(DeadLetter.Cause.values().length);
  private final AtomicLongArray nanos = new AtomicLongArray(Stage.values().length);
  private final LongAdder bytes = new LongAdder();
  private final LongAdder tokens = new LongAdder();
  private final LongAdder again = new LongAdder();
  private final LongAdder setAside = new LongAdder();
  private final AtomicLong lostMost = new AtomicLong();
  private final AtomicInteger busy = new AtomicInteger();

  /// How an item ended.
  public enum Ending {
    INDEXED,
    TRUNCATED,
    SKIPPED,
    ENCRYPTED,
    FAILED,
    DELETED
  }

  /// What an item's time is spent on.
  public enum Stage {
    /// Opening the file, extracting and chunking its text.
    PROCESS,
    /// Until the brokers have stored the result.
    PUBLISH
  }

  /// Counts a result that the brokers have stored.
  void count(Revision revision, Claim.Attempts attempts, int deliveries) {
    endings.incrementAndGet(ending(revision.change()).ordinal());
    bytes.add(revision.bytes());
    if (revision.change() instanceof Revision.Change.Put(Item item)) {
      tokens.add(item.documents().stream().mapToLong(Document::tokens).sum());
    }
    if (deliveries > 1 || !attempts.isNone()) {
      again.increment();
    }
    lostMost.accumulateAndGet(attempts.lost(), Math::max);
  }

  private static Ending ending(Revision.Change change) {
    return switch (change) {
      case Revision.Change.Delete _ -> Ending.DELETED;
      case Revision.Change.Put(Item item) ->
          switch (item.outcome()) {
            case Outcome.Indexed _ -> Ending.INDEXED;
            case Outcome.Truncated _ -> Ending.TRUNCATED;
            case Outcome.Skipped _ -> Ending.SKIPPED;
            case Outcome.Encrypted _ -> Ending.ENCRYPTED;
            case Outcome.Failed _ -> Ending.FAILED;
          };
    };
  }

  void failed(DeadLetter.Cause cause) {
    failures.incrementAndGet(cause.ordinal());
  }

  void setAside() {
    setAside.increment();
  }

  /// Notes that a slot begins to work on an item.
  ///
  /// @return the time, for [#end]
  long begin() {
    busy.incrementAndGet();
    return System.nanoTime();
  }

  void end(long begun) {
    busy.decrementAndGet();
    spent(Stage.PROCESS, begun);
  }

  void spent(Stage stage, long since) {
    nanos.addAndGet(stage.ordinal(), System.nanoTime() - since);
  }

  /// Returns how many items it has finished.
  public long items() {
    return IntStream.range(0, endings.length()).mapToLong(endings::get).sum();
  }

  /// Returns how many items ended so.
  public long items(Ending ending) {
    return endings.get(ending.ordinal());
  }

  /// Returns how many dead letters it wrote for a cause.
  public long failures(DeadLetter.Cause cause) {
    return failures.get(cause.ordinal());
  }

  /// Returns the sum of all slots' time in a stage, in seconds.
  public double seconds(Stage stage) {
    return nanos.get(stage.ordinal()) / 1e9;
  }

  public long bytes() {
    return bytes.sum();
  }

  /// Returns the tokens of all texts.
  public long tokens() {
    return tokens.sum();
  }

  /// Returns how many of the items had been delivered before.
  public long again() {
    return again.sum();
  }

  /// Returns how often a claim was set aside because its source was away.
  public long asides() {
    return setAside.sum();
  }

  /// Returns the highest number of lost deliveries of one item.
  public long lostMost() {
    return lostMost.get();
  }

  /// Returns how many slots work on an item at present.
  public int busy() {
    return busy.get();
  }
}
