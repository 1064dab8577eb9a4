package brimful.extract.media;

import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static brimful.testing.FakeTranscriber.segment;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Locator;
import brimful.extract.ExtractLimits;
import brimful.extract.Extraction;
import brimful.extract.Extractions;
import brimful.extract.ocr.Ocr;
import brimful.extract.ocr.Scans;
import brimful.testing.Clips;
import brimful.testing.FakeTranscriber;
import brimful.testing.HostileBytes;
import brimful.testing.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What ffmpeg reads of sound and video, where it is installed.
final class RecordingsTest {
  private static final String METADATA =
      """
      ;FFMETADATA1
      title=The blue whale
      artist=Ann Lee
      encoder=nobody
      [CHAPTER]
      TIMEBASE=1/1
      START=0
      END=4
      title=Its size
      [CHAPTER]
      TIMEBASE=1/1
      START=4
      END=8
      title=Its food
      """;
  private static final String SRT =
      """
      1
      00:00:01,000 --> 00:00:03,000
      <i>Thirty metres long</i>

      2
      00:00:05,000 --> 00:00:07,500
      Four tonnes of krill
      a day
      """;

  @TempDir private Path folder;

  private Clips clips = new Clips(Path.of("."));

  @BeforeEach
  void find() {
    Clips.require();
    clips = new Clips(folder);
  }

  private Recordings recordings(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(Clips.path());
    environment.putAll(more);
    return Recordings.of(environment, folder.resolve("transcripts"));
  }

  private Ocr ocr() {
    return Ocr.of(Clips.path(), folder.resolve("ocr"));
  }

  private Extraction extract(Path file, Media media) throws IOException {
    return extract(String.valueOf(file.getFileName()), Files.readAllBytes(file), media);
  }

  private static Extraction extract(String name, byte[] bytes, Media media) {
    return Extractions.extract(name, bytes, media, ExtractLimits.standard());
  }

  private Media silent() {
    return new Media(Ocr.off(), recordings(Map.of()));
  }

  private Media hearing(FakeTranscriber endpoint) {
    return new Media(Ocr.off(), recordings(Map.of(SpeechEndpoint.ADDRESS, endpoint.address())));
  }

  private static List<byte[]> slides(String... texts) {
    return Arrays.stream(texts).map(text -> Scans.image("png", Scans.picture(text))).toList();
  }

  private Path lecture(String name) throws IOException {
    return clips.lecture(
        name,
        slides("The blue whale", "It eats krill"),
        "It sings to others that are hundreds of miles away.",
        SRT,
        METADATA);
  }

  @Test
  void aVideoHasWhatWasSaidShownAndSubtitled() throws IOException {
    Path file = lecture("whale.mp4");

    try (var endpoint = FakeTranscriber.hearing(segment(0.5, 2.9, "It sings to others."))) {
      Recordings heard =
          recordings(
              Map.of(SpeechEndpoint.ADDRESS, endpoint.address(), SpeechEndpoint.PRICE, "0.006"));
      Extraction extraction = extract(file, new Media(ocr(), heard));

      assertThat(shown(extraction).lines())
          .containsExactly(
              "whale.mp4 00:00:00-00:00:08: Title: The blue whale/Artist: Ann Lee/Duration: 00:00:08/Video: h264 1110×416/Sound: aac/Subtitles: mov_text",
              "whale.mp4 00:00:00-00:00:08: 00:00:00 Its size/00:00:04 Its food",
              "whale.mp4 00:00:01-00:00:07: Thirty metres long/Four tonnes of krill a day",
              "whale.mp4 00:00:00: The blue whale",
              "whale.mp4 00:00:04: It eats krill",
              "whale.mp4 00:00:00-00:00:02: It sings to others.");
      assertThat(extraction.texts().getFirst().sections().get(1).places())
          .containsExactly(new Locator.Time(0, 4), new Locator.Time(4, 8));
      assertThat(extraction.texts().getFirst().sections().get(2).places())
          .containsExactly(new Locator.Time(1, 3), new Locator.Time(5, 7));
      assertThat(outcome(extraction))
          .matches("indexed: subtitles, 2 frames, 00:00:0\\d of sound for \\$0\\.000\\d");
    }
  }

