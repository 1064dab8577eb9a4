package brimful.extract;

import brimful.corpus.Locator;
import brimful.corpus.Picture;
import brimful.corpus.WellFormed;
import brimful.extract.text.ReadablePart;
import brimful.extract.text.Transcript;
import java.util.ArrayList;
import java.util.List;

/// A part of a document's text that has a locator of its own: all its lines, a page, a slide, a
/// sheet.
///
/// @param locator for lines, the range the text covers, normally from 1
/// @param text with `\n` line breaks only, and well-formed: what a parser, a decoder or the other
///   end of a pipe gives of half a surrogate pair becomes U+FFFD here, before anything counts it
/// @param heading what each of its chunks is under, such as the header row of a sheet; may be empty
/// @param places a finer locator for each line of the text, such as the cells of a row or the time
///   of a subtitle; empty if there is none
/// @param picture what it looks like, for its first chunk; [Picture#NONE] for nearly all
public record Section(
    Locator locator, String text, String heading, List<Locator> places, Picture picture) {
  public Section {
    text = WellFormed.text(text);
    heading = WellFormed.text(heading);
    places = List.copyOf(places);
    if (!places.isEmpty() && places.size() != text.split("\n", -1).length) {
      throw new IllegalArgumentException(
          "%s places for %s lines of %s: give one for each line"
              .formatted(places.size(), text.split("\n", -1).length, locator.display()));
    }
  }

  /// Returns a section whose chunks have its own locator, or lines of it.
  public Section(Locator locator, String text) {
    this(locator, text, "", List.of());
  }

  /// Returns a section without a picture.
  public Section(Locator locator, String text, String heading, List<Locator> places) {
    this(locator, text, heading, places, Picture.NONE);
  }

  /// Returns the parts of a text as sections.
  static List<Section> of(List<ReadablePart> parts) {
    return parts.stream()
        .map(part -> new Section(part.locator(), part.text(), part.heading(), part.places()))
        .toList();
  }

  /// Returns the turns of a text that is the transcript of a meeting; of any other, the same
  /// sections.
  static List<Section> turns(List<Section> sections) {
    boolean one = sections.size() == 1 && sections.getFirst().locator() instanceof Locator.Lines;
    List<Section> said = one ? of(Transcript.parts(sections.getFirst().text())) : List.of();
    return said.isEmpty() ? sections : said;
  }

  /// Returns it in pieces of limited length, cut at line ends where there are any.
  List<Section> pieces(int charactersMax) {
    var pieces = new ArrayList<Section>();
    int line = 0;
    for (int from = 0; from < text.length(); ) {
      int to = end(from, charactersMax);
      pieces.add(piece(text.substring(from, to), line));
      line += PlainText.breaks(pieces.getLast().text());
      from = to;
    }
    return pieces;
  }

  private Section piece(String piece, int line) {
    Locator place =
        locator instanceof Locator.Lines(int first, _)
            ? new Locator.Lines(first + line, first + line + PlainText.lines(piece) - 1)
            : locator;
    List<Locator> rows =
        places.isEmpty() ? places : places.subList(line, line + PlainText.breaks(piece) + 1);
    return new Section(place, piece, heading, rows, line == 0 ? picture : Picture.NONE);
  }

  private int end(int from, int charactersMax) {
    if (text.length() - from <= charactersMax) {
      return text.length();
    }
    int end = from + charactersMax;
    int lineEnd = text.lastIndexOf('\n', end - 1) + 1;
    if (lineEnd > from) {
      return lineEnd;
    }
    return Character.isHighSurrogate(text.charAt(end - 1)) && end - 1 > from ? end - 1 : end;
  }
}
