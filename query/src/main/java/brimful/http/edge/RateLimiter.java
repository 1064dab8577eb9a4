package brimful.http.edge;

import java.util.HashMap;
import java.util.Map;

/// Counts requests by a bucket for each key: it fills evenly and holds a minute's worth. Safe for
/// many threads.
public final class RateLimiter {
  private static final double NANOS_PER_MINUTE = 60e9;
  private static final double SECONDS_PER_MINUTE = 60;

  /// So that sums of fractions do not make a second more.
  private static final double ROUNDING = 1e-6;

  private final Map<String, Bucket> buckets = new HashMap<>();

  private record Bucket(double left, long at) {}

  /// Counts one more request, if it may be made now.
  ///
  /// @return 0, or after how many seconds it may be made
  public int take(String name, int perMinute) {
    return take(name, perMinute, System.nanoTime());
  }

  synchronized int take(String name, int perMinute, long now) {
    Bucket old = buckets.getOrDefault(name, new Bucket(perMinute, now));
    double left = Math.min(perMinute, old.left() + (now - old.at()) / NANOS_PER_MINUTE * perMinute);
    boolean allowed = left >= 1;
    buckets.put(name, new Bucket(allowed ? left - 1 : left, now));
    return allowed ? 0 : (int) Math.ceil((1 - left) * SECONDS_PER_MINUTE / perMinute - ROUNDING);
  }
}
