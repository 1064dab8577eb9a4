package brimful.batch;

import brimful.model.ModelProfile;
import java.time.Duration;
import java.time.Instant;

/// Limits how many calls are in flight, and when the next may start.
///
/// Starts with one and permits one more with each answer, up to its limit, so the load grows
/// gradually. A refusal halves it and pauses all calls. Safe for many threads.
final class Throttle {
  private static final Duration LOOK = Duration.ofMinutes(1);

  private final int callsMax;
  private final Sleeper sleeper;
  private int allowed = 1;
  private int underWay;
  private Instant notBefore = Instant.EPOCH;

  /// The longest pause that a refusal has asked for.
  private Duration pauseMax = Duration.ZERO;

  Throttle(int callsMax, Sleeper sleeper) {
    this.callsMax = callsMax;
    this.sleeper = sleeper;
  }

  /// Waits for a free place, and for the end of a pause.
  void enter() throws InterruptedException {
    synchronized (this) {
      while (underWay >= allowed) {
        wait();
      }
      underWay++;
    }
    try {
      for (Duration left = left(); left.isPositive(); left = left()) {
        sleeper.pause(left);
      }
    } catch (InterruptedException e) {
      leave();
      throw e;
    }
  }

  /// A clock that was set back must not make a pause longer.
  private synchronized Duration left() {
    Duration left = Duration.between(sleeper.now(), notBefore);
    if (left.compareTo(pauseMax) > 0) {
      notBefore = sleeper.now().plus(pauseMax);
      return pauseMax;
    }
    return left;
  }

  /// Waits until the provider's price is lowest.
  void awaitOffPeak(ModelProfile model, BatchListener listener) throws InterruptedException {
    Instant next = OffPeak.next(model, sleeper.now());
    if (next.isAfter(sleeper.now())) {
      listener.waits(next);
    }
    // In short steps, because a machine that slept through the night has lost no hour.
    while (next.isAfter(sleeper.now())) {
      Duration left = Duration.between(sleeper.now(), next);
      sleeper.pause(left.compareTo(LOOK) < 0 ? left : LOOK);
    }
  }

  /// Records that a call ended, in whatever way.
  synchronized void leave() {
    underWay--;
    notifyAll();
  }

  /// Records that a call was answered.
  synchronized void answered() {
    allowed = Math.min(callsMax, allowed + 1);
    notifyAll();
  }

  /// Records that a call was refused for overload or rate.
  ///
  /// @param pause how long no call may start
  synchronized void refused(Duration pause) {
    allowed = Math.max(1, allowed / 2);
    Instant until = sleeper.now().plus(pause);
    notBefore = until.isAfter(notBefore) ? until : notBefore;
    pauseMax = pause.compareTo(pauseMax) > 0 ? pause : pauseMax;
  }

  /// Returns how many calls may be in flight.
  synchronized int allowed() {
    return allowed;
  }
}
