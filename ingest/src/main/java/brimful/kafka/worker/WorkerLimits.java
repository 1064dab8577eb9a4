package brimful.kafka.worker;

import brimful.kafka.Lane;
import java.time.Duration;
import java.util.Arrays;

/// How much a worker takes on, and how long it waits.
///
/// @param smallSlots how many batches of small items run at once
/// @param largeSlots how many large items
/// @param batchRecords how many small items a slot takes at once: so many that the brokers have
///   little to do for each, few enough to finish well before their locks expire
/// @param stall the time without any progress after which an item is given up
/// @param total the time after which it is given up in any case; above the extraction's own limit,
///   which reports the better cause
/// @param lostMax unacknowledged deliveries of one claim before it is given up
/// @param transientsMax attempts at a file of a source that is there before it is given up
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

  /// Returns how many batches of all lanes run at once.
  public int slots() {
    return Arrays.stream(Lane.values()).mapToInt(this::slots).sum();
  }

  /// Returns how many batches of a lane run at once.
  int slots(Lane lane) {
    return switch (lane) {
      case SMALL, EXPRESS_SMALL -> smallSlots;
      case LARGE -> largeSlots;
      case EXPRESS_LARGE -> 1;
    };
  }

  /// Returns how many items a slot of a lane takes at once: few of a small job, so that its slots
  /// share them.
  int batchRecords(Lane lane) {
    return switch (lane) {
      case SMALL -> batchRecords;
      case EXPRESS_SMALL -> Math.max(1, batchRecords / 16);
      case LARGE, EXPRESS_LARGE -> 1;
    };
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
  /// @param parsers how many documents can be parsed at once: with more large slots, they would
  ///   wait for each other within a slot's time limit
  public static WorkerLimits of(int cores, int parsers) {
    return new WorkerLimits(
        cores,
        Math.min(cores, parsers),
        128,
        Duration.ofSeconds(90),
        Duration.ofMinutes(70),
        20,
        100);
  }
}
