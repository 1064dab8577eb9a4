package brimful.extract.limit;

import static java.util.stream.Collectors.joining;

import brimful.corpus.UserError;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;

/// One limit of reading a file. People call it by its [#title].
///
/// The standard values are far above what people keep in one file, and fit a laptop.
public enum Limit {
  DOCUMENT(LimitUnit.BYTES, 2L << 30, 1, 1L << 40, "larger documents and archives are skipped"),
  TEXT(LimitUnit.BYTES, 4L << 30, 1, 1L << 40, "of longer plain text or code, the start is read"),
  CHARACTERS(
      LimitUnit.COUNT,
      50_000_000,
      1,
      Integer.MAX_VALUE,
      "of a document with more text, the start is kept"),
  PAGES(LimitUnit.COUNT, 20_000, 1, 10_000_000, "pages or slides read of one document"),
  FIGURES(LimitUnit.COUNT, 100, 1, 10_000, "figures kept of one PDF, for models that see"),
  MEMBERS(
      LimitUnit.COUNT,
      100_000,
      1,
      10_000_000,
      "members read of one archive or mail, in all its layers"),
  DEPTH(LimitUnit.COUNT, 10, 1, 100, "layers of archives in archives that are opened"),
  UNPACKED(
      LimitUnit.BYTES,
      4L << 30,
      1,
      1L << 44,
      "bytes that one file may unpack to, in all its layers"),
  TIME(
      LimitUnit.TIME,
      120_000,
      1_000,
      86_400_000,
      "a document, or each member of an archive; a whole archive has 30 times as long"),
  STALL(LimitUnit.TIME, 60_000, 1_000, 86_400_000, "how long a parser may make no progress"),
  MEMORY(
      LimitUnit.BYTES,
      1L << 30,
      64L << 20,
      1L << 38,
      "heap of each parser process; more of it means fewer processes at once");

  private final LimitUnit unit;
  private final long standard;
  private final long min;
  private final long max;
  private final String meaning;

  Limit(LimitUnit unit, long standard, long min, long max, String meaning) {
    this.unit = unit;
    this.standard = standard;
    this.min = min;
    this.max = max;
    this.meaning = meaning;
  }

  /// Returns the name that people use, such as `members`.
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Returns the value that holds unless somebody sets another: bytes, milliseconds, or a count.
  public long standard() {
    return standard;
  }

  /// Returns the limit of a name.
  ///
  /// @throws UserError if there is none; the message has all names
  public static Limit named(String title) {
    return Arrays.stream(values())
        .filter(limit -> limit.title().equals(title))
        .findFirst()
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.USAGE,
                "unknown limit \"%s\": name one of %s".formatted(title, titles())));
  }

  /// Returns the value that a text means.
  ///
  /// @throws UserError if it is none, or out of bounds; the message has the bounds
  public long value(String text) {
    OptionalLong value = unit.parse(text.strip());
    if (value.isEmpty() || value.getAsLong() < min || value.getAsLong() > max) {
      throw new UserError(
          UserError.Kind.USAGE,
          "limit %s is \"%s\": write %s between %s and %s, like %s"
              .formatted(title(), text, unit.noun(), shown(min), shown(max), shown(standard)));
    }
    return value.getAsLong();
  }

  /// Returns a value as people write it, such as `4g` or `2m`.
  public String shown(long value) {
    return unit.shown(value);
  }

  /// Returns what the outcome of a file says that met this limit: `limit members=100000`.
  public String met(long value) {
    return "limit " + title() + "=" + shown(value);
  }

  /// Returns all names, separated by commas.
  public static String titles() {
    return Arrays.stream(values()).map(Limit::title).collect(joining(", "));
  }

  /// Returns the table for people, one line a limit.
  public static String describe() {
    return Arrays.stream(values())
        .map(limit ->
            "%-11s %-9s %s".formatted(limit.title(), limit.shown(limit.standard), limit.meaning))
        .collect(joining("\n"));
  }
}
