package brimful.collection.scope;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// What was derived from the outlines of one snapshot.
final class Derivations {
  private final Map<Class<?>, Object> known = new ConcurrentHashMap<>();

  <T> T of(Class<T> type, Supplier<T> derive) {
    Object kept = known.get(type);
    if (kept != null) {
      return type.cast(kept);
    }
    T derived = derive.get();
    known.put(type, derived);
    return derived;
  }
}
