package brimful.extract.media;

import java.util.List;

/// What came of a recording. Every case is expected, so none is an exception.
public sealed interface RecordingResult {
  /// Nothing was read.
  ///
  /// @param what the kind of recording and what is missing, such as `video (needs ffmpeg)`
  record Skipped(String what) implements RecordingResult {}

  /// It is none, or it is damaged.
  record Failed(String cause) implements RecordingResult {}

  /// Tags and duration were given, and what could be read of the tracks.
  ///
  /// @param kept tracks that were read to their end
  /// @param tracks all tracks of pictures, sound and subtitles
  /// @param detail what was read, for people
  /// @param missing what was not read and why, each in a few words; empty if all was
  record Read(int kept, int tracks, String detail, List<String> missing)
      implements RecordingResult {
    public Read {
      missing = List.copyOf(missing);
    }
  }
}
