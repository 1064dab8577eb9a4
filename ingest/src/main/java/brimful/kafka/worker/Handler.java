package brimful.kafka.worker;

import brimful.kafka.record.Claim;
import brimful.kafka.record.DeadLetter;
import brimful.kafka.record.Revision;
import java.util.Optional;

/// Does the work of a claim. The work must be idempotent: a claim may arrive twice.
@FunctionalInterface
public interface Handler {

  /// Handles a claim, in a thread of its own, which is interrupted to stop it.
  ///
  /// @param timer without a call of it, the claim is given up
  Handled handle(Claim claim, Timer timer);

  /// Tries to open a source that claims wait for.
  ///
  /// @return why it cannot be opened; empty if it can
  default Optional<String> trouble(String location) {
    return Optional.empty();
  }

  /// The time that a claim has.
  interface Timer {
    /// Must be called whenever the work has progressed.
    void moved();

    /// Must be called while something is awaited that has a limit of its own, such as a fetch: the
    /// time so far does not count.
    void restart();
  }

  /// The result of handling a claim.
  sealed interface Handled {

    /// A result.
    ///
    /// @param letter the dead letter, if it is a failure
    record Done(Revision revision, Optional<DeadLetter> letter) implements Handled {}

    /// The source cannot be opened here, such as a folder that is not mounted: this says nothing
    /// about its files.
    record Away(String cause) implements Handled {}

    /// The source is there, and the file cannot be read at present.
    record Later(String cause) implements Handled {}

    /// The handler was interrupted.
    record Stopped() implements Handled {}
  }
}
