package brimful.token;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Function;
import java.util.function.Supplier;

/// Lends out what one thread at a time may use, so that it returns warm for the next one.
///
/// Keeps as many as there are processors. With more threads at work, the surplus is left to the
/// garbage collector. Thread-safe.
final class IdlePool<T> {
  private final Supplier<T> fresh;
  private final ArrayBlockingQueue<T> idle =
      new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

  /// @param fresh makes one when none is idle
  IdlePool(Supplier<T> fresh) {
    this.fresh = fresh;
  }

  /// Returns what a use of a borrowed one returns.
  <R> R use(Function<T, R> use) {
    T known = idle.poll();
    T borrowed = known == null ? fresh.get() : known;
    R result = use.apply(borrowed);
    // Not after a failure: it may be half used.
    boolean _ = idle.offer(borrowed);
    return result;
  }
}
