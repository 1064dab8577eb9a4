package brimful.extract.media;

import static brimful.testing.FakeTranscriber.segment;
import static brimful.testing.FakeTranscriber.verbose;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.FakeTranscriber;
import brimful.testing.FakeTranscriber.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpeechClientTest {
  private static final String SOUND = "fLaC\r\n--any bytes\0\u00ff";

  @TempDir private Path folder;

  private Path piece = Path.of("");

  @BeforeEach
  void write() throws IOException {
    piece = folder.resolve("piece.flac");
    Files.write(piece, SOUND.getBytes(ISO_8859_1));
  }

  private SpeechReply send(String address, Map<String, String> more, Duration most)
      throws IOException {
    Map<String, String> environment = new HashMap<>(more);
    environment.put(SpeechEndpoint.ADDRESS, address);
    SpeechEndpoint endpoint = SpeechEndpoint.of(environment).orElseThrow();
    return new SpeechClient(endpoint, Duration.ofMillis(20)).send(piece, most, () -> {});
  }

  private SpeechReply send(FakeTranscriber endpoint) throws IOException {
    return send(endpoint.address(), Map.of(), Duration.ofMinutes(1));
  }

  private String cause(Reply reply) throws IOException {
    try (var endpoint = new FakeTranscriber(_ -> reply)) {
      return ((SpeechReply.Refused) send(endpoint))
          .cause()
          .replace(endpoint.address().substring("http://".length()), "HOST");
    }
  }

  @Test
  void sendsTheFormOfTheProtocol() throws IOException {
    try (var endpoint = FakeTranscriber.hearing(segment(0, 2, "Hello"))) {
      SpeechReply reply =
          send(
              endpoint.address() + "/v1/",
              Map.of(
                  SpeechEndpoint.MODEL, "whisper-large-v3",
                  SpeechEndpoint.LANGUAGE, "de",
                  SpeechEndpoint.KEY, "sk-1"),
              Duration.ofMinutes(1));

      assertThat(((SpeechReply.Said) reply).utterances())
          .containsExactly(new Utterance(0, 2, "Hello"));
      assertThat(endpoint.requests())
          .containsExactly(
              new FakeTranscriber.Request(
                  "POST",
                  "/v1/audio/transcriptions",
                  "Bearer sk-1",
                  Map.of(
                      "model", "whisper-large-v3",
                      "response_format", "verbose_json",
                      "language", "de",
                      "file", SOUND),
                  "sound.flac audio/flac"));
    }
  }

  @Test
  void readsSegmentsSpeakersAndTextWithoutTimes() throws IOException {
    String two =
        segment(0.2, 1.5, "Hi.") + ",{\"start\":1,\"end\":9,\"text\":\"Yes\",\"speaker\":\"A\"}";
    try (var endpoint = FakeTranscriber.hearing(two)) {
      assertThat(send(endpoint))
          .isEqualTo(
              new SpeechReply.Said(
                  List.of(new Utterance(0.2, 1.5, "Hi."), new Utterance(1, 9, "A: Yes"))));
    }
    try (var endpoint = new FakeTranscriber(_ -> new Reply(200, "{\"text\":\"Only text\"}"))) {
      assertThat(send(endpoint))
          .isEqualTo(new SpeechReply.Said(List.of(new Utterance(0, 0, "Only text"))));
    }
    try (var endpoint = new FakeTranscriber(_ -> new Reply(200, verbose("")))) {
      assertThat(((SpeechReply.Said) send(endpoint)).utterances()).hasSize(1);
    }
    try (var endpoint =
        new FakeTranscriber(_ -> new Reply(200, "{\"text\":\"\",\"segments\":[]}"))) {
      assertThat(((SpeechReply.Said) send(endpoint)).utterances()).isEmpty();
    }
  }

  @Test
  void refusalsAreOneLineWithWhatToDo() throws IOException {
    assertThat(cause(new Reply(401, "{\"error\":{\"message\":\"Incorrect\\nkey\"}}")))
        .isEqualTo("HOST answered 401 (Incorrect key): set BRIMFUL_TRANSCRIBE_API_KEY");
    assertThat(cause(new Reply(404, "<html>no</html>")))
        .isEqualTo(
            "HOST answered 404 (<html>no</html>): check the address and BRIMFUL_TRANSCRIBE_MODEL");
    assertThat(cause(new Reply(500, ""))).isEqualTo("HOST answered 500");
    assertThat(cause(new Reply(200, "hello")))
        .isEqualTo("HOST does not answer in JSON: name another address");
    assertThat(cause(new Reply(200, "{}")))
        .isEqualTo("HOST answered without text: name another address");
    assertThat(cause(new Reply(302, "", Map.of("Location", "http://127.0.0.1:1/"))))
        .isEqualTo("HOST answered 302");
  }

  @ParameterizedTest
  @CsvSource({"400, THIS_SOUND", "413, THIS_SOUND", "401, EVERY_SOUND", "500, THIS_TIME"})
  void aRefusalConcernsTheSoundOrAll(int status, SpeechReply.Scope scope) throws IOException {
    try (var endpoint = new FakeTranscriber(_ -> new Reply(status, ""))) {
      assertThat(((SpeechReply.Refused) send(endpoint)).scope()).isEqualTo(scope);
    }
  }

  @Test
  void aKeyIsNotRepeated() throws IOException {
    try (var endpoint = new FakeTranscriber(_ -> new Reply(401, "no key sk-secret-1 here"))) {
      SpeechReply reply =
          send(
              endpoint.address(), Map.of(SpeechEndpoint.KEY, "sk-secret-1"), Duration.ofMinutes(1));

      assertThat(reply.toString()).contains("no key … here").doesNotContain("sk-secret-1");
    }
  }

  @Test
  void onlyABusyEndpointIsAskedAgain() throws IOException {
    var asked = new AtomicInteger();
    try (var endpoint =
        new FakeTranscriber(_ ->
            asked.incrementAndGet() < 3
                ? new Reply(429, "")
                : new Reply(200, verbose(segment(0, 1, "At last"))))) {
      assertThat(send(endpoint)).isInstanceOf(SpeechReply.Said.class);
      assertThat(endpoint.requests()).hasSize(3);
    }
    try (var endpoint = new FakeTranscriber(_ -> new Reply(500, ""))) {
      assertThat(send(endpoint)).isInstanceOf(SpeechReply.Refused.class);
      assertThat(endpoint.requests()).hasSize(1);
    }
  }

  @Test
  void anEndpointThatIsNotThereIsNamed() throws IOException {
    int port;
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }

    assertThat(send("http://127.0.0.1:" + port, Map.of(), Duration.ofMinutes(1)))
        .isEqualTo(
            new SpeechReply.Refused(
                "127.0.0.1:%s: cannot connect: start it, or use --transcribe off".formatted(port),
                SpeechReply.Scope.EVERY_SOUND));
  }

  @Test
  void anAnswerThatDoesNotComeIsNotWaitedFor() throws IOException {
    var over = new CountDownLatch(1);
    try (var endpoint =
        new FakeTranscriber(_ -> {
          try {
            boolean _ = over.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new Reply(200, verbose(""));
        })) {
      assertThat(send(endpoint.address(), Map.of(), Duration.ofMillis(300)))
          .isInstanceOf(SpeechReply.Refused.class);
      over.countDown();
      assertThat(endpoint.requests()).hasSize(1);
    }
  }

  @Test
  void anAnswerThatIsTooLongIsRefused() throws IOException {
    String body = "{\"text\":\"" + "a".repeat(17 << 20) + "\"}";
    try (var endpoint = new FakeTranscriber(_ -> new Reply(200, body))) {
      assertThat(send(endpoint)).isInstanceOf(SpeechReply.Refused.class);
    }
  }
}
