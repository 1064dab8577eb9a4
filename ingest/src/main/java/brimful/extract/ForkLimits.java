package brimful.extract;

import brimful.extract.limit.Limit;
import brimful.extract.limit.Limits;
import java.time.Duration;

/// The limits of a parser process. [ExtractLimits] has the time for one document.
///
/// @param heapBytes the most memory for Java objects; a process that needs more is ended
/// @param stall how long a parse may make no progress
/// @param start how long a process may take to start
/// @param documentsMax documents until a process is replaced, in case its parsers leak
public record ForkLimits(long heapBytes, Duration stall, Duration start, int documentsMax) {
  private static final long HEAP_BYTES_MIN = 16L << 20;

  public ForkLimits {
    if (heapBytes < HEAP_BYTES_MIN
        || !stall.isPositive()
        || !start.isPositive()
        || documentsMax < 1) {
      throw new IllegalArgumentException(
          "heap %s, stall %s, start %s, documents %s: set the heap to 16 MiB or more, the others above 0"
              .formatted(heapBytes, stall, start, documentsMax));
    }
  }

  /// Returns the same limits with another heap.
  ForkLimits withHeap(long bytes) {
    return new ForkLimits(bytes, stall, start, documentsMax);
  }

  /// Returns limits that fit a laptop.
  public static ForkLimits standard() {
    return of(Limits.standard());
  }

  /// Returns those of a run's limits that concern a process.
  public static ForkLimits of(Limits limits) {
    return new ForkLimits(
        limits.of(Limit.MEMORY),
        Duration.ofMillis(limits.of(Limit.STALL)),
        Duration.ofMinutes(5),
        5_000);
  }
}
