package brimful.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Sends one request for LangChain4j, and reports what LangChain4j does not.
///
/// LangChain4j's own client gives connecting the length of the whole timeout, loses the headers of
/// a refusal (`Retry-After`), does not report whether `[DONE]` arrived, and in JDK 25 its timeout
/// ends with the response's headers, so a stalled stream would hang forever. This one runs in the
/// caller's thread until the stream ends or that thread is interrupted; the waiting thread watches
/// the time.
///
/// The JDK's client never repeats a POST that was sent. One object sends one request.
final class Transport implements dev.langchain4j.http.client.HttpClient, HttpClientBuilder {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(20);
  private static final int REFUSAL_BYTES_MAX = 64 * 1024;

  /// Room for the longest reply of any model, with its probabilities.
  private static final int WHOLE_BYTES_MAX = 32 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  /// What Ollama's streams are called.
  private static final String LINES = "application/x-ndjson";

  /// Room for the longest piece of a reply.
  private static final int LINE_CHARS_MAX = 1 << 20;

  private final Consumer<StreamEvent> pieces;
  private final int ollamaTokens;
  private boolean used;

  Transport(Consumer<StreamEvent> pieces) {
    this(pieces, 0);
  }

  /// @param ollamaTokens the context to ask Ollama for, by its own protocol; 0 for OpenAI's
  Transport(Consumer<StreamEvent> pieces, int ollamaTokens) {
    this.pieces = pieces;
    this.ollamaTokens = ollamaTokens;
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    if (used) {
      throw new IllegalStateException("a second request over one transport: make a new one");
    }
    used = true;
    var version =
        // Local runners fail on the offer to upgrade to HTTP/2 that plain HTTP would carry.
        request.url().startsWith("https:")
            ? HttpClient.Version.HTTP_2
            : HttpClient.Version.HTTP_1_1;
    HttpClient client =
        HttpClient.newBuilder().version(version).connectTimeout(CONNECT_MAX).build();
    var pipe = new BodyPipe();
    var head = new AtomicReference<Optional<HttpResponse.ResponseInfo>>(Optional.empty());
    try {
      HttpResponse<InputStream> _ =
          client.send(
              toJdk(request),
              info -> {
                head.set(Optional.of(info));
                return pipe;
              });
      head.get().ifPresent(info -> receive(info, pipe, parser, listener));
    } catch (IOException e) {
      if (head.get().isEmpty()) {
        pieces.accept(new StreamEvent.Failure(e));
      } else {
        // The whole body arrived, and the connection broke before `send` returned: read it anyway.
        pipe.onError(e);
        receive(head.get().get(), pipe, parser, listener);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      client.shutdownNow();
    }
  }

  private void receive(
      HttpResponse.ResponseInfo head,
      BodyPipe pipe,
      ServerSentEventParser parser,
      ServerSentEventListener listener) {
    String type = head.headers().firstValue("content-type").orElse("");
    try (InputStream body = pipe) {
      if (head.statusCode() == 200 && ollamaTokens > 0 && type.startsWith(LINES)) {
        lines(body, listener);
        return;
      }
      if (head.statusCode() != 200 || !type.startsWith("text/event-stream")) {
        boolean json = head.statusCode() == 200 && type.startsWith("application/json");
        String text = beginning(body, json ? WHOLE_BYTES_MAX : REFUSAL_BYTES_MAX);
        if (json && whole(text, listener)) {
          return;
        }
        String retryAfter = head.headers().firstValue("retry-after").orElse("");
        pieces.accept(new StreamEvent.Status(head.statusCode(), type, text, retryAfter));
        return;
      }
      listener.onOpen(
          SuccessfulHttpResponse.builder()
              .statusCode(head.statusCode())
              .headers(head.headers().map())
              .build());
      parser.parse(
          new KeepAliveComments(body, () -> pieces.accept(new StreamEvent.Alive())),
          new Tap(listener));
      pieces.accept(new StreamEvent.End());
    } catch (IOException e) {
      pieces.accept(new StreamEvent.Failure(e));
    }
  }

  private void lines(InputStream body, ServerSentEventListener listener) throws IOException {
    var tap = new Tap(listener);
    var reader = new BufferedReader(new InputStreamReader(body, UTF_8));
    var line = new StringBuilder();
    for (int c = reader.read(); c >= 0; c = reader.read()) {
      if (c != '\n') {
        line.append((char) c);
        if (line.length() > LINE_CHARS_MAX) {
          throw new IOException("a line of the reply is longer than %s".formatted(LINE_CHARS_MAX));
        }
      } else if (!line.toString().isBlank()) {
        tap.take(OllamaChat.event(line.toString()));
        line.setLength(0);
      }
    }
    pieces.accept(new StreamEvent.End());
  }

  /// Takes the reply of a server that does not stream, as the one event of a stream.
  ///
  /// @return whether it is a reply
  private boolean whole(String text, ServerSentEventListener listener) {
    try {
      Optional<JsonNode> event = WholeReply.asEvent(JSON.readTree(text));
      event.ifPresent(json -> {
        new Tap(listener).take(json);
        pieces.accept(new StreamEvent.Done());
      });
      return event.isPresent();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /// The status is the most informative; an incomplete body must not hide it.
  private static String beginning(InputStream body, int bytesMax) {
    try {
      return new String(body.readNBytes(bytesMax), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private java.net.http.HttpRequest toJdk(HttpRequest request) throws IOException {
    String url = request.url();
    String body = request.body();
    if (ollamaTokens > 0) {
      JsonNode asked = JSON.readTree(body);
      if (OllamaChat.isSimple(asked)) {
        url = OllamaChat.url(url);
        body = OllamaChat.request(asked, ollamaTokens).toString();
      }
    }
    var builder =
        java.net.http.HttpRequest.newBuilder()
            .uri(URI.create(url))
            .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body));
    request
        .headers()
        .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    return builder.build();
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    throw new UnsupportedOperationException("only streams are carried: ask for one");
  }

  @Override
  public Duration connectTimeout() {
    return CONNECT_MAX;
  }

  @Override
  public HttpClientBuilder connectTimeout(Duration timeout) {
    return this;
  }

  @Override
  public Duration readTimeout() {
    return CONNECT_MAX;
  }

  @Override
  public HttpClientBuilder readTimeout(Duration timeout) {
    return this;
  }

  @Override
  public dev.langchain4j.http.client.HttpClient build() {
    return this;
  }

  /// Passes the text of every event to LangChain4j, and reports what else it contains.
  private final class Tap implements ServerSentEventListener {
    private final ServerSentEventListener next;

    Tap(ServerSentEventListener next) {
      this.next = next;
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
      onEvent(event);
    }

    @Override
    public void onEvent(ServerSentEvent event) {
      if (event.data().equals("[DONE]")) {
        pieces.accept(new StreamEvent.Done());
        return;
      }
      try {
        take(JSON.readTree(event.data()));
      } catch (JsonProcessingException e) {
        pieces.accept(new StreamEvent.Failure(new IOException("an event is not JSON", e)));
      }
    }

    private void take(JsonNode json) {
      pieces.accept(new StreamEvent.Event(json));
      if (!json.hasNonNull("error")) {
        WholeReply.textOnly(json)
            .ifPresent(text -> next.onEvent(new ServerSentEvent("", text.toString())));
      }
    }

    @Override
    public void onError(Throwable cause) {
      pieces.accept(new StreamEvent.Failure(cause));
    }
  }
}
