package brimful.corpus;

import java.util.List;
import java.util.Locale;

/// How one file ended. Every found file ends as exactly one of these.
public sealed interface Outcome {
  /// The names of all states.
  List<String> STATES = List.of("indexed", "truncated", "skipped", "encrypted", "failed");

  /// All of its text is in the index.
  ///
  /// @param detail how it was read if that was unusual, such as "3 of 5 pages by OCR"; may be empty
  record Indexed(String detail) implements Outcome {
    public Indexed {
      detail = WellFormed.text(detail);
    }

    /// Returns the outcome of what was read as usual.
    public Indexed() {
      this("");
    }
  }

  /// The first part of its text is in the index.
  ///
  /// @param kept the amount that is in
  /// @param of the total amount, never below `kept`; or 0 if nobody knows it, because the file
  ///   broke off
  /// @param unit what both numbers count, such as "bytes", "pages" or "members"
  /// @param detail what is missing or why, such as "3 without text layer"; empty if a limit was met
  record Truncated(long kept, long of, String unit, String detail) implements Outcome {
    /// Begins the detail of what broke off.
    public static final String THEN = "then: ";

    public Truncated {
      detail = WellFormed.text(detail);
      if (kept < 0 || (of < kept && of != 0)) {
        throw new IllegalArgumentException(
            "truncated to %s of %s %s: the kept part is the smaller".formatted(kept, of, unit));
      }
    }

    /// Returns the outcome of a file that broke off after some of its text.
    ///
    /// @param cause what came then
    public static Truncated brokenOff(long kept, String unit, String cause) {
      return new Truncated(kept, 0, unit, THEN + cause);
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

  /// Returns whether at least some of its text is in the index.
  default boolean hasText() {
    return switch (this) {
      case Indexed _, Truncated _ -> true;
      case Skipped _, Encrypted _, Failed _ -> false;
    };
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

  private static String noun(String unit, long count) {
    return count == 1 && unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
  }

  /// Returns one line for people: `truncated: 2 of 5 pages (3 without text layer)`.
  default String display() {
    return switch (this) {
      case Indexed(String detail) -> detail.isEmpty() ? "indexed" : "indexed: " + detail;
      case Truncated(long kept, long of, String unit, String detail) ->
          of < kept || detail.startsWith(Truncated.THEN)
              ? String.format(Locale.ROOT, "truncated: %,d %s, %s", kept, noun(unit, kept), detail)
              : String.format(Locale.ROOT, "truncated: %,d of %,d %s", kept, of, noun(unit, of))
                  + (detail.isEmpty() ? "" : " (" + detail + ")");
      case Skipped(String rule) -> "skipped: " + rule;
      case Encrypted() -> "encrypted";
      case Failed(String cause) -> "failed: " + cause;
    };
  }
}
