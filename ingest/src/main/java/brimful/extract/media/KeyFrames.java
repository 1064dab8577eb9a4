package brimful.extract.media;

import brimful.corpus.Locator;
import brimful.extract.media.RecordingInfo.Kind;
import brimful.extract.media.RecordingInfo.Track;
import brimful.extract.ocr.DrawnImage;
import brimful.extract.ocr.ImagePages;
import brimful.extract.process.BoundedProcess.Ended;
import brimful.extract.process.ScratchFolder;
import brimful.source.Rule;
import brimful.source.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Takes the frames of a video that show something new.
///
/// ffmpeg picks candidates where the picture changes, and one every [#EVERY_SECONDS] in any case,
/// [#FRAMES_MAX] at most, spread over all of the video. Of those, a frame that looks like the one
/// before is left out. Of a video of more than [#DECODED_SECONDS_MAX] seconds only the frames are
/// decoded that need no others, one every few seconds: decoding all takes minutes an hour.
final class KeyFrames {
  static final int FRAMES_MAX = 200;

  private static final int EVERY_SECONDS = 20;
  private static final int DECODED_SECONDS_MAX = 600;

  /// Of a video that is decoded whole, two frames a second are looked at.
  private static final String PACE = "fps=2,";

  private static final double GAP_SECONDS_MIN = 2;

  /// How much of the picture changes, from 0 to 1: another word on a slide is 0.003.
  private static final String CHANGE_MIN = "0.001";

  private static final Pattern TIME = Pattern.compile("pts_time:(\\d{1,9}(?:\\.\\d*)?)");

  private final Ffmpeg ffmpeg;

  KeyFrames(Ffmpeg ffmpeg) {
    this.ffmpeg = ffmpeg;
  }

  /// What was found.
  ///
  /// @param count frames that were given
  /// @param failure why some may be missing
  record Found(int count, Optional<String> failure) {}

  /// Gives the frames of a track.
  Found give(
      RecordingFile file, RecordingInfo info, Track track, MediaTime time, RecordingSink sink)
      throws IOException {
    Path folder = ScratchFolder.make();
    try {
      // A cover is one frame, which a pace would drop.
      boolean paced = info.seconds() <= DECODED_SECONDS_MAX && track.kind() == Kind.VIDEO;
      String pace = paced ? PACE : "";
      Ended ended = ended(file, folder, info, track, pace, time);
      if (!pace.isEmpty() && ended.isGood() && !TIME.matcher(ended.printed()).find()) {
        // It is shorter than half a second.
        ended = ended(file, folder, info, track, "", time);
      }
      List<Double> times =
          TIME.matcher(ended.printed())
              .results()
              .map(found -> Double.parseDouble(found.group(1)))
              .toList();
      return new Frames(folder, ended, times).give(file.rules(), time, sink);
    } finally {
      ScratchFolder.delete(folder);
    }
  }

  /// The frames that a program has written.
  ///
  /// @param times when each is shown, in seconds
  private record Frames(Path folder, Ended ended, List<Double> times) {

    /// Gives those that show something else than the one before.
    Found give(Rules rules, MediaTime time, RecordingSink sink) throws IOException {
      int taken = 0;
      Optional<PictureHash> last = Optional.empty();
      for (int i = 0; i < times.size(); i++) {
        if (time.isOver()) {
          String clock = RecordingInfo.clock(times.get(i));
          return new Found(
              taken, Optional.of("frames from %s: out of time (%s)".formatted(clock, time.met())));
        }
        Path picture = folder.resolve(String.format(Locale.ROOT, "frame-%05d.png", i + 1));
        Optional<DrawnImage> frame = frame(picture, ended.isGood(), rules);
        sink.beat();
        if (frame.isEmpty()) {
          continue;
        }
        PictureHash hash = PictureHash.of(frame.get().gray().orElseThrow());
        if (last.isEmpty() || !last.get().isLike(hash)) {
          int second = times.get(i).intValue();
          sink.frame(
              new Locator.Time(second, second),
              rules.has(Rule.IMAGES) ? frame.get().unread() : frame.get());
          taken++;
        }
        last = Optional.of(hash);
      }
      return new Found(taken, failure(ended, times.size(), time));
    }
  }

  /// Decodes with the option that replaced `-vsync` in version 5.1, and else with that one.
  private Ended ended(
      RecordingFile file, Path folder, RecordingInfo info, Track track, String pace, MediaTime time)
      throws IOException {
    List<String> asIs = List.of("-fps_mode", "passthrough");
    Ended ended =
        ffmpeg.decode(
            file.path(), folder, before(info), after(file, info, track, pace, asIs), time);
    return ended.errors().contains("'fps_mode'")
        ? ffmpeg.decode(
            file.path(),
            folder,
            before(info),
            after(file, info, track, pace, List.of("-vsync", "0")),
            time)
        : ended;
  }

  private static List<String> before(RecordingInfo info) {
    return info.seconds() > DECODED_SECONDS_MAX ? List.of("-skip_frame", "nokey") : List.of();
  }

  private static List<String> after(
      RecordingFile file, RecordingInfo info, Track track, String pace, List<String> asIs) {
    double gap = Math.max(GAP_SECONDS_MIN, info.seconds() / FRAMES_MAX);
    String filter =
        String.format(
            Locale.ROOT,
            // Remembers a change until the time between two frames is over.
            "%sselect='st(0,max(ld(0),gt(scene,%s)));if(isnan(prev_selected_t)+ld(0)*gte(t-prev_selected_t,%.3f)+gte(t-prev_selected_t,%.3f),1+st(0,0),0)',scale='min(1920,iw)':-2,%smetadata=print:file=-",
            pace,
            CHANGE_MIN,
            gap,
            Math.max(gap, EVERY_SECONDS),
            file.rules().has(Rule.PICTURES) ? "format=gray," : "");
    var words = new ArrayList<>(List.of("-map", "0:" + track.index(), "-vf", filter));
    words.addAll(asIs);
    words.addAll(List.of("-frames:v", String.valueOf(FRAMES_MAX + 2)));
    words.addAll(List.of("-c:v", "png", "-f", "image2", "frame-%05d.png"));
    return words;
  }

  /// @param whole whether the picture must be there: the last one of a stopped program may be cut
  private static Optional<DrawnImage> frame(Path file, boolean whole, Rules rules)
      throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (var pages = new ImagePages(file)) {
      return pages.isLegible(0)
          ? Optional.of(pages.picture(0, rules.without(Set.of(Rule.IMAGES))))
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      if (whole) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static Optional<String> failure(Ended ended, int candidates, MediaTime time) {
    if (candidates > FRAMES_MAX + 1) {
      return Optional.of("frames after the first %s".formatted(FRAMES_MAX));
    }
    return Failure.of(ended, "frames", time);
  }
}
