package brimful.extract;

import brimful.corpus.Locator;
import brimful.corpus.WellFormed;

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
}
