package brimful.http;

import java.util.HashMap;
import java.util.Map;

/// Counts requests by a bucket for each key: it fills evenly and holds a minute's worth. Safe for
/// many threads.
final class Rate {
  private static final double NANOS_PER_MINUTE = 60e9;

  private final Map<String, Bucket> buckets = new HashMap<>();

  private record Bucket(double left, long at) {}

  /// Returns whether one more request may be made now, and counts it.
  synchronized boolean allows(String name, int perMinute) {
    return allows(name, perMinute, System.nanoTime());
  }

  synchronized boolean allows(String name, int perMinute, long now) {
    Bucket old = buckets.getOrDefault(name, new Bucket(perMinute, now));
    double left = Math.min(perMinute, old.left() + (now - old.at()) / NANOS_PER_MINUTE * perMinute);
    boolean allowed = left >= 1;
    buckets.put(name, new Bucket(allowed ? left - 1 : left, now));
    return allowed;
  }
}
