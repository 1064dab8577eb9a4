package brimful.opensearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.UserError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends requests to an OpenSearch cluster, again while it is away or has too much to do. Safe for
/// many threads.
///
/// Every request may be sent twice: what is written has its own id and version.
final class OpenSearchClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenSearchClient.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(120);

  /// What a request gets at least when the time of its commit is over.
  private static final Duration LAST_ANSWER = Duration.ofSeconds(30);

  /// Until when the requests of this thread are tried again, if they belong together.
  private static final ScopedValue<Long> END_NANOS = ScopedValue.newInstance();

  private static final Duration PAUSE_MIN = Duration.ofMillis(100);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

  private final OpenSearchAddress address;
  private final Duration patience;
  private final Duration answerMax;
  private final HttpClient http;
  private final BestEffort bestEffort = new BestEffort();
  private volatile Optional<UserError> stopped = Optional.empty();
  private volatile Supplier<Optional<UserError>> gate = Optional::empty;

  /// @param patience how long to try again
  OpenSearchClient(OpenSearchAddress address, Duration patience) {
    this(address, patience, ANSWER_MAX);
  }

  /// @param answerMax how long one answer may take
  OpenSearchClient(OpenSearchAddress address, Duration patience, Duration answerMax) {
    this(
        address,
        patience,
        answerMax,
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_MAX)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build());
  }

  private OpenSearchClient(
      OpenSearchAddress address, Duration patience, Duration answerMax, HttpClient http) {
    this.address = address;
    this.patience = patience;
    this.answerMax = answerMax;
    this.http = http;
  }

  /// Returns a client that tries once, for a few seconds; closing this one closes it.
  OpenSearchClient impatient() {
    return new OpenSearchClient(address, Duration.ZERO, CONNECT_MAX, http);
  }

  /// Returns a client whose requests pass whatever the [#gate] says; closing this one closes it.
  OpenSearchClient ungated() {
    return new OpenSearchClient(address, patience, answerMax, http);
  }

  /// Lets requests wait while something is wrong, as long as they would for a cluster that is away.
  ///
  /// @param closed returns what is wrong
  void gate(Supplier<Optional<UserError>> closed) {
    gate = closed;
  }

  /// Lets no request through from here on, not even one that is being tried again.
  ///
  /// @param why what each of them throws
  void stop(UserError why) {
    stopped = Optional.of(why);
  }

  /// An answer, as it came.
  record Answer(int status, byte[] content) {
    boolean isWell() {
      return status / 100 == 2;
    }

    /// Returns the JSON; that of an error with its text if it is none, such as a proxy's page.
    JsonNode body() {
      try {
        JsonNode read = JSON.readTree(content);
        return read == null ? MissingNode.getInstance() : read;
      } catch (IOException e) {
        return JSON.createObjectNode().set("error", new TextNode(new String(content, UTF_8)));
      }
    }
  }

  /// Returns what all that use this client leave out while the cluster does not answer.
  BestEffort bestEffort() {
    return bestEffort;
  }

  OpenSearchAddress address() {
    return address;
  }

  /// Sends JSON, and returns the answer's body.
  ///
  /// @throws UserError if the answer is an error
  JsonNode send(String method, String path, JsonNode body) {
    return well(answer(method, path, body.toString().getBytes(UTF_8), "application/json"));
  }

  JsonNode send(String method, String path) {
    return well(answer(method, path, new byte[0], "application/json"));
  }

  /// Sends lines of JSON.
  JsonNode lines(String path, byte[] lines) {
    return well(answer("POST", path, lines, "application/x-ndjson"));
  }

  /// Sends a search.
  ///
  /// @param clauses how many it has
  /// @throws UserError if the answer is an error, or none to this search
  SearchAnswer search(String path, JsonNode body, int clauses) {
    Answer answer = answer("POST", path, body.toString().getBytes(UTF_8), "application/json");
    if (!answer.isWell()) {
      throw failure(answer);
    }
    try {
      return SearchAnswer.of(answer.content(), clauses);
    } catch (IOException e) {
      throw OpenSearchErrors.strange(address, e);
    }
  }

  private JsonNode well(Answer answer) {
    if (!answer.isWell()) {
      throw failure(answer);
    }
    return answer.body();
  }

  UserError failure(Answer answer) {
    JsonNode body = answer.body();
    // Gateways in front of a cluster say it otherwise.
    JsonNode said = body.has("Message") ? body.path("Message") : body.path("message");
    return OpenSearchErrors.of(
        address, answer.status(), body.has("error") ? body.path("error") : said);
  }

  /// Returns a document's answer; empty if there is none.
  Optional<JsonNode> find(String path) {
    Answer answer = answer("GET", path, new byte[0], "application/json");
    return answer.status() == 404 ? Optional.empty() : Optional.of(well(answer));
  }

  /// Does work whose requests are tried again no longer than one would be, all in all.
  void together(Runnable work) {
    if (END_NANOS.isBound()) {
      work.run();
    } else {
      ScopedValue.where(END_NANOS, endNanos()).run(work);
    }
  }

  /// Returns until when to try again what begins now.
  long endNanos() {
    long own = System.nanoTime() + patience.toNanos();
    return END_NANOS.isBound() && END_NANOS.get() - own < 0 ? END_NANOS.get() : own;
  }

  /// Returns the last of the answers that came until one was not that the cluster is busy.
  Answer answer(String method, String path, byte[] body, String type) {
    HttpRequest request = request(method, path, body, type);
    long end = endNanos();
    var backoff = new Backoff(PAUSE_MIN, PAUSE_MAX);
    while (true) {
      stopped.ifPresent(why -> {
        throw why;
      });
      long left = end - System.nanoTime();
      Optional<Answer> answer = attempt(request, answerMax(left), left <= 0);
      if (answer.isPresent()) {
        return answer.get();
      }
      backoff.pause();
    }
  }

  private Duration answerMax(long leftNanos) {
    if (!END_NANOS.isBound() || leftNanos >= answerMax.toNanos()) {
      return answerMax;
    }
    Duration least = LAST_ANSWER.compareTo(answerMax) < 0 ? LAST_ANSWER : answerMax;
    return Duration.ofNanos(Math.max(leftNanos, least.toNanos()));
  }

  /// Returns an answer; empty if the cluster is to be asked again.
  private Optional<Answer> attempt(HttpRequest request, Duration most, boolean last) {
    Optional<UserError> closed = gate.get();
    if (closed.isPresent()) {
      if (last) {
        throw closed.get();
      }
      return Optional.empty();
    }
    try {
      Answer answer = once(request, most);
      if (last || !isBusy(answer)) {
        return Optional.of(answer);
      }
      LOG.info("opensearch is busy status={} path={}", answer.status(), request.uri().getPath());
    } catch (IOException e) {
      if (last || UnreachableCluster.isPermanent(e)) {
        throw UnreachableCluster.of(address, e);
      }
      LOG.info("opensearch does not answer cause={}", e.toString());
    }
    return Optional.empty();
  }

  /// Not with a request's own limit of time, which is over once an answer begins: one may stop in
  /// its middle.
  private Answer once(HttpRequest request, Duration most) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> coming =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    try {
      HttpResponse<byte[]> response = coming.get(most.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(response.statusCode(), response.body());
    } catch (TimeoutException e) {
      throw new IOException("no whole answer within %s ms".formatted(most.toMillis()), e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while asking OpenSearch");
    } finally {
      coming.cancel(true);
    }
  }

  private static boolean isBusy(Answer answer) {
    return switch (answer.status()) {
      case 429, 502, 503, 504 -> !OpenSearchErrors.isBlock(answer.body().path("error"));
      default -> false;
    };
  }

  private HttpRequest request(String method, String path, byte[] body, String type) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address.server() + path))
            .header("Content-Type", type)
            .method(
                method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    if (!address.user().isEmpty()) {
      String word = address.user() + ":" + address.password();
      request.header(
          "Authorization", "Basic " + Base64.getEncoder().encodeToString(word.getBytes(UTF_8)));
    }
    return request.build();
  }

  @Override
  public void close() {
    // Not close(), which waits for requests that are under way.
    http.shutdownNow();
  }
}
