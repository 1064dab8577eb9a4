package brimful.cli;

import static brimful.testing.FakeTranscriber.segment;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.testing.Clips;
import brimful.testing.FakeTranscriber;
import brimful.testing.Slide;
import brimful.testing.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Questions about a video: what was said, shown and subtitled in it, and when.
final class RecordingCommandsTest {
  private static final String SAID = "How much does the spare pump cost?";
  private static final String SHOWN = "Which colour has the new valve?";
  private static final String SUBTITLED = "Who invented the impeller?";

  @TempDir private Path folder;
  private Path corpus = Path.of("");

  @BeforeEach
  void make() throws IOException {
    Clips.require();
    corpus = Files.createDirectories(folder.resolve("corpus"));
    Path video =
        new Clips(Files.createDirectories(folder.resolve("made")))
            .lecture(
                "demo.mp4",
                List.of(
                    Slide.png("Welcome to the tour"),
                    Slide.png("The new valve is green"),
                    Slide.png("Thank you")),
                "The spare pump costs four hundred euros. It comes in May.",
                """
                1
                00:00:02,000 --> 00:00:04,000
                The impeller was invented by Denis Papin

                2
                00:00:09,000 --> 00:00:11,000
                Goodbye
                """,
                ";FFMETADATA1\ntitle=Tour of the waterworks\n");
    Path copy = Files.copy(video, corpus.resolve("demo.mp4"));
    // What has just changed is read again each time.
    Files.setLastModifiedTime(copy, FileTime.from(Instant.parse("2026-11-01T12:00:00Z")));
  }

  private static FakeTranscriber hearing() {
    return FakeTranscriber.hearing(
        segment(6.1, 8.9, "The spare pump costs four hundred euros.")
            + ","
            + segment(9.2, 10.4, "It comes in May."));
  }

  private Shell shell() {
    return new Shell(folder.resolve("home")).with("PATH", Clips.path().getOrDefault("PATH", ""));
  }

