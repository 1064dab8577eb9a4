package brimful.service;

import brimful.corpus.UserError;
import brimful.model.Cost;
import brimful.model.ModelChoice;

/// Pays for model calls: reserves a call's highest cost before it leaves, and settles its real
/// cost. Safe for many threads.
public interface Spender {
  /// The decision about a call.
  sealed interface Decision {
    /// The call may leave.
    record Granted(Reservation reservation) implements Decision {}

    /// The call must not leave.
    ///
    /// @param othersUnderWay whether calls in flight may settle for less and make room
    record Refused(UserError error, boolean othersUnderWay) implements Decision {}
  }

  /// Money set aside for one call; it counts as spent until it is settled.
  ///
  /// Closing an unsettled reservation settles it at its highest cost, because nobody knows whether
  /// the call was billed. Later calls of its methods change nothing.
  interface Reservation extends AutoCloseable {
    /// Returns the highest cost of the call.
    double usdMost();

    /// Settles the call at a price; 0 if it certainly was not billed.
    void settle(double usd);

    /// Settles the call at its highest cost, because nobody knows whether it was billed.
    void settleUnknown();

    @Override
    default void close() {
      settleUnknown();
    }
  }

  /// Returns whether there is a limit.
  boolean isLimited();

  /// Returns whether it may order work of many calls, such as a batch.
  default boolean mayOrderMany() {
    return true;
  }

  /// Refuses a call whose price is unknown if there is a limit. Runners that need no key cost
  /// nothing.
  ///
  /// @throws UserError of kind UNPAID
  default void requirePrice(ModelChoice choice, Cost cost) {
    if (isLimited() && choice.isBilledUnseen(cost)) {
      throw new UserError(
          UserError.Kind.UNPAID,
          "%s has no known price, so the spend limit cannot be kept: ask another model, or have whoever runs Brimful %s"
              .formatted(choice.model().id(), choice.pricing()));
    }
  }

  /// Reserves the highest cost of a call, durably, if the limit allows it.
  ///
  /// @param usdMost 0 if there is no price, or it is unknown
  Decision decide(double usdMost);

  /// Reserves the highest cost of a call.
  ///
  /// @throws UserError if the limit does not allow it, or it cannot be recorded
  default Reservation reserve(double usdMost) {
    return switch (decide(usdMost)) {
      case Decision.Granted(Reservation reservation) -> reservation;
      case Decision.Refused(UserError error, _) -> throw error;
    };
  }
}
