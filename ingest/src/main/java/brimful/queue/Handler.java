package brimful.queue;

import java.util.Optional;

/// Does what a claim asks for. What it does must be repeatable: a claim may come twice.
@FunctionalInterface
public interface Handler {

  /// Handles a claim, in a thread of its own, which is interrupted to stop it.
  ///
  /// @param pulse is to be beaten whenever the work has moved on: without it the claim is given up
  Handled handle(Claim claim, Runnable pulse);

  /// What came of it.
  sealed interface Handled {

    /// A result.
    ///
    /// @param letter why it is a failure, if it is one
    record Done(Revision revision, Optional<Letter> letter) implements Handled {}

    /// Trouble that passes and is not the item's: a folder that is not mounted.
    record Later(String cause) implements Handled {}

    /// It was interrupted.
    record Stopped() implements Handled {}
  }
}
