package brimful.corpus;

import java.util.List;
import java.util.Locale;

/// How one file ended. Every found file ends as exactly one of these.
public sealed interface Outcome {
  /// The names of all states.
  List<String> STATES = List.of("indexed", "truncated", "skipped", "encrypted", "failed");

  /// All of its text is in the index.
  record Indexed() implements Outcome {}

  /// The first part of its text is in the index.
  ///
  /// @param kept the amount that is in
  /// @param of the total amount; never below `kept`
  /// @param unit what both numbers count, such as "bytes", "pages" or "members"
  record Truncated(long kept, long of, String unit) implements Outcome {
    public Truncated {
      if (kept < 0 || of < kept) {
        throw new IllegalArgumentException(
            "truncated to %s of %s %s: the kept part is the smaller".formatted(kept, of, unit));
      }
    }
  }

  /// A rule left it out.
  ///
  /// @param rule the rule's name, such as "gitignore" or "binary"
  record Skipped(String rule) implements Outcome {}

  /// It needs a password.
  record Encrypted() implements Outcome {}

  /// It could not be read.
  ///
  /// @param cause what happened, in one line
  record Failed(String cause) implements Outcome {
    public Failed {
      cause = WellFormed.text(cause);
    }
  }

  /// Returns the name of the state, one of [#STATES].
  default String state() {
    return switch (this) {
      case Indexed _ -> "indexed";
      case Truncated _ -> "truncated";
      case Skipped _ -> "skipped";
      case Encrypted _ -> "encrypted";
      case Failed _ -> "failed";
    };
  }

  /// Returns what the state alone does not say; empty for nothing.
  default String cause() {
    String display = display();
    return display.equals(state()) ? "" : display.substring(state().length() + ": ".length());
  }

  /// Returns one line for people: `truncated: 100 of 240 pages`.
  default String display() {
    return switch (this) {
      case Indexed() -> "indexed";
      case Truncated(long kept, long of, String unit) ->
          String.format(Locale.ROOT, "truncated: %,d of %,d %s", kept, of, unit);
      case Skipped(String rule) -> "skipped: " + rule;
      case Encrypted() -> "encrypted";
      case Failed(String cause) -> "failed: " + cause;
    };
  }
}
