package brimful.extract.media;

import brimful.extract.limit.Limit;
import java.time.Duration;

/// How long the reading of one recording may take.
///
/// @param step what a run of a program may take at most
/// @param until when all of it ends, in the time of `System.nanoTime`
/// @param met names the limit that this follows from
/// @param beat hears now and then that the reading goes on
record MediaTime(Duration step, long until, String met, Runnable beat) {
  /// A file that needs no decoding has so much at least.
  private static final Duration LEFT_MIN = Duration.ofMillis(1);

  /// How many steps' time the whole has.
  private static final int STEPS = 30;

  /// How many times faster than it plays a recording is decoded, on a slow machine.
  private static final int PACE = 4;

  /// Returns the time for a recording of unknown length.
  ///
  /// @param most what people set as [Limit#TIME]
  static MediaTime of(Duration most, Runnable beat) {
    return new MediaTime(
        most,
        System.nanoTime() + most.multipliedBy(STEPS).toNanos(),
        Limit.TIME.met(most.toMillis()),
        beat);
  }

  /// Returns the time for a recording of so many seconds, whose steps take longer.
  MediaTime playing(double seconds) {
    return new MediaTime(step.plusSeconds((long) seconds / PACE), until, met, beat);
  }

  Duration left() {
    Duration left = Duration.ofNanos(until - System.nanoTime());
    return left.compareTo(LEFT_MIN) > 0 ? left : LEFT_MIN;
  }

  /// Returns how long the next step may take.
  Duration next() {
    return atMost(step);
  }

  /// Returns what is left, but not more than so much.
  Duration atMost(Duration most) {
    return left().compareTo(most) < 0 ? left() : most;
  }

  boolean isOver() {
    return until - System.nanoTime() <= 0;
  }
}
