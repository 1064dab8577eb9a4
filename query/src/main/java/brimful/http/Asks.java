package brimful.http;

import brimful.ask.Reply;
import brimful.corpus.UserError;
import brimful.desk.Asked;
import brimful.desk.Desk;
import brimful.desk.Inquiry;
import brimful.desk.Prepared;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The inquiries on their way: bounded, paid for, and ended when the server stops.
final class Asks {
  /// Windows are packed on the processor; more at once would only each be slower.
  private static final int PACKED_AT_ONCE_MAX = 2 * Runtime.getRuntime().availableProcessors();

  private static final Duration TURN_MAX = Duration.ofMinutes(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final Desk desk;
  private final MeterRegistry meters;
  private final Traces traces;
  private final Semaphore packing = new Semaphore(PACKED_AT_ONCE_MAX, true);
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  Asks(Desk desk, MeterRegistry meters, Traces traces) {
    this.desk = desk;
    this.meters = meters;
    this.traces = traces;
    meters.gauge("brimful.asks.running", running, Set::size);
  }

  /// Does some work that needs the processor, when it is its turn, and measures how long it took.
  <T> T timed(String what, Supplier<T> work) {
    refuseWhileStopping();
    try {
      if (!packing.tryAcquire(TURN_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new UserError(
            UserError.Kind.BUSY, "too many questions at once: try again in a moment");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError(UserError.Kind.BUSY, "the server is stopping");
    }
    try {
      return Timer.builder("brimful." + what)
          .publishPercentileHistogram()
          .register(meters)
          .record(() -> traces.part("brimful." + what, work));
    } finally {
      packing.release();
    }
  }

  /// Asks, and has it paid for.
  Asked ask(Caller caller, Inquiry inquiry, Desk.Listener listener) {
    refuseWhileStopping();
    caller.allow();
    running.add(Thread.currentThread());
    try {
      Prepared prepared = timed("pack", () -> desk.prepare(inquiry));
      Asked asked =
          Timer.builder("brimful.ask")
              .register(meters)
              .record(
                  () -> traces.part("brimful.ask", () -> desk.send(inquiry, prepared, listener)));
      caller.book(asked);
      return asked;
    } finally {
      running.remove(Thread.currentThread());
    }
  }

  private void refuseWhileStopping() {
    if (stopping) {
      throw new UserError(UserError.Kind.BUSY, "the server is stopping");
    }
  }

  boolean isStopping() {
    return stopping;
  }

  /// Takes no more inquiries, lets those on their way end, and stops those that take too long.
  void stop(Duration grace) {
    stopping = true;
    long end = System.nanoTime() + grace.toNanos();
    try {
      while (!running.isEmpty() && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
      }
      running.forEach(Thread::interrupt);
      long goodbye = System.nanoTime() + Duration.ofSeconds(3).toNanos();
      while (!running.isEmpty() && System.nanoTime() < goodbye) {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Returns the error that a reply is, if it is none that answers. The key is the server's own:
  /// that it is refused is no fault of who asks.
  static Optional<UserError> refusal(Reply reply) {
    return reply
        .error()
        .map(error ->
            switch (error.kind()) {
              case UNAUTHENTICATED, FORBIDDEN, UNAVAILABLE ->
                  new UserError(UserError.Kind.UPSTREAM, error.line());
              default -> error;
            });
  }
}
