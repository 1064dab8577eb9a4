package brimful.http;

import brimful.corpus.UserError;
import brimful.http.edge.ClientAddress;
import brimful.http.edge.ClientWatch;
import brimful.http.edge.Origins;
import brimful.http.edge.Problem;
import brimful.http.edge.Problems;
import brimful.http.edge.RateLimiter;
import brimful.http.edge.RequestPath;
import brimful.http.edge.UnreadBody;
import brimful.http.hook.Webhooks;
import brimful.http.key.Key;
import brimful.http.key.KeyStore;
import brimful.http.page.PageFiles;
import brimful.mcp.McpEndpoint;
import brimful.service.SpendLedger;
import io.javalin.http.HttpStatus;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks every request first: identifies the caller, rejects requests that are not allowed, and
/// sets the headers that protect browsers.
///
/// * A path must be canonical, and is closed unless it is known to be open: see [RequestPath].
/// * The host must be ours, and the origin of a page ours or allowed: see [Origins].
/// * A key has a limit of requests a minute.
final class Guard implements Filter {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

  private static final String POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

  /// The headers of every response.
  static final Map<String, String> SAFE_HEADERS =
      Map.of(
          "Content-Security-Policy", POLICY,
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cache-Control", "no-store");

  /// The paths that need no key, besides the page's own files: health, readiness and the API
  /// description.
  static final Set<String> OPEN = Set.of("/health", "/ready", "/openapi.json");

  private static final Set<String> READING = Set.of("GET", "HEAD");

  /// The paths whose requests end when their client hangs up.
  private static final Set<String> WATCHED =
      Set.of(
          "/v1/ask",
          "/v1/chat/completions",
          "/v1/embeddings",
          "/v1/pack",
          "/v1/responses",
          "/v1/search",
          McpEndpoint.PATH);

  private final KeyStore keys;
  private final boolean keysNeeded;
  private final Origins origins;
  private final ClientAddress addresses;
  private final SpendLedger ledger;
  private final Telemetry telemetry;
  private final Traces traces;
  private final ClientWatch clients;
  private final RateLimiter rate = new RateLimiter();

  Guard(
      KeyStore keys,
      ServeConfig config,
      SpendLedger ledger,
      Telemetry telemetry,
      ClientWatch clients) {
    this.keys = keys;
    keysNeeded = config.keysNeeded();
    origins = new Origins(keysNeeded, config.edge());
    addresses = new ClientAddress(config.edge().trustedProxies());
    this.ledger = ledger;
    this.clients = clients;
    this.telemetry = telemetry;
    traces = telemetry.traces();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var http = (HttpServletRequest) request;
    var answer = (HttpServletResponse) response;
    String id = UUID.randomUUID().toString();
    secure(answer, id);
    long start = System.nanoTime();
    try {
      traces.request(
          http.getMethod(),
          id,
          () -> {
            if (admit(http, answer)) {
              pass(http, answer, chain);
            }
            return answer.getStatus();
          });
    } catch (IOException | ServletException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    } finally {
      // Log the raw path, still encoded and without its query: it has neither names nor texts.
      LOG.info(
          "request id={} client={} method={} path={} status={} ms={} key={}",
          id,
          addresses.of(http),
          http.getMethod(),
          http.getRequestURI(),
          answer.getStatus(),
          (System.nanoTime() - start) / 1_000_000,
          http.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller ? caller.name() : "");
    }
    if ("close".equals(answer.getHeader("Connection")) && !http.isAsyncStarted()) {
      UnreadBody.discard(http, answer);
    }
  }

  /// Passes a request on. If its answer costs money or time, the work ends when the client hangs
  /// up.
  private void pass(HttpServletRequest request, HttpServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    if (!request.getMethod().equals("POST")
        || !WATCHED.contains(RequestPath.of(request.getRequestURI()).decoded())) {
      chain.doFilter(request, answer);
      return;
    }
    Thread worker = Thread.currentThread();
    ClientWatch.Watch watch = clients.watch(request, () -> end(request, worker));
    try {
      chain.doFilter(request, answer);
    } finally {
      watch.close();
      if (watch.hasLeft()) {
        // Jetty's own work on this thread must not be interrupted.
        boolean _ = Thread.interrupted();
      }
    }
  }

  /// Ends the work for a client that has hung up. A tool call runs in another thread, and ends
  /// through its own hook.
  private static void end(HttpServletRequest request, Thread worker) {
    if (request.getAttribute(McpEndpoint.CANCEL) instanceof Runnable cancel) {
      cancel.run();
    } else {
      worker.interrupt();
    }
  }

  private static void secure(HttpServletResponse answer, String id) {
    answer.setHeader("X-Request-Id", id);
    SAFE_HEADERS.forEach(answer::setHeader);
  }

  /// Passes a request on, or answers it with a problem.
  private boolean admit(HttpServletRequest request, HttpServletResponse answer) throws IOException {
    try {
      Optional<Problem> wrong =
          origins
              .misdirected(request)
              .map(line -> new Problem(HttpStatus.MISDIRECTED_REQUEST, line));
      if (wrong.isEmpty()) {
        RequestPath path = RequestPath.of(request.getRequestURI());
        if (!PageFiles.isForAnyOrigin(path.decoded())) {
          origins.check(request, answer);
        }
        if (origins.preflighted(request, answer)) {
          return false;
        }
        wrong = isOpen(request.getMethod(), path) ? Optional.empty() : identify(request);
      }
      if (wrong.isEmpty()) {
        return true;
      }
      refuse(request, answer, wrong.get());
    } catch (UserError e) {
      refuse(request, answer, Problems.of(e));
    }
    return false;
  }

  private void refuse(HttpServletRequest request, HttpServletResponse answer, Problem problem)
      throws IOException {
    telemetry.refused(problem.status().getCode());
    byte[] body = problem.body(request.getRequestURI());
    answer.setStatus(problem.status().getCode());
    if (problem.status() == HttpStatus.UNAUTHORIZED) {
      answer.setHeader("WWW-Authenticate", "Bearer");
    }
    if (!Problems.isReadToItsEnd(request)) {
      answer.setHeader("Connection", "close");
    }
    if (problem.retrySeconds() > 0) {
      answer.setHeader("Retry-After", Integer.toString(problem.retrySeconds()));
    }
    answer.setContentType(Problem.contentType(request.getRequestURI()));
    answer.setContentLength(body.length);
    answer.getOutputStream().write(body);
  }

  /// A path is closed unless it is known to be open. A webhook is checked by its signature instead.
  private static boolean isOpen(String method, RequestPath path) {
    return (READING.contains(method)
            && (OPEN.contains(path.decoded()) || PageFiles.has(path.decoded())))
        || Webhooks.isHook(method, path.decoded());
  }

  /// Identifies the caller, and stores it in the request.
  ///
  /// @return why the caller has to wait; empty if it does not
  private Optional<Problem> identify(HttpServletRequest request) {
    if (!keysNeeded) {
      request.setAttribute(Caller.ATTRIBUTE, Caller.loopback(ledger));
      return Optional.empty();
    }
    Key key = key(request);
    request.setAttribute(Caller.ATTRIBUTE, Caller.of(key, ledger));
    request.setAttribute(McpEndpoint.OWNER, key.sha256());
    int seconds = rate.take(key.name(), key.perMinute());
    return seconds == 0
        ? Optional.empty()
        : Optional.of(
            new Problem(
                HttpStatus.TOO_MANY_REQUESTS,
                String.format(
                    Locale.ROOT,
                    "key %s may make %,d requests a minute: try again in %,d s",
                    key.name(),
                    key.perMinute(),
                    seconds),
                seconds));
  }

  private Key key(HttpServletRequest request) {
    String header = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
    if (!header.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length())) {
      throw new UserError(
          UserError.Kind.UNAUTHENTICATED, "no key: send it as Authorization: Bearer KEY");
    }
    return keys.find(header.substring("Bearer ".length()).strip())
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.UNAUTHENTICATED,
                "this key opens nothing here: it was revoked, or never was one"));
  }
}
