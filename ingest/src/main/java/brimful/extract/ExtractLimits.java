package brimful.extract;

import brimful.extract.limit.Limit;
import brimful.extract.limit.Limits;
import java.time.Duration;

/// How much of one file is read, and for how long. Whatever a limit cuts is reported.
///
/// No file is held in memory as a whole, so the limits are those of time and disk. [Limit] has
/// their standard values and bounds.
///
/// @param textBytesMax bytes of plain text or code that are decoded; the rest is truncated
/// @param documentBytesMax larger documents and archives are skipped unread
/// @param charactersMax characters kept of one document's extracted text; the rest is truncated
/// @param pagesMax pages or slides kept of one document; the rest is truncated
/// @param figuresMax figures kept as pictures of one PDF that has text; the rest is left out
/// @param membersMax members read of an archive or mail, in all its layers; the rest is truncated
/// @param depthMax layers of archives in archives that are opened
/// @param expandedBytesMax bytes that all members of one file may expand to, in all layers, and
///   characters that a document may give; a file that expands further is cut there
/// @param duration how long one document may take to be parsed, or one member of an archive; all of
///   an archive may take [#ARCHIVE_TIMES] as long
public record ExtractLimits(
    long textBytesMax,
    long documentBytesMax,
    int charactersMax,
    int pagesMax,
    int figuresMax,
    int membersMax,
    int depthMax,
    long expandedBytesMax,
    Duration duration) {
  /// How many times as long an archive may take as one of its members.
  static final int ARCHIVE_TIMES = 30;

  public ExtractLimits {
    if (textBytesMax < 1
        || documentBytesMax < 1
        || charactersMax < 1
        || pagesMax < 1
        || figuresMax < 1
        || membersMax < 1
        || depthMax < 1
        || expandedBytesMax < 1
        || !duration.isPositive()) {
      throw new IllegalArgumentException(
          "text %s, document %s, characters %s, pages %s, figures %s, members %s, depth %s, expanded %s, duration %s: set each limit to 1 or more"
              .formatted(
                  textBytesMax,
                  documentBytesMax,
                  charactersMax,
                  pagesMax,
                  figuresMax,
                  membersMax,
                  depthMax,
                  expandedBytesMax,
                  duration));
    }
  }

  /// Returns limits with the standard number of figures.
  public ExtractLimits(
      long textBytesMax,
      long documentBytesMax,
      int charactersMax,
      int pagesMax,
      int membersMax,
      int depthMax,
      long expandedBytesMax,
      Duration duration) {
    this(
        textBytesMax,
        documentBytesMax,
        charactersMax,
        pagesMax,
        Math.toIntExact(Limit.FIGURES.standard()),
        membersMax,
        depthMax,
        expandedBytesMax,
        duration);
  }

  /// Returns limits that fit a laptop.
  public static ExtractLimits standard() {
    return of(Limits.standard());
  }

  /// Returns those of a run's limits that concern a file.
  public static ExtractLimits of(Limits limits) {
    return new ExtractLimits(
        limits.of(Limit.TEXT),
        limits.of(Limit.DOCUMENT),
        Math.toIntExact(limits.of(Limit.CHARACTERS)),
        Math.toIntExact(limits.of(Limit.PAGES)),
        Math.toIntExact(limits.of(Limit.FIGURES)),
        Math.toIntExact(limits.of(Limit.MEMBERS)),
        Math.toIntExact(limits.of(Limit.DEPTH)),
        limits.of(Limit.UNPACKED),
        Duration.ofMillis(limits.of(Limit.TIME)));
  }
}
