package brimful.corpus;

import java.util.Locale;

/// How one file ended. Every found file ends as exactly one of these.
public sealed interface Outcome {

  /// All of its text is in the index.
  record Indexed() implements Outcome {}

  /// The first part of its text is in the index.
  ///
  /// @param kept the amount that is in
  /// @param of the total amount; never below `kept`
  /// @param unit what both numbers count, such as "bytes", "pages" or "members"
  /// @param detail what is missing or why, such as "3 without text layer"; empty if a limit was met
  record Truncated(long kept, long of, String unit, String detail) implements Outcome {
    public Truncated {
      detail = WellFormed.text(detail);
      if (kept < 0 || of < kept) {
        throw new IllegalArgumentException(
            "truncated to %s of %s %s: the kept part is the smaller".formatted(kept, of, unit));
      }
    }

    /// Returns the outcome of what met a limit.
    public Truncated(long kept, long of, String unit) {
      this(kept, of, unit, "");
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

  /// Returns one line for people: `truncated: 2 of 5 pages (3 without text layer)`.
  default String display() {
    return switch (this) {
      case Indexed() -> "indexed";
      case Truncated(long kept, long of, String unit, String detail) ->
          String.format(Locale.ROOT, "truncated: %,d of %,d %s", kept, of, unit)
              + (detail.isEmpty() ? "" : " (" + detail + ")");
      case Skipped(String rule) -> "skipped: " + rule;
      case Encrypted() -> "encrypted";
      case Failed(String cause) -> "failed: " + cause;
    };
  }
}
