package brimful.web;

import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/// Asks sites for pages: politely, and for no longer than a limit.
///
/// Redirects are followed to the same host only, and never from `https` to `http`. A host that
/// wants a pause of up to a minute gets it. Failures are [UserError]s, those of a body
/// `IOException`s; whoever gets no connection at all hears [UserError.Kind#UNAVAILABLE]. Safe for
/// many threads.
public final class WebClient {
  /// How many requests go to one host at a time; browsers send 6.
  public static final int REQUESTS_MAX = 4;

  /// Ends the line of what may pass.
  public static final String LATER = "try again later";

  /// As many as RFC 9309 wants to be followed for robots.txt.
  private static final int REDIRECTS_MAX = 5;

  /// How often one page is asked for while its host wants pauses.
  private static final int TRIES_MAX = 4;

  /// A longer one is for the next run.
  private static final Duration PAUSE_MAX = Duration.ofSeconds(60);

  private static final String GET = "GET";
  private static final String HEAD = "HEAD";

  private final WebTimes times;
  private final HttpClient client;
  private final Map<String, HostGate> gates = new ConcurrentHashMap<>();

  /// No connection is made yet.
  public WebClient() {
    this(WebTimes.STANDARD);
  }

  WebClient(WebTimes times) {
    this.times = times;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(times.connect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /// Asks for a page; the caller closes the answer, which has any status but that of a redirect.
  ///
  /// @param check throws if an address must not be asked; called right before each connection
  public WebAnswer get(WebAddress page, Consumer<WebAddress> check) {
    return get(page, check, () -> {});
  }

  /// Asks for a page, see [#get(WebAddress,Consumer)].
  ///
  /// @param moved called a few times a second while others are served or the host wants a pause;
  ///   what it throws ends the waiting
  public WebAnswer get(WebAddress page, Consumer<WebAddress> check, Runnable moved) {
    return asked(GET, page, check, moved);
  }

  /// Asks for what a site says about a page, without the page.
  ///
  /// @param check throws if an address must not be asked; called right before each connection
  public WebAnswer head(WebAddress page, Consumer<WebAddress> check) {
    return asked(HEAD, page, check, () -> {});
  }

  /// Returns whether a page failed for a reason that may pass: reading it again may help.
  ///
  /// @param said why it failed
  public static boolean isForNow(String said) {
    return said.endsWith(LATER);
  }

  /// Returns why a page, or the rest of one, could not be had, if that may pass.
  public static Optional<String> passing(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed(String cause) when isForNow(cause) -> Optional.of(cause);
      case Outcome.Truncated(_, _, _, String detail)
          when detail.startsWith(Outcome.Truncated.THEN) && isForNow(detail) ->
          Optional.of(detail.substring(Outcome.Truncated.THEN.length()));
      case Outcome.Failed _,
          Outcome.Truncated _,
          Outcome.Indexed _,
          Outcome.Skipped _,
          Outcome.Encrypted _ ->
          Optional.empty();
    };
  }

  /// Returns why a body did not come.
  public static String reason(Exception e) {
    Throwable said =
        e instanceof UncheckedIOException && e.getCause() instanceof IOException cause ? cause : e;
    return String.valueOf(said.getMessage());
  }

  private WebAnswer asked(
      String method, WebAddress page, Consumer<WebAddress> check, Runnable moved) {
    WebAddress at = page;
    for (int hop = 0; hop <= REDIRECTS_MAX; hop++) {
      WebAnswer answer = patient(method, at, check, moved);
      Optional<WebAddress> next = redirect(answer, at);
      if (next.isEmpty()) {
        return answer;
      }
      answer.close();
      WebAddress from = at;
      at = next.get();
      if (!from.isSameSite(at) || (from.scheme().equals("https") && at.scheme().equals("http"))) {
        throw new UserError(
            UserError.Kind.UPSTREAM,
            "%s redirects to %s, which is another site: write its host into the address"
                .formatted(from.url(), at.url()));
      }
    }
    throw new UserError(
        UserError.Kind.UPSTREAM,
        "%s redirects more than %s times: check the address".formatted(page.url(), REDIRECTS_MAX));
  }

  private static Optional<WebAddress> redirect(WebAnswer answer, WebAddress from) {
    boolean away =
        switch (answer.status()) {
          case 301, 302, 303, 307, 308 -> true;
          default -> false;
        };
    if (!away) {
      return Optional.empty();
    }
    String target = answer.headers().firstValue("Location").orElse("");
    Optional<WebAddress> next = from.link(target);
    if (next.isEmpty()) {
      answer.close();
      throw new UserError(
          UserError.Kind.UPSTREAM,
          "%s redirects to \"%s\", which is no page: check the address"
              .formatted(from.url(), shown(target)));
    }
    return next;
  }

  private static String shown(String text) {
    return text.substring(0, Math.min(text.length(), 200)).replaceAll("\\p{Cntrl}", "?");
  }

  /// Waits as long as the host wants, within limits.
  private WebAnswer patient(
      String method, WebAddress page, Consumer<WebAddress> check, Runnable moved) {
    HostGate gate = gates.computeIfAbsent(page.authority(), _ -> new HostGate());
    for (int tries = 1; ; tries++) {
      WebAnswer answer = sent(method, page, check, gate.enter(page, moved));
      Optional<Duration> pause = answer.isBusy() ? pause(answer) : Optional.empty();
      if (pause.isEmpty()) {
        gate.serves();
        return answer;
      }
      if (tries == TRIES_MAX || gate.isHopeless()) {
        gate.giveUp();
        return answer;
      }
      answer.close();
      gate.pause(pause.get());
    }
  }

  private static Optional<Duration> pause(WebAnswer answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .map(String::strip)
        .flatMap(WebClient::time)
        .filter(time -> time.compareTo(PAUSE_MAX) <= 0);
  }

  private static Optional<Duration> time(String text) {
    if (text.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration time = Duration.between(Instant.now(), until);
      return Optional.of(time.isNegative() ? Duration.ZERO : time);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private WebAnswer sent(
      String method, WebAddress page, Consumer<WebAddress> check, Runnable leave) {
    boolean kept = false;
    try {
      check.accept(page);
      HttpResponse<InputStream> response =
          client.send(request(method, page), HttpResponse.BodyHandlers.ofInputStream());
      InputStream body = InputStream.nullInputStream();
      if (method.equals(GET) && response.statusCode() == 200) {
        body = body(response, page, leave);
        kept = true;
      } else {
        response.body().close();
      }
      return new WebAnswer(page, response.statusCode(), response.headers(), body);
    } catch (IOException e) {
      throw failure(e, page);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped while asking for " + page.url());
    } finally {
      if (!kept) {
        leave.run();
      }
    }
  }

  private HttpRequest request(String method, WebAddress page) {
    URI uri = page.uri();
    if (uri.getHost() == null) {
      throw new UserError(
          UserError.Kind.USAGE, "%s has no host that can be asked".formatted(page.url()));
    }
    return HttpRequest.newBuilder(uri)
        .timeout(times.answer())
        .header("User-Agent", agent())
        .header("Accept", "*/*")
        .method(method, HttpRequest.BodyPublishers.noBody())
        .build();
  }

  private static String agent() {
    String version = WebClient.class.getPackage().getImplementationVersion();
    return "brimful/" + (version == null ? "development" : version);
  }

  /// Nobody asked for packed pages, and some sites send nothing else.
  private InputStream body(HttpResponse<InputStream> response, WebAddress page, Runnable leave)
      throws IOException {
    String packing = response.headers().firstValue("Content-Encoding").orElse("").strip();
    var body = new WebBody(response.body(), times, leave);
    try {
      return switch (packing) {
        case "", "identity" -> body;
        case "gzip", "x-gzip" -> new Unpacked(body);
        default ->
            throw new UserError(
                UserError.Kind.UPSTREAM,
                "%s comes packed as \"%s\", though nobody asked for that: it cannot be read"
                    .formatted(page.url(), shown(packing)));
      };
    } catch (IOException | RuntimeException e) {
      body.close();
      throw e;
    }
  }

  private static UserError failure(IOException e, WebAddress page) {
    String host = page.authority();
    return switch (e) {
      case HttpConnectTimeoutException _ ->
          away("%s: %s does not answer, try again later".formatted(page.url(), host), e);
      case HttpTimeoutException _ ->
          new UserError(
              UserError.Kind.TIMEOUT,
              "%s: no answer came in time, try again later".formatted(page.url()),
              e);
      case ConnectException _ when isUnknown(e) ->
          away("%s: unknown host %s, check the address".formatted(page.url(), host), e);
      case ConnectException _ ->
          away("%s: %s takes no connection, try again later".formatted(page.url(), host), e);
      case SSLException _ ->
          away(
              "%s: no safe connection to %s (%s), check its certificate"
                  .formatted(page.url(), host, shown(String.valueOf(e.getMessage()))),
              e);
      default ->
          new UserError(
              UserError.Kind.UPSTREAM,
              "%s: the connection broke (%s), try again later"
                  .formatted(page.url(), shown(String.valueOf(e.getMessage()))),
              e);
    };
  }

  private static boolean isUnknown(Throwable e) {
    Throwable cause = e;
    for (int i = 0; i < 10 && cause != null; i++) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static UserError away(String line, IOException e) {
    return new UserError(UserError.Kind.UNAVAILABLE, line, e);
  }
}
