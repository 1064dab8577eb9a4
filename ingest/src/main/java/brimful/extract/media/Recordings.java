package brimful.extract.media;

import brimful.corpus.Locator;
import brimful.corpus.UserError;
import brimful.extract.media.RecordingInfo.Kind;
import brimful.extract.media.RecordingInfo.Track;
import brimful.extract.process.BoundedProcess.Ended;
import brimful.extract.process.ScratchFolder;
import brimful.source.Rule;
import brimful.source.Rules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads sound and video, as far as programs are installed and an endpoint is named. Safe for many
/// threads.
public final class Recordings {
  /// The variable that says whether they are read: `auto`, which is the default, or `off`.
  public static final String MODE = "BRIMFUL_RECORDINGS";

  private static final Recordings OFF = new Recordings(false, Optional.empty(), Optional.empty());

  /// Films have one in each of 30 languages.
  private static final int SUBTITLES_MAX = 40;

  private static final String NEEDS_ENDPOINT = "sound needs --transcribe";
  private static final String NEEDS_OCR = "frames need OCR: install tesseract-ocr";
  private static final String FFMPEG = "needs ffmpeg";

  private final boolean on;
  private final Optional<Ffmpeg> ffmpeg;
  private final Optional<Speech> speech;

  private Recordings(boolean on, Optional<Ffmpeg> ffmpeg, Optional<Speech> speech) {
    this.on = on;
    this.ffmpeg = ffmpeg;
    this.speech = speech;
  }

  /// Returns one that reads nothing.
  public static Recordings off() {
    return OFF;
  }

  /// Returns what the variables ask for, see [SpeechEndpoint]; no program is started.
  ///
  /// @param cache where transcripts are kept
  /// @throws UserError if a variable is wrong
  public static Recordings of(Map<String, String> environment, Path cache) {
    Optional<SpeechEndpoint> endpoint = SpeechEndpoint.of(environment);
    String mode = environment.getOrDefault(MODE, "auto").strip().toLowerCase(Locale.ROOT);
    return switch (mode) {
      case "off" -> OFF;
      case "", "auto" -> {
        Optional<Ffmpeg> ffmpeg = Ffmpeg.find(environment);
        yield new Recordings(
            true,
            ffmpeg,
            ffmpeg.flatMap(program -> endpoint.map(to -> new Speech(program, to, cache))));
      }
      default ->
          throw new UserError(
              UserError.Kind.USAGE,
              "--recordings (%s) \"%s\": say off or auto".formatted(MODE, mode));
    };
  }

  /// Returns the rules with which files of sound and video are opened, or left out by their names.
  public Rules rules(Rules rules) {
    return on ? rules.without(Set.of(Rule.RECORDINGS)) : rules.with(EnumSet.of(Rule.RECORDINGS));
  }

  /// Returns whether a file would now be read further than its outcome says: what was missing is
  /// there.
  public boolean readsMore(String said) {
    return (ffmpeg.isPresent() && said.contains(FFMPEG))
        || (speech.isPresent() && (said.contains(NEEDS_ENDPOINT) || said.contains(Speech.CAUSE)));
  }

  /// Returns why no recording of a kind is read, without a look at it.
  public Optional<RecordingResult> unread(RecordingKind kind) {
    if (ffmpeg.isPresent()) {
      return Optional.empty();
    }
    String what =
        switch (kind) {
          case SOUND -> "sound (%s, and --transcribe for what is said)".formatted(FFMPEG);
          case VIDEO -> "video (%s, and --transcribe for what is said)".formatted(FFMPEG);
        };
    return Optional.of(new RecordingResult.Skipped(what));
  }

  /// Reads a recording.
  ///
  /// @throws IOException if the disk fails
  public RecordingResult read(RecordingFile file, RecordingSink sink) throws IOException {
    Ffmpeg program = ffmpeg.orElseThrow(() -> new IOException("ffmpeg is not installed"));
    var time = MediaTime.of(file.time(), sink::beat);
    Ended probed;
    Path folder = ScratchFolder.make();
    try {
      probed = program.probe(file.path(), folder, time);
    } finally {
      ScratchFolder.delete(folder);
    }
    if (!probed.isGood()) {
      return new RecordingResult.Failed(
          probed.errors().contains("moov atom not found")
              ? "the file ends early"
              : Failure.of(probed, "ffprobe", time)
                  .orElseGet(() -> "ffprobe: " + Failure.said(probed)));
    }
    RecordingInfo info = RecordingInfo.of(probed.printed());
    if (info.tracks().isEmpty() || info.empty()) {
      return new RecordingResult.Skipped("empty");
    }
    sink.text(info.whole(), info.text(), "", List.of());
    chapters(info, sink);
    return new Reading(program, file, info, sink, time.playing(info.seconds())).read();
  }

  /// Returns whether sound is sent to an endpoint.
  public boolean hears() {
    return speech.isPresent();
  }

