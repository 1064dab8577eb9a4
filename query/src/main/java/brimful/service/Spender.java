package brimful.service;

import brimful.corpus.UserError;
import brimful.model.Cost;
import brimful.model.ModelChoice;

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

  /// Returns whether spending ends somewhere.
  boolean isLimited();

  /// Refuses a call to a provider whose price is not known, where a limit has to be kept. A runner
  /// that takes no key bills nobody.
  ///
  /// @throws UserError of kind UNPAID
  default void requirePrice(ModelChoice choice, Cost cost) {
    boolean billed = choice.key().filter(key -> !key.isEmpty()).isPresent();
    if (isLimited() && billed && !cost.known()) {
      throw new UserError(
          UserError.Kind.UNPAID,
          "%s has no known price, so the spend limit cannot be kept: ask another model, or have its price added to models.json"
              .formatted(choice.model().id()));
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
