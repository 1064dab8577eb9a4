package brimful.service;

import brimful.corpus.UserError;

/// Pays for calls of models: reserves the most that one can cost before it leaves, and settles what
/// it did cost. Safe for many threads.
public interface Spender {
  /// What became of a wish to spend.
  sealed interface Decision {
    /// The call may leave.
    record Granted(Reservation reservation) implements Decision {}

    /// The call must not leave.
    ///
    /// @param othersUnderWay whether calls under way may settle for less, and leave room then
    record Refused(UserError error, boolean othersUnderWay) implements Decision {}
  }

  /// Money that is set aside for one call, and counts as spent until it is settled.
  ///
  /// Closing one that was not settled settles it at its most: nobody knows whether the call was
  /// billed. Whatever is called after that changes nothing.
  interface Reservation extends AutoCloseable {
    /// Returns the most that the call can cost.
    double usdMost();

    /// The call was billed at this price; 0 if it certainly was not billed.
    void settle(double usd);

    /// Nobody knows whether the call was billed: it counts with the most it can have cost.
    void settleUnknown();

    @Override
    default void close() {
      settleUnknown();
    }
  }

  /// Reserves the most that a call can cost, durably, if the limit allows it.
  ///
  /// @param usdMost 0 if the price is not known, or there is none
  Decision decide(double usdMost);

  /// Reserves the most that a call can cost.
  ///
  /// @throws UserError if the limit does not allow it, or it cannot be written down
  default Reservation reserve(double usdMost) {
    return switch (decide(usdMost)) {
      case Decision.Granted(Reservation reservation) -> reservation;
      case Decision.Refused(UserError error, _) -> throw error;
    };
  }
}
