package brimful.extract.media;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.Locator;
import brimful.extract.media.RecordingInfo.Track;
import brimful.extract.process.BoundedProcess.Ended;
import brimful.extract.process.ScratchFolder;
import brimful.extract.text.ReadablePart;
import brimful.extract.text.ReadableText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads subtitles that are text, each track as a file of subtitles is read.
final class SubtitleTracks {
  private static final int TRACK_BYTES_MAX = 32 << 20;

  private final Ffmpeg ffmpeg;

  SubtitleTracks(Ffmpeg ffmpeg) {
    this.ffmpeg = ffmpeg;
  }

  /// Gives what is said in a track.
  ///
  /// @return why some may be missing
  Optional<String> give(Path file, Track track, MediaTime time, RecordingSink sink)
      throws IOException {
    Path folder = ScratchFolder.make();
    try {
      // Only these name speakers.
      boolean styled = track.codec().equals("ass") || track.codec().equals("ssa");
      String name = styled ? "track.ass" : "track.vtt";
      var words = new ArrayList<>(List.of("-map", "0:" + track.index()));
      words.addAll(styled ? List.of("-c:s", "copy", "-f", "ass") : List.of("-f", "webvtt"));
      words.add(name);
      Ended ended = ffmpeg.decode(file, folder, List.of(), words, time);
      Path subtitles = folder.resolve(name);
      if (Files.exists(subtitles)) {
        give(name, text(subtitles), track, sink);
      }
      return Failure.of(ended, "subtitles", time);
    } finally {
      ScratchFolder.delete(folder);
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(TRACK_BYTES_MAX), UTF_8).replaceAll("\\r\\n?", "\n");
    }
  }

  private static void give(String name, String text, Track track, RecordingSink sink)
      throws IOException {
    for (ReadablePart part : ReadableText.of(name, text)) {
      if (part.locator() instanceof Locator.Time at) {
        sink.text(at, part.text(), ("Subtitles " + track.name()).strip(), part.places());
      }
    }
  }
}