  @Test
  void withoutEndpointAndOcrTheRestIsReadAndTheLineSaysWhatIsMissing() throws IOException {
    Extraction extraction = extract(lecture("whale.mkv"), silent());

    assertThat(shown(extraction)).contains("Title: The blue whale", "Four tonnes of krill a day");
    assertThat(outcome(extraction))
        .isEqualTo(
            "truncated: 1 of 3 tracks (frames need OCR: install tesseract-ocr; sound needs --transcribe)");
  }

  @Test
  void soundHasItsTags() throws IOException {
    Path file =
        clips.ffmpeg("song.mp3", "-f", "lavfi", "-i", "sine=d=2", "-metadata", "album=Tides");

    Extraction extraction = extract(file, silent());

    assertThat(shown(extraction))
        .isEqualTo("song.mp3 00:00:00-00:00:02: Album: Tides/Duration: 00:00:02/Sound: mp3");
    assertThat(outcome(extraction)).isEqualTo("truncated: 0 of 1 track (sound needs --transcribe)");
  }

  @Test
  void aFileWithoutAnEndingIsKnownByItsContent() throws IOException {
    Path file = clips.speech("memo.ogg", "Good morning");

    assertThat(outcome(extract("memo", Files.readAllBytes(file), silent())))
        .isEqualTo("truncated: 0 of 1 track (sound needs --transcribe)");
  }

  @Test
  void whatIsMissingIsReadOnceItIsThere() {
    assertThat(recordings(Map.of()).readsMore("video (needs ffmpeg, and more)")).isTrue();
    assertThat(recordings(Map.of()).readsMore("sound needs --transcribe")).isFalse();
    assertThat(
            recordings(Map.of(SpeechEndpoint.ADDRESS, "http://localhost:1"))
                .readsMore("frames; sound needs --transcribe"))
        .isTrue();
    assertThat(Recordings.off().readsMore("video (needs ffmpeg)")).isFalse();
    assertThat(
            recordings(Map.of(SpeechEndpoint.ADDRESS, "http://localhost:1"))
                .readsMore("transcription failed: h answered 400"))
        .isFalse();
  }

  @Test
  void soundIsSentOnceAndHasItsPlaces() throws IOException {
    Path file = clips.speech("memo.wav", "The pump comes in May");

    try (var endpoint = FakeTranscriber.hearing(segment(0.2, 1.4, "The pump comes in May"))) {
      Extraction extraction = extract(file, hearing(endpoint));
      Extraction again = extract(file, hearing(endpoint));

      assertThat(shown(extraction)).endsWith("memo.wav 00:00:00-00:00:01: The pump comes in May");
      assertThat(shown(again)).isEqualTo(shown(extraction));
      assertThat(outcome(again)).isEqualTo(outcome(extraction)).startsWith("indexed: ");
      assertThat(endpoint.requests()).hasSize(1);
    }
  }

  @Test
  void nothingIsSentForSilence() throws IOException {
    Path file = clips.ffmpeg("silence.wav", "-f", "lavfi", "-i", "anullsrc=d=3");

    try (var endpoint = FakeTranscriber.hearing(segment(0, 1, "Thank you for watching"))) {
      assertThat(outcome(extract(file, hearing(endpoint)))).isEqualTo("indexed: 00:00:03 of sound");
      assertThat(endpoint.requests()).isEmpty();
    }
  }

