package brimful.extract.media;

import brimful.corpus.PathKind;
import java.util.Set;

/// What a file may be that holds a recording, by its name, or else by its first bytes.
public enum RecordingKind {
  SOUND,
  VIDEO;

  /// How sound begins that does not say what it is by its name: MP3, WAV, FLAC, AIFF, Ogg.
  private static final Set<String> STARTS = Set.of("ID3", "fLa", "FOR", "Ogg");

  /// @param start the first bytes as Latin-1
  public static RecordingKind of(String path, String start) {
    boolean sound =
        PathKind.isSound(path)
            || (!PathKind.isRecording(path)
                && (start.startsWith("\u00ff")
                    || start.startsWith("WAVE", 8)
                    || STARTS.contains(start.substring(0, Math.min(3, start.length())))));
    return sound ? SOUND : VIDEO;
  }
}
