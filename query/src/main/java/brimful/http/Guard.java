package brimful.http;

import brimful.corpus.UserError;
import brimful.mcp.McpEndpoint;
import brimful.service.SpendLedger;
import io.javalin.http.HttpStatus;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stands before everything: says who asks, turns away who must not, and sets the headers that keep
/// browsers safe.
///
/// * Without keys the server listens on loopback only, and the `Host` must be a name of it: else a
///   page elsewhere could have its own name point here.
/// * A path must be canonical, and is closed unless it is known to be open: see [RequestPath].
/// * A request that a page of another origin makes is refused, whatever it is.
/// * A key may make so many requests a minute, and no more.
final class Guard implements Filter {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

  private static final String POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

  /// What every answer has.
  static final Map<String, String> SAFE_HEADERS =
      Map.of(
          "Content-Security-Policy", POLICY,
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cache-Control", "no-store");

  private static final List<String> LOOPBACK =
      List.of("localhost", "127.0.0.1", "[::1]", "::1", "0:0:0:0:0:0:0:1");

  /// What may be read without a key, beside the page's own files: whether the server lives.
  private static final Set<String> OPEN = Set.of("/health", "/ready", "/openapi.json");

  private static final Set<String> READING = Set.of("GET", "HEAD");

  /// Where a client that leaves ends what it asked for.
  private static final Set<String> WATCHED =
      Set.of("/v1/ask", "/v1/chat/completions", "/v1/pack", "/v1/search", McpEndpoint.PATH);

  private final Keys keys;
  private final boolean keysNeeded;
  private final SpendLedger ledger;
  private final MeterRegistry meters;
  private final Traces traces;
  private final ClientWatch clients;
  private final Rate rate = new Rate();

  Guard(
      Keys keys,
      boolean keysNeeded,
      SpendLedger ledger,
      Telemetry telemetry,
      ClientWatch clients) {
    this.keys = keys;
    this.keysNeeded = keysNeeded;
    this.ledger = ledger;
    this.clients = clients;
    meters = telemetry.meters();
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
      // The path as it came, still encoded, and without its query: neither names nor texts.
      LOG.info(
          "request id={} method={} path={} status={} ms={} key={}",
          id,
          http.getMethod(),
          http.getRequestURI(),
          answer.getStatus(),
          (System.nanoTime() - start) / 1_000_000,
          http.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller ? caller.name() : "");
    }
  }

  /// Hands a request on. Where an answer costs money or time, a client that leaves ends the work.
  private void pass(HttpServletRequest request, HttpServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    if (!request.getMethod().equals("POST") || !WATCHED.contains(request.getRequestURI())) {
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
        // Jetty's own work on this thread is not to be interrupted.
        boolean _ = Thread.interrupted();
      }
    }
  }

  /// Ends the work on a request whose client has gone. That of a tool call is another thread's.
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

  /// Lets a request pass, or answers it with what is wrong.
  private boolean admit(HttpServletRequest request, HttpServletResponse answer) throws IOException {
    Optional<Problem> misdirected = misdirected(request);
    if (misdirected.isPresent()) {
      refuse(request, answer, misdirected.get());
      return false;
    }
    try {
      RequestPath path = RequestPath.of(request.getRequestURI());
      checkOrigin(request);
      if (!isOpen(request.getMethod(), path)) {
        Caller caller = caller(request);
        request.setAttribute(Caller.ATTRIBUTE, caller);
        request.setAttribute(McpEndpoint.OWNER, caller.name());
      }
      return true;
    } catch (UserError e) {
      refuse(request, answer, Problems.of(e));
      return false;
    }
  }

  private void refuse(HttpServletRequest request, HttpServletResponse answer, Problem problem)
      throws IOException {
    meters
        .counter("brimful.refused", "status", Integer.toString(problem.status().getCode()))
        .increment();
    byte[] body = problem.body(request.getRequestURI());
    answer.setStatus(problem.status().getCode());
    if (problem.status() == HttpStatus.UNAUTHORIZED) {
      answer.setHeader("WWW-Authenticate", "Bearer");
    }
    Problems.retryAfter(problem.status())
        .ifPresent(seconds -> answer.setHeader("Retry-After", Integer.toString(seconds)));
    answer.setContentType(Problem.contentType(request.getRequestURI()));
    answer.setContentLength(body.length);
    answer.getOutputStream().write(body);
  }

  /// Everything is closed that is not known to be open.
  private static boolean isOpen(String method, RequestPath path) {
    return READING.contains(method)
        && (OPEN.contains(path.decoded()) || PageFiles.has(path.decoded()));
  }

  /// A status that only HTTP has, so it is none of the kinds of errors.
  private Optional<Problem> misdirected(HttpServletRequest request) {
    String host = String.valueOf(request.getHeader("Host"));
    return keysNeeded || LOOPBACK.contains(withoutPort(host))
        ? Optional.empty()
        : Optional.of(
            new Problem(
                HttpStatus.MISDIRECTED_REQUEST,
                "host \"%s\": without keys this server answers as localhost only".formatted(host)));
  }

  private void checkOrigin(HttpServletRequest request) {
    String host = String.valueOf(request.getHeader("Host"));
    String origin = request.getHeader("Origin");
    if (origin != null && !isSame(origin, host)) {
      throw new UserError(
          UserError.Kind.FORBIDDEN, "requests of pages from %s are not taken".formatted(origin));
    }
  }

  private static String withoutPort(String host) {
    return host.replaceAll(":\\d+$", "").toLowerCase(Locale.ROOT);
  }

  private static boolean isSame(String origin, String host) {
    try {
      return String.valueOf(URI.create(origin).getRawAuthority()).equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Caller caller(HttpServletRequest request) {
    if (!keysNeeded) {
      return Caller.loopback(ledger);
    }
    String header = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
    if (!header.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length())) {
      throw new UserError(
          UserError.Kind.UNAUTHENTICATED, "no key: send it as Authorization: Bearer KEY");
    }
    Key key =
        keys.find(header.substring("Bearer ".length()).strip())
            .orElseThrow(() ->
                new UserError(
                    UserError.Kind.UNAUTHENTICATED,
                    "this key opens nothing here: it was revoked, or never was one"));
    if (!rate.allows(key.name(), key.perMinute())) {
      throw new UserError(
          UserError.Kind.RATE_LIMITED,
          String.format(
              Locale.ROOT,
              "key %s may make %,d requests a minute: wait a moment",
              key.name(),
              key.perMinute()));
    }
    return Caller.of(key, ledger);
  }
}