  @Test
  @Tag("slow")
  void longSoundIsCutAndTheTimesGoOn() throws IOException {
    Path file = clips.ffmpeg("talk.opus", "-f", "lavfi", "-i", "sine=d=1500", "-b:a", "16k");

    try (var endpoint = FakeTranscriber.hearing(segment(1, 2, "Part"))) {
      Extraction extraction = extract(file, hearing(endpoint));

      assertThat(extraction.texts().getFirst().sections().getLast().places())
          .hasSize(3)
          .first()
          .isEqualTo(new Locator.Time(1, 2));
      assertThat(shown(extraction)).contains("00:00:01-00:19:", "Part/Part/Part");
      assertThat(endpoint.requests())
          .hasSize(3)
          .allMatch(request -> request.fields().getOrDefault("file", "").startsWith("fLaC"))
          .allMatch(request -> request.fields().getOrDefault("file", "").length() < 25_000_000);
      assertThat(outcome(extraction)).isEqualTo("indexed: 00:25:00 of sound");
    }
  }

  @Test
  void anEndpointThatRefusesIsAskedOnceAndNamed() throws IOException {
    Path one = clips.speech("one.wav", "One");
    Path two = clips.speech("two.wav", "Two");
    var unauthorized =
        new FakeTranscriber.Reply(401, "{\"error\":{\"message\":\"Incorrect API key\"}}");

    try (var endpoint = new FakeTranscriber(_ -> unauthorized)) {
      Media media = hearing(endpoint);
      String host = endpoint.address().substring("http://".length());
      String line =
          "truncated: 0 of 1 track (transcription: %s answered 401 (Incorrect API key): set BRIMFUL_TRANSCRIBE_API_KEY)"
              .formatted(host);

      assertThat(outcome(extract(one, media))).isEqualTo(line);
      assertThat(outcome(extract(two, media))).isEqualTo(line);
      assertThat(endpoint.requests()).hasSize(1);
      assertThat(media.recordings().readsMore(line)).isTrue();
    }
  }

  @Test
  void aFrameThatShowsTheSameIsReadOnce() throws IOException {
    Path file = clips.lecture("still.mp4", slides("Same", "Same", "Other"), "Hm", SRT, METADATA);
    Extraction extraction = extract(file, new Media(ocr(), recordings(Map.of())));

    assertThat(shown(extraction).lines().filter(line -> line.endsWith(": Same"))).hasSize(1);
    assertThat(shown(extraction)).contains("still.mp4 00:00:08: Other");
  }

  @Test
  void damagedFilesAreSaid() throws IOException {
    byte[] mp4 = Files.readAllBytes(lecture("whale.mp4"));
    byte[] mp3 = Files.readAllBytes(clips.ffmpeg("a.mp3", "-f", "lavfi", "-i", "sine=d=2"));
    byte[] garbage = new byte[5_000];
    Arrays.fill(garbage, (byte) 0x7f);
    System.arraycopy(mp3, 0, garbage, 0, 20);
    Path empty = clips.ffmpeg("empty.wav", "-f", "lavfi", "-i", "sine=d=1", "-t", "0");

    assertThat(outcome(extract("cut.mp4", Arrays.copyOf(mp4, 3_000), silent())))
        .isEqualTo("failed: the file ends early");
    assertThat(outcome(extract("none.mp4", new byte[0], silent()))).isEqualTo("skipped: empty");
    assertThat(outcome(extract(empty, silent()))).isEqualTo("skipped: empty");
    assertThat(outcome(extract("odd.mp3", garbage, silent()))).startsWith("failed: ffprobe: ");
  }

  @Test
  void aVideoThatWasCutGivesItsStart() throws IOException {
    Path whole = lecture("whale.mp4");
    Path fast =
        clips.ffmpeg(
            "fast.mp4",
            "-i",
            whole.toString(),
            "-c",
            "copy",
            "-map",
            "0",
            "-movflags",
            "+faststart");
    byte[] bytes = Files.readAllBytes(fast);

    Extraction extraction =
        extract(
            "cut.mp4",
            Arrays.copyOf(bytes, bytes.length * 2 / 3),
            new Media(ocr(), recordings(Map.of())));

    assertThat(shown(extraction)).contains("cut.mp4 00:00:00: The blue whale");
    assertThat(outcome(extraction)).contains("truncated: ", "the file ends early");
  }

