package brimful.extract.media;

import brimful.extract.process.BoundedProcess.Ended;
import java.util.Optional;
import java.util.regex.Pattern;

/// Says why ffmpeg did not read all of a track.
final class Failure {
  /// What it calls a file that ends before its own table of contents says.
  private static final Pattern ENDS_EARLY =
      Pattern.compile(
          "partial file|Truncat|truncat|ended prematurely|End of file|Packet corrupt|stream ends prematurely");

  private static final Pattern CONTEXT = Pattern.compile("^\\[[^\\]]*+\\] |@ 0x[0-9a-f]+");

  private Failure() {}

  /// @param what was being read, such as `frames`
  static Optional<String> of(Ended ended, String what, MediaTime time) {
    return switch (ended.cause()) {
      case TIME -> Optional.of("%s: ffmpeg took too long (%s)".formatted(what, time.met()));
      case OUTPUT -> Optional.of(what + ": ffmpeg wrote too much");
      case DONE ->
          ENDS_EARLY.matcher(ended.errors()).find()
              ? Optional.of("the file ends early")
              : ended.code() == 0 ? Optional.empty() : Optional.of(what + ": " + said(ended));
    };
  }

  /// Returns the last complaint without what differs between runs.
  static String said(Ended ended) {
    String line = CONTEXT.matcher(ended.lastError()).replaceAll("");
    line = line.replaceFirst("^file:\\S*: ", "").strip();
    return line.isEmpty() ? "ffmpeg ended with code " + ended.code() : line;
  }
}