  /// Returns how many seconds of sound a recording has that are not written down yet, without
  /// decoding it; none if nobody listens, or it cannot be told.
  public double unheard(RecordingFile file) throws IOException {
    if (ffmpeg.isEmpty() || speech.isEmpty()) {
      return 0;
    }
    Path folder = ScratchFolder.make();
    try {
      Ended probed = ffmpeg.get().probe(file.path(), folder, MediaTime.of(file.time(), () -> {}));
      RecordingInfo info = RecordingInfo.of(probed.isGood() ? probed.printed() : "{}");
      List<Track> sound = info.tracks(Kind.SOUND);
      return sound.isEmpty() || speech.get().knows(file.hash(), sound.getFirst())
          ? 0
          : info.seconds();
    } finally {
      ScratchFolder.delete(folder);
    }
  }

  /// Returns what transcribing will take, in a line; empty if nobody listens.
  public Optional<String> forecast(int recordings, double seconds) {
    return speech.map(listening -> listening.forecast(recordings, seconds));
  }

  private static void chapters(RecordingInfo info, RecordingSink sink) throws IOException {
    if (!info.chapters().isEmpty()) {
      List<Locator> times =
          info.chapters().stream()
              .<Locator>map(one -> new Locator.Time(one.first(), one.last()))
              .toList();
      String titles =
          info.chapters().stream()
              .map(one -> RecordingInfo.clock(one.first()) + " " + one.title())
              .collect(Collectors.joining("\n"));
      sink.text(info.whole(), titles, "Chapters", times);
    }
  }

  /// The reading of one recording.
  private final class Reading {
    private final Ffmpeg program;
    private final RecordingFile file;
    private final RecordingInfo info;
    private final RecordingSink sink;
    private final MediaTime time;
    private final List<String> done = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private int kept;

    Reading(
        Ffmpeg program,
        RecordingFile file,
        RecordingInfo info,
        RecordingSink sink,
        MediaTime time) {
      this.program = program;
      this.file = file;
      this.info = info;
      this.sink = sink;
      this.time = time;
    }

    RecordingResult read() throws IOException {
      subtitles();
      covers();
      first(Kind.VIDEO, "video track", this::frames);
      first(Kind.SOUND, "sound track", this::sound);
      return new RecordingResult.Read(
          kept,
          info.tracks().size(),
          String.join(", ", done),
          missing.stream().distinct().toList());
    }

    private void subtitles() throws IOException {
      var tracks = new SubtitleTracks(program);
      int read = 0;
      for (Track track : info.tracks(Kind.SUBTITLES)) {
        if (read == SUBTITLES_MAX) {
          missing.add("further subtitles");
          break;
        }
        read++;
        ended(tracks.give(file.path(), track, time, sink));
      }
      if (read > 0) {
        done.add(read == 1 ? "subtitles" : "%s tracks of subtitles".formatted(read));
      }
      if (!info.tracks(Kind.DRAWN_SUBTITLES).isEmpty()) {
        missing.add("subtitles are pictures");
      }
    }

    /// Reads the pictures beside the sound, where pictures are read; the text lists them anyway.
    private void covers() throws IOException {
      for (Track cover : info.tracks(Kind.COVER)) {
        ended(
            file.frames()
                ? new KeyFrames(program).give(file, info, cover, time, sink).failure()
                : Optional.empty());
      }
    }

    /// Reads the first track of a kind: others are views or languages of the same.
    private void first(Kind kind, String what, TrackReader reader) throws IOException {
      List<Track> tracks = info.tracks(kind);
      if (!tracks.isEmpty()) {
        reader.read(tracks.getFirst());
      }
      if (tracks.size() > 1) {
        missing.add("only the first %s is read".formatted(what));
      }
    }

    private void frames(Track track) throws IOException {
      if (!file.frames()) {
        missing.add(NEEDS_OCR);
        return;
      }
      KeyFrames.Found found = new KeyFrames(program).give(file, info, track, time, sink);
      ended(found.failure());
      done.add("%s %s".formatted(found.count(), found.count() == 1 ? "frame" : "frames"));
    }

    private void sound(Track track) throws IOException {
      if (speech.isEmpty()) {
        missing.add(NEEDS_ENDPOINT);
        return;
      }
      Speech.Heard heard = speech.get().hear(file.path(), file.hash(), track, time);
      ended(heard.failure());
      if (!heard.utterances().isEmpty()) {
        var lines =
            heard.utterances().stream().map(Utterance::text).collect(Collectors.joining("\n"));
        List<Locator> times = heard.utterances().stream().<Locator>map(Utterance::time).toList();
        Locator all = times.getFirst().to(times.getLast());
        sink.text(all instanceof Locator.Time said ? said : info.whole(), lines, "Speech", times);
      }
      done.add(
          "%s of sound%s"
              .formatted(
                  RecordingInfo.clock(Math.ceil(heard.seconds())),
                  speech.get().cost(heard.seconds())));
    }

    private void ended(Optional<String> failure) {
      failure.ifPresentOrElse(missing::add, () -> kept++);
    }
  }

  /// Reads a track.
  @FunctionalInterface
  private interface TrackReader {
    void read(Track track) throws IOException;
  }
}