  private String ask(Shell shell, String question, String... more) {
    var words = new ArrayList<>(List.of("ask", corpus.toString(), question));
    words.addAll(List.of(more));
    Shell.Result result = shell.run(words.toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    return result.out();
  }

  @Test
  void questionsFindThePlaceInAVideo() {
    try (var endpoint = hearing()) {
      Shell shell = shell();
      String[] transcribed = {"--transcribe", endpoint.address()};

      assertThat(ask(shell, SAID, transcribed))
          .containsPattern("demo\\.mp4 00:00:06-00:00:10.*\n +The spare pump costs four hundred");
      assertThat(ask(shell, SHOWN, transcribed))
          .containsPattern("demo\\.mp4 00:00:04\n +The new valve is green");
      assertThat(ask(shell, SUBTITLED, transcribed))
          .containsPattern("demo\\.mp4 00:00:02-00:00:\\d\\d.*\n +The impeller was invented by");
      assertThat(endpoint.requests()).hasSize(1);
    }
  }

  @Test
  void whatTranscribingWillCostIsSaidBeforeAndNotAgain() {
    try (var endpoint = hearing()) {
      Shell shell = shell().with("BRIMFUL_TRANSCRIBE_USD_MINUTE", "0.6");
      String[] words = {"report", corpus.toString(), "--transcribe", endpoint.address()};

      Shell.Result first = shell.run(words);
      Shell.Result again = shell.run(words);

      assertThat(first.err())
          .containsPattern(
              "transcription: 1 recording, 0\\.[12] minutes of sound to send for at most \\$0\\.\\d+, of \\$5 left");
      assertThat(again.err()).doesNotContain("transcription:");
      assertThat(endpoint.requests()).hasSize(1);
    }
  }

  @Test
  void aCapThatIsTooLowStopsBeforeAnythingIsSent() {
    try (var endpoint = hearing()) {
      Shell shell =
          shell()
              .with("BRIMFUL_TRANSCRIBE_USD_MINUTE", "0.6")
              .with("BRIMFUL_TRANSCRIBE_USD_MAX", "0.01");

      Shell.Result result =
          shell.run("report", corpus.toString(), "--transcribe", endpoint.address());

      assertThat(result.err()).contains("it stops there, and goes on with the next run");
      assertThat(result.out()).contains("transcription: would cost $");
      assertThat(endpoint.requests()).isEmpty();
    }
  }

  @Test
  void withoutAProgramAndAnEndpointTheLineSaysWhatIsMissingUntilItIsThere() {
    Shell bare = new Shell(folder.resolve("home"));

    assertThat(bare.run("report", corpus.toString()).out())
        .isEqualTo("skipped   demo.mp4: video (needs ffmpeg, and --transcribe for what is said)\n");
    assertThat(shell().run("report", corpus.toString(), "--ocr", "off").out())
        .as("frames for a model that sees")
        .isEqualTo("truncated demo.mp4: 2 of 3 tracks (sound needs --transcribe)\n");
    assertThat(shell().run("report", corpus.toString(), "--ocr", "off", "--images", "off").out())
        .isEqualTo(
            "truncated demo.mp4: 1 of 3 tracks (frames need OCR: install tesseract-ocr; sound needs --transcribe)\n");
    try (var endpoint = hearing()) {
      assertThat(ask(shell(), SAID, "--transcribe", endpoint.address())).contains("four hundred");
      assertThat(shell().run("report", corpus.toString()).out())
          .as("what was heard stays")
          .matches("indexed   demo.mp4: subtitles, 3 frames, 00:00:0\\d of sound\n");
    }
  }

  @Test
  void recordingsAreLeftOutByNameIfAPersonSaysSo() {
    assertThat(shell().run("report", corpus.toString(), "--recordings", "off").out())
        .isEqualTo("skipped   demo.mp4: media\n");
  }

  @Test
  void theConfigurationNamesTheEndpoint() {
    try (var endpoint = hearing()) {
      Shell shell = shell();
      assertThat(shell.run("config", "set", "transcribe", endpoint.address()).err()).isEmpty();
      assertThat(shell.run("config", "set", "transcribe_model", "small").err()).isEmpty();
      assertThat(shell.run("config", "set", "api_key.transcribe", "sk-0123456789abcdefgh").err())
          .isEmpty();
      assertThat(shell.run("config", "set", "transcribe", "here").err())
          .contains("--transcribe \"here\"");

      assertThat(ask(shell, SAID)).contains("four hundred euros");
      assertThat(endpoint.requests())
          .singleElement()
          .satisfies(request -> {
            assertThat(request.authorization()).isEqualTo("Bearer sk-0123456789abcdefgh");
            assertThat(request.fields()).containsEntry("model", "small");
          });
    }
  }

  private static String[] apart(String... words) {
    return Stream.concat(Stream.of(words), Stream.of("--topics", "recordings"))
        .toArray(String[]::new);
  }

  @Test
  void workersReadThemToo() throws Exception {
    try (var endpoint = hearing()) {
      Shell shell =
          shell()
              .with("BRIMFUL_KAFKA", TestBroker.address())
              .with("BRIMFUL_TRANSCRIBE", endpoint.address());
      // Other tests count the jobs of the standard topics.
      assertThat(shell.run(apart("ingest", corpus.toString(), "--collection", "films")).err())
          .contains("1 submitted");
      try (var _ =
              new BackgroundCommand(shell, apart("worker", "--slots", "1", "--name", "tester"));
          var _ = new BackgroundCommand(shell, apart("index-worker"))) {
        assertThat(shell.run(apart("status", "--follow")).code()).isEqualTo(ExitCode.OK);
      }

      assertThat(shell.run("ask", "--collection", "films", SAID).out())
          .contains("demo.mp4 00:00:06-00:00:10", "four hundred euros");
      assertThat(shell.run("ask", "--collection", "films", SHOWN).out())
          .contains("demo.mp4 00:00:04\n");
    }
  }

  @Test
  void ingestSendsWhoTranscribesToTheWorkers() {
    Shell.Result result =
        shell()
            .run("ingest", corpus.toString(), "--collection", "films", "--transcribe", "http://h");

    assertThat(result.err())
        .isEqualTo(
            "brimful: --transcribe http://h: workers read the files, so give it to brimful worker\n");
  }

  @Test
  void whatWorkersWillSendIsSaidBeforeItIsSubmitted() {
    try (var endpoint = hearing()) {
      Shell shell =
          shell()
              .with("BRIMFUL_KAFKA", TestBroker.address())
              .with("BRIMFUL_TRANSCRIBE", endpoint.address())
              .with("BRIMFUL_TRANSCRIBE_USD_MINUTE", "0.6")
              .with("BRIMFUL_TRANSCRIBE_USD_MAX", "0.01");
      String[] words = {
        "ingest", corpus.toString(), "--collection", "tour", "--topics", "forecast"
      };

      Shell.Result first = shell.run(words);
      Shell.Result unchanged = shell.run(words);

      assertThat(first.code()).as(first.err()).isEqualTo(ExitCode.OK);
      assertThat(first.err())
          .containsPattern(
              "(?s)transcription: 1 recording, 0\\.[12] minutes of sound to send for at most \\$0\\.\\d+, of \\$0\\.01 left.*it stops there.*each worker.*job .* 1 submitted");
      assertThat(unchanged.err()).contains("nothing has changed").doesNotContain("transcription");
      assertThat(endpoint.requests()).isEmpty();
    }
  }
}
