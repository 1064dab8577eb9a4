package brimful.corpus;

/// How a file ends that cannot be had for now, and whose earlier text stays in the index: as that
/// text did, with a word on it.
public final class KeptText {
  private static final String MARK = "failed for now (";
  private static final String BETWEEN = "; ";

  private KeptText() {}

  /// Returns the outcome of a file whose text stays.
  ///
  /// @param before how the file ended that the text is of, or was kept last; it has text
  /// @param cause why it cannot be had
  /// @param day when the text was read, such as `2026-11-28`; empty if nobody knows
  /// @throws IllegalArgumentException if there is no text
  public static Outcome outcome(Outcome before, String cause, String day) {
    String said =
        "%s%s), %s kept"
            .formatted(MARK, cause, day.isEmpty() ? "its earlier text is" : "text of " + day);
    return switch (before) {
      case Outcome.Indexed(String detail) -> new Outcome.Indexed(joined(detail, said));
      case Outcome.Truncated(long kept, long of, String unit, String detail) ->
          new Outcome.Truncated(kept, of, unit, joined(detail, said));
      case Outcome.Skipped _, Outcome.Encrypted _, Outcome.Failed _ ->
          throw new IllegalArgumentException(
              "%s has no text to keep: give an outcome with text".formatted(before.display()));
    };
  }

  private static String joined(String detail, String said) {
    String own = own(detail);
    return own.isEmpty() ? said : own + BETWEEN + said;
  }

  private static String own(String detail) {
    int at = detail.indexOf(MARK);
    return at < 0 ? detail : detail.substring(0, Math.max(0, at - BETWEEN.length()));
  }

  /// Returns how the file ended that a text is of, without a word on why it was kept.
  public static Outcome before(Outcome kept) {
    return switch (kept) {
      case Outcome.Indexed(String detail) -> new Outcome.Indexed(own(detail));
      case Outcome.Truncated(long size, long of, String unit, String detail) ->
          new Outcome.Truncated(size, of, unit, own(detail));
      case Outcome.Skipped _, Outcome.Encrypted _, Outcome.Failed _ -> kept;
    };
  }

  /// Returns whether a file's text was kept because the file could not be had.
  public static boolean is(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Indexed(String detail) -> detail.contains(MARK);
      case Outcome.Truncated(_, _, _, String detail) -> detail.contains(MARK);
      case Outcome.Skipped _, Outcome.Encrypted _, Outcome.Failed _ -> false;
    };
  }
}
