package brimful.batch;

import brimful.ask.ModelProfile;
import java.time.Duration;
import java.time.Instant;

/// How many calls may be under way, and when the next may start.
///
/// Begins with one and allows one more with each answer, up to its limit: so the provider sees the
/// load double, and not appear. A refusal halves it, and lets everybody wait. Safe for many
/// threads.
final class Throttle {
  private static final Duration LOOK = Duration.ofMinutes(1);

  private final int callsMax;
  private final Pauser pauser;
  private int allowed = 1;
  private int underWay;
  private Instant notBefore = Instant.EPOCH;

  Throttle(int callsMax, Pauser pauser) {
    this.callsMax = callsMax;
    this.pauser = pauser;
  }

  /// Waits for a place, and for the end of a pause.
  void enter() throws InterruptedException {
    synchronized (this) {
      while (underWay >= allowed) {
        wait();
      }
      underWay++;
    }
    try {
      for (Duration left = left(); left.isPositive(); left = left()) {
        pauser.pause(left);
      }
    } catch (InterruptedException e) {
      leave();
      throw e;
    }
  }

  private synchronized Duration left() {
    return Duration.between(pauser.now(), notBefore);
  }

  /// Waits until the provider is at its cheapest.
  void awaitOffPeak(ModelProfile model, BatchListener listener) throws InterruptedException {
    Instant next = OffPeak.next(model, pauser.now());
    if (next.isAfter(pauser.now())) {
      listener.waits(next);
    }
    // In short steps: a machine that slept through the night has lost no hour.
    while (next.isAfter(pauser.now())) {
      Duration left = Duration.between(pauser.now(), next);
      pauser.pause(left.compareTo(LOOK) < 0 ? left : LOOK);
    }
  }

  /// A call ended in whatever way.
  synchronized void leave() {
    underWay--;
    notifyAll();
  }

  /// A call was answered.
  synchronized void answered() {
    allowed = Math.min(callsMax, allowed + 1);
    notifyAll();
  }

  /// A call was refused because there are too many.
  ///
  /// @param pause until nobody asks again
  synchronized void refused(Duration pause) {
    allowed = Math.max(1, allowed / 2);
    Instant until = pauser.now().plus(pause);
    notBefore = until.isAfter(notBefore) ? until : notBefore;
  }

  /// Returns how many calls may be under way.
  synchronized int allowed() {
    return allowed;
  }
}
