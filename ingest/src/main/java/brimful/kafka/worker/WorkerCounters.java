package brimful.kafka.worker;

import brimful.kafka.record.Claim;
import brimful.kafka.record.Revision;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// What a worker has done since its start. Safe for many threads.
public final class WorkerCounters {
  private final LongAdder items = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder again = new LongAdder();
  private final AtomicLong lostMost = new AtomicLong();

  void count(Revision revision, Claim.Attempts attempts, int deliveries) {
    items.increment();
    bytes.add(revision.bytes());
    if (deliveries > 1 || !attempts.isNone()) {
      again.increment();
    }
    lostMost.accumulateAndGet(attempts.lost(), Math::max);
  }

  public long items() {
    return items.sum();
  }

  public long bytes() {
    return bytes.sum();
  }

  /// Returns how many of the items had been delivered before.
  public long again() {
    return again.sum();
  }

  /// Returns the highest number of lost deliveries of one item.
  public long lostMost() {
    return lostMost.get();
  }
}
