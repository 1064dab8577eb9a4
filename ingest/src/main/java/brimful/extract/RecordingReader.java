package brimful.extract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import brimful.corpus.PathKind;
import brimful.corpus.Sha256;
import brimful.extract.media.RecordingFile;
import brimful.extract.media.RecordingKind;
import brimful.extract.media.RecordingResult;
import brimful.extract.media.RecordingSink;
import brimful.extract.media.Recordings;
import brimful.extract.ocr.DrawnImage;
import brimful.extract.process.ScratchFolder;
import brimful.source.Listed;
import brimful.source.Rules;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Reads sound and video. They are copied first: decoders jump, and no name of a stranger reaches a
/// program.
///
/// @param rules say whether frames are read or seen by somebody
/// @param pulse hears that the reading goes on
record RecordingReader(Recordings recordings, ExtractLimits limits, Rules rules, Runnable pulse)
    implements DocumentParser {
  private static final int START_BYTES = 16;

  /// Each takes a copy and the start of a program.
  private static final int FORECAST_MAX = 1_000;

  /// Returns how a recording in an archive or a mail ended: parser processes start no programs.
  static Ending ofMember(DocumentId id) {
    String what = PathKind.isSound(id.value()) ? "sound" : "recording";
    return Ending.of(
        new Outcome.Skipped(
            what + " inside another file (save it beside that file to have it read)"));
  }

  @Override
  public Ending parse(DocumentId id, InputStream bytes, TextSink sink) throws IOException {
    var in = new BufferedInputStream(bytes);
    in.mark(START_BYTES);
    var start = new String(in.readNBytes(START_BYTES), ISO_8859_1);
    in.reset();
    Optional<RecordingResult> unread = recordings.unread(RecordingKind.of(id.value(), start));
    return unread.isPresent() ? ending(unread.get()) : copied(id, in, sink);
  }

  private Ending copied(DocumentId id, InputStream bytes, TextSink sink) throws IOException {
    return copied(bytes, file -> ending(recordings.read(file, new Given(id, sink, pulse))));
  }

  /// Returns how many seconds of a file's sound are still to be written down.
  private double unheard(InputStream bytes) throws IOException {
    var seconds = new double[1];
    Ending _ =
        copied(
            bytes,
            file -> {
              seconds[0] = recordings.unheard(file);
              return Ending.of(new Outcome.Indexed());
            });
    return seconds[0];
  }

  /// Returns what transcribing the recordings among some files will take, in a line; empty if there
  /// is nothing to send. Looks at the first [#FORECAST_MAX], and takes the others to be like them
  /// for their size.
  Optional<String> forecast(List<Listed.File> files) {
    List<Listed.File> all =
        files.stream().filter(file -> PathKind.isRecording(file.id().value())).toList();
    if (all.isEmpty() || !recordings.hears()) {
      return Optional.empty();
    }
    double seconds = 0;
    int unheard = 0;
    List<Listed.File> looked = all.subList(0, Math.min(FORECAST_MAX, all.size()));
    for (Listed.File file : looked) {
      try (InputStream in = file.content().open()) {
        double more = Thread.currentThread().isInterrupted() ? 0 : unheard(in);
        seconds += more;
        unheard += more > 0 ? 1 : 0;
      } catch (IOException e) {
        // The reading will say so.
      }
    }
    double share = (double) bytes(all) / Math.max(1, bytes(looked));
    int count = unheard + all.size() - looked.size();
    return unheard == 0 ? Optional.empty() : recordings.forecast(count, seconds * share);
  }

  private static long bytes(List<Listed.File> files) {
    return files.stream().mapToLong(Listed.File::bytes).sum();
  }

  /// Works on a copy.
  private Ending copied(InputStream bytes, Work work) throws IOException {
    Path folder = ScratchFolder.make();
    try {
      Path copy = folder.resolve("recording");
      var digest = Sha256.digest();
      var metered = MeteredStream.bounded(bytes, limits.documentBytesMax());
      Files.copy(new DigestInputStream(metered, digest), copy);
      String hash = HexFormat.of().formatHex(digest.digest());
      return work.on(new RecordingFile(copy, hash, rules, limits.duration()));
    } catch (MeteredStream.TooLongException e) {
      return Failures.ofDocument(e);
    } finally {
      ScratchFolder.delete(folder);
    }
  }

  /// What is done with a copy.
  @FunctionalInterface
  private interface Work {
    Ending on(RecordingFile file) throws IOException;
  }

  private static Ending ending(RecordingResult result) {
    return Ending.of(
        switch (result) {
          case RecordingResult.Skipped(String what) -> new Outcome.Skipped(what);
          case RecordingResult.Failed(String cause) -> new Outcome.Failed(cause);
          case RecordingResult.Read(int kept, int tracks, String detail, List<String> missing) ->
              missing.isEmpty()
                  ? new Outcome.Indexed(detail)
                  : new Outcome.Truncated(kept, tracks, "tracks", String.join("; ", missing));
        });
  }

  /// Passes on what a recording gives.
  private record Given(DocumentId id, TextSink sink, Runnable pulse) implements RecordingSink {
    @Override
    public void text(Locator.Time time, String text, String heading, List<Locator> places)
        throws IOException {
      String normal = PlainText.normal(text);
      if (!normal.isBlank()) {
        sink.runs(id, List.of(new Section(time, normal, heading, places)));
      }
    }

    @Override
    public void frame(Locator.Time time, DrawnImage frame) throws IOException {
      sink.image(id, time, frame);
    }

    @Override
    public void beat() {
      pulse.run();
    }
  }
}
