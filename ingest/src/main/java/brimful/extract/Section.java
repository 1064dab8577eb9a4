package brimful.extract;

import brimful.corpus.Locator;
import brimful.corpus.WellFormed;
import java.util.ArrayList;
import java.util.List;

/// A part of a document's text that has a locator of its own: all its lines, a page, a slide, a
/// sheet.
///
/// @param locator for lines, the range the text covers, normally from 1
/// @param text with `\n` line breaks only, and well-formed: what a parser, a decoder or the other
///   end of a pipe gives of half a surrogate pair becomes U+FFFD here, before anything counts it
public record Section(Locator locator, String text) {
  public Section {
    text = WellFormed.text(text);
  }

  /// Returns it in pieces of limited length, cut at line ends where there are any.
  List<Section> pieces(int charactersMax) {
    var pieces = new ArrayList<Section>();
    int line = locator instanceof Locator.Lines(int first, _) ? first : 0;
    for (int from = 0; from < text.length(); ) {
      int to = end(from, charactersMax);
      String piece = text.substring(from, to);
      pieces.add(
          line == 0
              ? new Section(locator, piece)
              : new Section(new Locator.Lines(line, line + PlainText.lines(piece) - 1), piece));
      line = line == 0 ? 0 : line + PlainText.breaks(piece);
      from = to;
    }
    return pieces;
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
