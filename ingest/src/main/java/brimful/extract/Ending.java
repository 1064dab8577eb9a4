package brimful.extract;

import brimful.corpus.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;

/// How the reading of one file ended. Every case is expected, so none is an exception.
///
/// @param outcome how the file ended
/// @param breakdown the kind of failure; [FailureKind#NONE] if and only if it did not fail
public record Ending(Outcome outcome, FailureKind breakdown) {
  public Ending {
    if (outcome instanceof Outcome.Failed != (breakdown != FailureKind.NONE)) {
      throw new IllegalArgumentException(
          "%s with breakdown %s: give one to what failed, and only to that"
              .formatted(outcome.display(), breakdown));
    }
  }

  /// Returns an ending whose failure, if any, is the document's own fault.
  static Ending of(Outcome outcome) {
    return new Ending(
        outcome, outcome instanceof Outcome.Failed ? FailureKind.DOCUMENT : FailureKind.NONE);
  }

  /// Returns the ending of a file at which our code or a library threw something unexpected.
  public static Ending thrown(Throwable thrown) {
    if (Thread.currentThread().isInterrupted()) {
      return failed(FailureKind.INTERRUPTED, "interrupted");
    }
    return thrown.getCause() instanceof IOException e && thrown instanceof UncheckedIOException
        ? Failures.ofSource(e)
        : Failures.ofDocument(thrown);
  }

  /// Returns the ending of a file that failed.
  ///
  /// @param cause what happened, in one line
  static Ending failed(FailureKind failureKind, String cause) {
    return new Ending(new Outcome.Failed(cause), failureKind);
  }
}
