package brimful.kafka.index;

import java.util.concurrent.atomic.LongAdder;

/// What an index worker has done since its start. Safe for many threads.
public final class IndexCounters {
  private final LongAdder records = new LongAdder();
  private final LongAdder unreadable = new LongAdder();
  private final LongAdder commits = new LongAdder();
  private final LongAdder commitNanos = new LongAdder();
  private volatile long committedAt = System.nanoTime();
  private volatile int partitions;
  private volatile int parked;

  void read(int count) {
    records.add(count);
  }

  void unreadable(long count) {
    unreadable.add(count);
  }

  /// @param begun when the commit began
  void committed(long begun, int assignedPartitions, int parkedCollections) {
    long now = System.nanoTime();
    commits.increment();
    commitNanos.add(now - begun);
    committedAt = now;
    partitions = assignedPartitions;
    parked = parkedCollections;
  }

  /// Returns how many records it has read.
  public long records() {
    return records.sum();
  }

  /// Returns how many of them could not be read and parked no collection.
  public long unreadable() {
    return unreadable.sum();
  }

  public long commits() {
    return commits.sum();
  }

  public double commitSeconds() {
    return commitNanos.sum() / 1e9;
  }

  /// Returns how long ago the last commit was, in seconds; since the start if there was none.
  public double commitAge() {
    return (System.nanoTime() - committedAt) / 1e9;
  }

  /// Returns how many partitions it had at its last commit.
  public int partitions() {
    return partitions;
  }

  /// Returns how many collections wait at a record that only a newer version can read.
  public int parked() {
    return parked;
  }
}
