package brimful.extract.text;

import brimful.corpus.PathKind;
import java.util.List;

/// Chooses the reader for a text file by its name.
public final class ReadableText {
  private ReadableText() {}

  /// Returns whether files of a name are read in another form, if they are what the name says.
  /// Those of transcripts have the name of any text, and are not read as a whole for it.
  public static boolean isFor(String path) {
    return switch (PathKind.ending(path)) {
      case "ipynb", "srt", "vtt", "sbv", "ass", "ssa", "ics", "ical", "vcf", "vcard" -> true;
      default -> false;
    };
  }

  /// Returns the parts of a file in readable form; none if it is readable as it is, or is not what
  /// its name says.
  ///
  /// @param text all of the file, with `\n` line breaks
  public static List<ReadablePart> of(String path, String text) {
    return switch (PathKind.ending(path)) {
      case "ipynb" -> Notebook.parts(text);
      case "srt", "vtt", "sbv" -> Subtitles.parts(text);
      case "ass", "ssa" -> StyledSubtitles.parts(text);
      case "ics", "ical" -> CalendarEntries.parts(text);
      case "vcf", "vcard" -> Contacts.parts(text);
      case "txt" -> Transcript.parts(text);
      default -> List.of();
    };
  }
}
