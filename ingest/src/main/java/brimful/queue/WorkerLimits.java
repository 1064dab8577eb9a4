package brimful.queue;

import java.time.Duration;

/// How much a worker takes on, and how patient it is.
///
/// @param smallSlots how many batches of small items are worked on at once
/// @param largeSlots how many large items
/// @param batchRecords how many small items a slot takes at once: enough that the way to the broker
///   and back does not show, few enough that they are done well before their locks end
/// @param stall after so long without any progress an item is given up
/// @param total after so long it is given up in any case; above the extraction's own limit, which
///   gives the better cause
/// @param lostMax deliveries of one claim that may end without a word, beyond which it is given up
/// @param transientsMax deliveries that may meet trouble that passes
public record WorkerLimits(
    int smallSlots,
    int largeSlots,
    int batchRecords,
    Duration stall,
    Duration total,
    int lostMax,
    int transientsMax) {

  public WorkerLimits {
    if (smallSlots < 1 || largeSlots < 1 || batchRecords < 1 || lostMax < 1 || transientsMax < 1) {
      throw new IllegalArgumentException(
          "%s and %s slots, batches of %s, %s lost and %s transient deliveries: set each to 1 or more"
              .formatted(smallSlots, largeSlots, batchRecords, lostMax, transientsMax));
    }
  }

  /// Returns the limits for a machine.
  ///
  /// @param cores how many processors it may use
  public static WorkerLimits of(int cores) {
    return of(cores, cores);
  }

  /// Returns the limits for a machine.
  ///
  /// @param cores how many processors it may use
  /// @param parsers how many documents can be parsed at once: with more slots for them, they would
  ///   wait for each other inside a slot's time
  public static WorkerLimits of(int cores, int parsers) {
    return new WorkerLimits(
        cores,
        Math.min(cores, parsers),
        32,
        Duration.ofSeconds(90),
        Duration.ofMinutes(5),
        20,
        100);
  }
}
