package brimful.extract.media;

import brimful.corpus.PathKind;
import java.util.Set;

/// What a file may be that holds a recording, by its name, or else by its first bytes.
public enum RecordingKind {
  SOUND,
  VIDEO;

  private static final Set<String> SOUNDS =
      Set.of(
          "mp3", "m4a", "aac", "ogg", "oga", "opus", "flac", "wav", "aif", "aiff", "wma", "amr",
          "m4b", "mka");

  /// How sound begins that does not say what it is by its name: MP3, WAV, FLAC, AIFF, Ogg.
  private static final Set<String> STARTS = Set.of("ID3", "RIF", "fLa", "FOR", "Ogg");

  /// @param start the first bytes as Latin-1
  public static RecordingKind of(String path, String start) {
    String ending = PathKind.ending(path);
    boolean sound =
        SOUNDS.contains(ending)
            || (ending.isEmpty()
                && (start.startsWith("\u00ff")
                    || STARTS.contains(start.substring(0, Math.min(3, start.length())))));
    return sound ? SOUND : VIDEO;
  }
}
