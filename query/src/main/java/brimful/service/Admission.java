package brimful.service;

import brimful.corpus.UserError;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Admits questions: bounds how many run at once, and ends them when the process stops.
///
/// Every door passes through it. Packing is bounded by processors, calls by a number, both in the
/// order of arrival; a question that waits too long is refused. To cancel a question, interrupt its
/// thread. Safe for many threads.
public final class Admission {
  /// Packing needs the processor; more at once would only slow each down.
  private static final int PACKED_AT_ONCE_MAX = 2 * Runtime.getRuntime().availableProcessors();

  /// A call holds a window of up to some megabytes, a connection and a virtual thread.
  private static final int CALLS_AT_ONCE_MAX = 256;

  private static final Duration TURN_MAX = Duration.ofMinutes(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final Duration GOODBYE_MAX = Duration.ofSeconds(3);

  private final Observer observer;
  private final Semaphore packing = new Semaphore(PACKED_AT_ONCE_MAX, true);
  private final Semaphore calls = new Semaphore(CALLS_AT_ONCE_MAX, true);
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  public Admission(Observer observer) {
    this.observer = observer;
  }

  /// Measures what passes.
  public interface Observer {
    /// Measures nothing.
    Observer NONE =
        new Observer() {
          @Override
          public <T> T timed(String what, Supplier<T> work) {
            return work.get();
          }

          @Override
          public void called(PaidReply paid) {}
        };

    /// Does some work and measures its time.
    ///
    /// @param what the kind of work, such as `pack` or `ask`
    <T> T timed(String what, Supplier<T> work);

    /// Records a call that has ended.
    void called(PaidReply paid);
  }

  Observer observer() {
    return observer;
  }

  /// Does work that needs the processor, when it is its turn.
  ///
  /// @param what the kind of work for the observer, such as `pack` or `search`
  /// @throws UserError of kind BUSY if its turn does not come in time, or the process stops
  public <T> T pack(String what, Supplier<T> work) {
    return turn(packing, () -> {}, () -> observer.timed(what, work));
  }

  /// Makes a call when it is its turn.
  ///
  /// @param notLeft runs first if the call is refused, or interrupted while it waits
  <T> T call(Runnable notLeft, Supplier<T> call) {
    return turn(calls, notLeft, () -> observer.timed("ask", call));
  }

  private <T> T turn(Semaphore places, Runnable refused, Supplier<T> work) {
    boolean entered = false;
    boolean first = running.add(Thread.currentThread());
    try {
      refuseWhileStopping();
      entered = places.tryAcquire(TURN_MAX.toMillis(), TimeUnit.MILLISECONDS);
      if (!entered) {
        throw new UserError(
            UserError.Kind.BUSY, "too many questions at once: try again in a moment");
      }
      return work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError(UserError.Kind.BUSY, "stopped before it was this question's turn");
    } finally {
      if (entered) {
        places.release();
      } else {
        refused.run();
      }
      if (first) {
        running.remove(Thread.currentThread());
      }
    }
  }

  private void refuseWhileStopping() {
    if (stopping) {
      throw new UserError(UserError.Kind.BUSY, "the server is stopping");
    }
  }

  /// Returns how many questions are being packed or answered.
  public int running() {
    return running.size();
  }

  /// Returns whether new questions are refused because the process stops.
  public boolean isStopping() {
    return stopping;
  }

  /// Returns why no question can be asked at present, if so.
  public Optional<String> trouble() {
    return stopping ? Optional.of("stopping") : Optional.empty();
  }

  /// Refuses new questions, lets running ones end, and cancels those that take too long.
  public void stop(Duration grace) {
    stopping = true;
    try {
      if (!await(grace)) {
        running.forEach(Thread::interrupt);
        boolean _ = await(GOODBYE_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean await(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (!running.isEmpty() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
    }
    return running.isEmpty();
  }
}
