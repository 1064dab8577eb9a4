package brimful.http.edge;

import java.util.HashMap;
import java.util.Map;

/// Limits requests with a token bucket for each key: it fills evenly and holds a minute's worth.
/// Safe for many threads.
public final class RateLimiter {
  private static final double NANOS_PER_MINUTE = 60e9;
  private static final double SECONDS_PER_MINUTE = 60;

  /// Keeps rounding errors from adding a second.
  private static final double ROUNDING = 1e-6;

  private final Map<String, Bucket> buckets = new HashMap<>();

  private record Bucket(double left, long at) {}

  /// Counts a request, if it is allowed now.
  ///
  /// @return 0, or after how many seconds it is allowed
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
