package brimful.extract.media;

import brimful.extract.process.BoundedProcess;
import brimful.extract.process.BoundedProcess.Bounds;
import brimful.extract.process.BoundedProcess.Ended;
import brimful.extract.process.ProgramPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// ffmpeg and ffprobe as they are installed on this machine, version 4 or later.
///
/// A file is opened by its path alone, never by a URL, as one of the formats in [#FORMATS]: none of
/// them is a playlist, so no file names another one. At most [#RUNS_MAX] processes run at once.
/// Safe for many threads.
final class Ffmpeg {
  static final int RUNS_MAX = 2;

  /// The containers that are opened: those of people's sound and video, without playlists,
  /// manifests, scripts of frames, and devices.
  static final String FORMATS =
      "mov,mp4,matroska,webm,avi,asf,flv,mpeg,mpegts,mpegvideo,ogg,mp3,wav,w64,flac,aac,aiff,amr,au,caf,ac3,eac3,ape,wv,tta,dv,mxf,ivf,3gp,m4v,h264,hevc";

  /// Decoding 4K video takes 700 MB, and threads reserve more than they use.
  private static final long MEMORY_BYTES = 4L << 30;

  private static final long OUTPUT_BYTES_MAX = 4L << 30;

  /// A single picture or packet has less.
  private static final String ALLOCATION_BYTES_MAX = String.valueOf(512 << 20);

  private static final String PIXELS_MAX = "70000000";

  private final Path ffmpeg;
  private final Path ffprobe;
  private final Semaphore runs = new Semaphore(RUNS_MAX);

  private Ffmpeg(Path ffmpeg, Path ffprobe) {
    this.ffmpeg = ffmpeg;
    this.ffprobe = ffprobe;
  }

  /// Returns the programs if both are on the path; neither is started.
  static Optional<Ffmpeg> find(Map<String, String> environment) {
    List<String> usual = List.of("/opt/homebrew/bin", "/usr/local/bin");
    return ProgramPath.find(environment, "ffmpeg", usual)
        .flatMap(ffmpeg ->
            ProgramPath.find(environment, "ffprobe", usual)
                .map(ffprobe -> new Ffmpeg(ffmpeg, ffprobe)));
  }

  /// Asks what a file holds, as JSON.
  Ended probe(Path file, Path folder, MediaTime time) throws IOException {
    var words = new ArrayList<>(List.of(ffprobe.toString(), "-hide_banner"));
    words.addAll(safe());
    // The first packet tells whether there is anything.
    words.addAll(List.of("-show_packets", "-read_intervals", "%+#1"));
    words.addAll(List.of("-show_format", "-show_streams", "-show_chapters", "-of", "json"));
    words.add("file:" + file);
    return run(words, folder, time);
  }

  /// Decodes a file.
  ///
  /// @param before options of the input
  /// @param after outputs, with their options; their files lie in `folder`
  Ended decode(Path file, Path folder, List<String> before, List<String> after, MediaTime time)
      throws IOException {
    var words = new ArrayList<>(List.of(ffmpeg.toString(), "-hide_banner", "-nostdin", "-y"));
    words.addAll(safe());
    words.addAll(List.of("-threads", "2", "-max_pixels", PIXELS_MAX));
    words.addAll(before);
    words.addAll(List.of("-i", "file:" + file));
    words.addAll(after);
    return run(words, folder, time);
  }

  private static List<String> safe() {
    return List.of(
        "-loglevel",
        "error",
        "-max_alloc",
        ALLOCATION_BYTES_MAX,
        "-protocol_whitelist",
        "file,pipe",
        "-format_whitelist",
        FORMATS);
  }

  private Ended run(List<String> words, Path folder, MediaTime time) throws IOException {
    Files.createDirectories(folder);
    try {
      while (!runs.tryAcquire(1, TimeUnit.SECONDS)) {
        time.beat().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for ffmpeg");
    }
    try {
      return BoundedProcess.run(
          words, folder, new Bounds(time.next(), OUTPUT_BYTES_MAX, MEMORY_BYTES), time.beat());
    } finally {
      runs.release();
    }
  }
}
