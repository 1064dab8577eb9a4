package brimful.http;

import brimful.ask.Reply;
import brimful.desk.Asked;
import brimful.desk.Desk;
import brimful.desk.Inquiry;
import brimful.desk.Prepared;
import io.javalin.http.HttpStatus;
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
        throw new Problem(
            HttpStatus.SERVICE_UNAVAILABLE, "too many questions at once: try again in a moment");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, "the server is stopping");
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
      throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, "the server is stopping");
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

  /// Returns the problem that a reply is, if it is none that answers.
  static Optional<Problem> refusal(Reply reply) {
    return switch (reply) {
      case Reply.Answered _ -> Optional.empty();
      case Reply.CutOff cut -> Optional.of(new Problem(HttpStatus.BAD_GATEWAY, cut.cause()));
      case Reply.Refused(Reply.Kind kind, String message) ->
          Optional.of(
              new Problem(
                  switch (kind) {
                    case KEY, BALANCE, SERVER, UNREACHABLE -> HttpStatus.BAD_GATEWAY;
                    case RATE -> HttpStatus.TOO_MANY_REQUESTS;
                    case OVERFLOW, REQUEST -> HttpStatus.UNPROCESSABLE_CONTENT;
                    case TIMEOUT -> HttpStatus.GATEWAY_TIMEOUT;
                    case INTERRUPTED -> HttpStatus.SERVICE_UNAVAILABLE;
                  },
                  kind == Reply.Kind.INTERRUPTED ? "stopped before the answer came" : message));
    };
  }
}
