package brimful.mcp;

import brimful.ask.Unavailable;
import brimful.desk.Desk;
import brimful.library.Library;
import java.io.UncheckedIOException;

/// A call that cannot be done as it was made; the message says why and what to do.
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  Refusal(String message) {
    super(message, null, false, false);
  }

  /// Returns the one line that a caller gets for what went wrong.
  static String line(RuntimeException failure) {
    String said = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    String first = said.lines().findFirst().orElse(said);
    return switch (failure) {
      case Refusal _,
          Library.Missing _,
          Desk.Unanswerable _,
          Desk.Unpaid _,
          Unavailable _,
          IllegalArgumentException _ ->
          first;
      case UncheckedIOException _ -> "the disk did not do its part, %s: try again".formatted(first);
      // Its message may quote what is nobody's business.
      default ->
          "this is a defect in Brimful, %s: ask in another way, and report it"
              .formatted(failure.getClass().getSimpleName());
    };
  }
}
