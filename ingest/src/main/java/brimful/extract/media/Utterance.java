package brimful.extract.media;

import brimful.corpus.Locator;
import brimful.corpus.WellFormed;

/// Something that was said.
///
/// @param first when it begins, in seconds from the start of the recording
/// @param last when it ends, not before it begins
/// @param text one line, with the speaker before it where the endpoint tells speakers apart
record Utterance(double first, double last, String text) {
  Utterance {
    text = WellFormed.text(text.replaceAll("\\s+", " ").strip());
    first = Math.max(0, Double.isFinite(first) ? first : 0);
    last = Math.max(first, Double.isFinite(last) ? last : first);
  }

  /// Returns the same, later.
  Utterance after(double seconds) {
    return new Utterance(first + seconds, last + seconds, text);
  }

  Locator.Time time() {
    return new Locator.Time((int) first, (int) last);
  }
}
