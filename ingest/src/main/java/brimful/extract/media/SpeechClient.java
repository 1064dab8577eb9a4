package brimful.extract.media;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.WellFormed;
import brimful.extract.media.SpeechReply.Scope;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends pieces of sound to an endpoint, and returns what was said.
///
/// The protocol is OpenAI's: a form with `file`, `model`, `response_format` `verbose_json`, and
/// `language` if it is known; the answer has `segments` with `start`, `end` and `text`. A piece
/// that was refused because the endpoint is busy (429, 503) or cannot be reached is sent again, and
/// no other: it may have been billed. No redirect is followed. Safe for many threads.
final class SpeechClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Ten minutes of speech are 10 KB, and with the tokens that some servers add, 200.
  private static final int REPLY_BYTES_MAX = 16 << 20;

  private static final int CAUSE_CHARACTERS_MAX = 200;
  private static final int TRIES = 3;
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(60);
  private static final String BOUNDARY = "brimful-4f1c7a90d2b84e6fb3a5";

  private final SpeechEndpoint endpoint;
  private final Duration firstPause;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_MAX)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /// @param firstPause before the second try; the third comes after four times as long
  SpeechClient(SpeechEndpoint endpoint, Duration firstPause) {
    this.endpoint = endpoint;
    this.firstPause = firstPause;
  }

  /// Sends a piece.
  ///
  /// @param piece FLAC, below 25 MB
  /// @param most how long the answer may take
  SpeechReply send(Path piece, Duration most, Runnable beat) throws IOException {
    long end = System.nanoTime() + most.toNanos();
    Duration pause = firstPause;
    SpeechReply reply = new SpeechReply.Refused("was not asked", Scope.THIS_TIME);
    for (int tried = 1; tried <= TRIES; tried++) {
      Answer answer = answer(request(piece, most), end, beat);
      reply = reply(answer);
      if (!answer.isBusy() || tried == TRIES || System.nanoTime() + pause.toNanos() > end) {
        return reply;
      }
      sleep(answer.pause(pause), beat);
      pause = pause.multipliedBy(4);
    }
    return reply;
  }

  /// What came of one try.
  ///
  /// @param status 0 if there was none
  /// @param body what was answered, or what went wrong
  /// @param retryAfter seconds; 0 if nobody said
  private record Answer(int status, String body, long retryAfter, boolean unreachable) {
    boolean isBusy() {
      return status == 429 || status == 503 || unreachable;
    }

    Duration pause(Duration otherwise) {
      return retryAfter > 0
          ? Duration.ofSeconds(Math.min(retryAfter, PAUSE_MAX.toSeconds()))
          : otherwise;
    }
  }

  private HttpRequest request(Path piece, Duration most) throws FileNotFoundException {
    var request =
        HttpRequest.newBuilder(endpoint.uri())
            .timeout(most)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .header("Accept", "application/json")
            .POST(form(piece));
    return endpoint.key().isEmpty()
        ? request.build()
        : request.header("Authorization", "Bearer " + endpoint.key()).build();
  }

  private BodyPublisher form(Path piece) throws FileNotFoundException {
    String fields =
        field("model", endpoint.model())
            + field("response_format", "verbose_json")
            + (endpoint.language().isEmpty() ? "" : field("language", endpoint.language()))
            + "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"sound.flac\"\r\nContent-Type: audio/flac\r\n\r\n"
                .formatted(BOUNDARY);
    return BodyPublishers.concat(
        BodyPublishers.ofString(fields, UTF_8),
        BodyPublishers.ofFile(piece),
        BodyPublishers.ofString("\r\n--%s--\r\n".formatted(BOUNDARY), UTF_8));
  }

  private static String field(String name, String value) {
    return "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
        .formatted(BOUNDARY, name, value);
  }

  private Answer answer(HttpRequest request, long end, Runnable beat) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> sent =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), REPLY_BYTES_MAX));
    try {
      while (System.nanoTime() < end) {
        try {
          HttpResponse<byte[]> response = sent.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
          long after =
              response.headers().firstValue("Retry-After").map(SpeechClient::seconds).orElse(0L);
          return new Answer(
              response.statusCode(), new String(response.body(), UTF_8), after, false);
        } catch (TimeoutException e) {
          beat.run();
        }
      }
      return new Answer(0, "no answer in time", 0, false);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      boolean unreachable = cause instanceof ConnectException;
      String what =
          unreachable
              ? "cannot connect"
              : "no whole answer (%s)".formatted(cause.getClass().getSimpleName());
      return new Answer(0, what, 0, unreachable);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while sound was transcribed");
    } finally {
      sent.cancel(true);
    }
  }

  private static long seconds(String header) {
    return header.matches("\\d{1,6}") ? Long.parseLong(header) : 0;
  }

  private static void sleep(Duration pause, Runnable beat) {
    try {
      for (long left = pause.toMillis(); left > 0; left -= LOOK.toMillis()) {
        TimeUnit.MILLISECONDS.sleep(Math.min(left, LOOK.toMillis()));
        beat.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while an endpoint was busy");
    }
  }

  private SpeechReply reply(Answer answer) {
    String host = endpoint.uri().getAuthority();
    if (answer.status() == 0) {
      return new SpeechReply.Refused(
          "%s: %s".formatted(host, answer.body())
              + (answer.unreachable() ? ": start it, or use --transcribe off" : ""),
          answer.unreachable() ? Scope.EVERY_SOUND : Scope.THIS_TIME);
    }
    if (answer.status() != 200) {
      return refused(answer, host);
    }
    return said(answer.body(), host);
  }

  /// Reads an answer.
  static SpeechReply said(String body, String host) {
    try {
      return said(JSON.readTree(body), host);
    } catch (JsonProcessingException e) {
      return new SpeechReply.Refused(
          host + " does not answer in JSON: name another address", Scope.EVERY_SOUND);
    }
  }

  private SpeechReply refused(Answer answer, String host) {
    String fix =
        switch (answer.status()) {
          case 401, 403 -> ": set " + SpeechEndpoint.KEY;
          case 404, 405 -> ": check the address and " + SpeechEndpoint.MODEL;
          case 429, 503 -> ": it is busy, try again later";
          default -> "";
        };
    String cause = "%s answered %s%s".formatted(host, answer.status(), message(answer.body()));
    return new SpeechReply.Refused(
        endpoint.redact(cause) + fix,
        switch (answer.status()) {
          case 400, 413, 415, 422 -> Scope.THIS_SOUND;
          // Of a server's own fault, nobody knows whether the sound brought it about.
          default ->
              answer.status() >= 500 && answer.status() != 503
                  ? Scope.THIS_TIME
                  : Scope.EVERY_SOUND;
        });
  }

  private static String message(String body) {
    String text = body;
    try {
      JsonNode error = JSON.readTree(body).path("error");
      text = error.isTextual() ? error.asText() : error.path("message").asText(body);
    } catch (JsonProcessingException e) {
      // It is shown as it is.
    }
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.isEmpty() ? "" : " (" + WellFormed.start(line, CAUSE_CHARACTERS_MAX) + ")";
  }

  /// Servers that know no times answer with `text` alone, which then is one utterance.
  private static SpeechReply said(JsonNode root, String host) {
    var utterances = new ArrayList<Utterance>();
    for (JsonNode segment : root.path("segments")) {
      String speaker = segment.path("speaker").asText();
      String text = segment.path("text").asText().strip();
      if (!text.isEmpty()) {
        utterances.add(
            new Utterance(
                segment.path("start").asDouble(),
                segment.path("end").asDouble(),
                speaker.isEmpty() ? text : speaker + ": " + text));
      }
    }
    if (utterances.isEmpty() && !root.path("text").isTextual()) {
      return new SpeechReply.Refused(
          host + " answered without text: name another address", Scope.EVERY_SOUND);
    }
    String text = root.path("text").asText();
    if (utterances.isEmpty() && !text.isBlank()) {
      utterances.add(new Utterance(0, root.path("duration").asDouble(), text));
    }
    return new SpeechReply.Said(utterances);
  }
}