  @Seeds
  @Tag("slow")
  void damagedVideosEndInALine(long seed) throws IOException {
    byte[] video = Files.readAllBytes(lecture("whale." + (seed % 2 == 0 ? "mp4" : "mkv")));
    var hostile = new HostileBytes(new Random(seed), List.of(video));
    try (var endpoint = FakeTranscriber.hearing(segment(0, 1, "So"))) {
      for (int i = 0; i < 10; i++) {
        byte[] bytes = hostile.next();

        Extraction extraction = extract("odd.mp4", bytes, hearing(endpoint));

        assertThat(outcome(extraction).lines()).hasSize(1);
        assertThat(outcome(extraction)).doesNotContain("Exception", "brimful-", "0x");
      }
    }
  }

  @Test
  void aPlaylistWithTheNameOfAVideoIsTextAndOpensNothing() throws IOException {
    Path secret = clips.speech("secret.wav", "Secret");
    String playlist = "#EXTM3U\n#EXTINF:5,\n%s\n#EXT-X-ENDLIST\n".formatted(secret);
    String concat = "ffconcat version 1.0\nfile '%s'\n".formatted(secret);

    try (var endpoint = FakeTranscriber.hearing(segment(0, 1, "Secret"))) {
      Media media = hearing(endpoint);

      assertThat(shown(extract("list.mp4", playlist.getBytes(), media))).contains("#EXTM3U");
      assertThat(shown(extract("list.mp3", concat.getBytes(), media))).contains("ffconcat");
      // With a byte that no text has, it is a recording by its name.
      for (String text : List.of(playlist, concat)) {
        assertThat(outcome(extract("list.mp4", (text + "\0\1\2\3").getBytes(), media)))
            .startsWith("failed: ffprobe: ");
      }
      assertThat(endpoint.requests()).isEmpty();
    }
  }

  @Test
  void aSlowFileIsStopped() throws IOException {
    var all = ExtractLimits.standard();
    var hurried =
        new ExtractLimits(
            all.textBytesMax(),
            all.documentBytesMax(),
            all.charactersMax(),
            all.pagesMax(),
            all.membersMax(),
            all.depthMax(),
            all.expandedBytesMax(),
            Duration.ofMillis(1));
    Path file = clips.ffmpeg("big.mp4", "-f", "lavfi", "-i", "testsrc2=s=1280x720:d=20");

    Extraction extraction =
        Extractions.extract("big.mp4", Files.readAllBytes(file), silent(), hurried);

    assertThat(outcome(extraction)).contains("failed: ffprobe: ffmpeg took too long (limit time=");
  }

  @Test
  void membersOfArchivesSayHowTheyWouldBeRead() throws IOException {
    Path file = clips.speech("memo.mp3", "Hello");
    var zip = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("memo.mp3"));
      out.write(Files.readAllBytes(file));
    }

    assertThat(Extractions.members(extract("a.zip", zip.toByteArray(), silent())))
        .containsEntry(
            "a.zip!/memo.mp3",
            "skipped: sound inside another file (save it beside that file to have it read)");
    assertThat(
            Extractions.members(
                extract("a.zip", zip.toByteArray(), new Media(Ocr.off(), Recordings.off()))))
        .containsEntry("a.zip!/memo.mp3", "skipped: media");
  }

  @Test
  void withoutFfmpegTheLineSaysSo() throws IOException {
    Path file = lecture("whale.mp4");
    var nothing = new Media(Ocr.off(), Recordings.of(Map.of(), folder));

    assertThat(outcome(extract(file, nothing)))
        .isEqualTo("skipped: video (needs ffmpeg, and --transcribe for what is said)");
    assertThat(outcome(extract(file, new Media(Ocr.off(), Recordings.off()))))
        .isEqualTo("skipped: media");
  }
}
