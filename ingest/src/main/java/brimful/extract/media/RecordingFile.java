package brimful.extract.media;

import brimful.source.Rules;
import java.nio.file.Path;
import java.time.Duration;

/// A recording that is to be read.
///
/// @param path of a copy that is ours alone
/// @param hash of its content
/// @param rules say whether OCR reads frames, and whether they are kept for models
/// @param time how long a step of the reading may take; of long recordings, it may take longer
public record RecordingFile(Path path, String hash, Rules rules, Duration time) {
  /// Returns whether frames are wanted: OCR reads them, or models see them.
  boolean frames() {
    return rules.readsPictures();
  }
}
