package brimful.extract.media;

import brimful.extract.ocr.Ocr;
import brimful.source.Rules;

/// What reads files that are no text: pictures, and sound and video. Safe for many threads.
public record Media(Ocr ocr, Recordings recordings) {
  /// Returns one that reads nothing.
  public static Media off() {
    return new Media(Ocr.off(), Recordings.off());
  }

  /// Returns the rules with which files are opened that these read, and only those.
  public Rules rules(Rules rules) {
    return recordings.rules(ocr.rules(rules));
  }
}
