package brimful.http.edge;

import brimful.corpus.UserError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Decides which hosts a server answers for, and to pages of which origins.
///
/// Its own page may use it, and so may pages of allowed origins, which get the CORS headers. Keys
/// travel in a header, so cookies are not needed and not allowed.
public final class Origins {
  private static final List<String> LOOPBACK =
      List.of("localhost", "127.0.0.1", "[::1]", "::1", "0:0:0:0:0:0:0:1");

  private static final String METHODS = "GET, HEAD, POST, DELETE";
  private static final String HEADERS =
      "Authorization, Content-Type, Accept, Idempotency-Key, Mcp-Session-Id, MCP-Protocol-Version, Mcp-Method, Mcp-Name, Last-Event-ID";
  private static final String EXPOSED =
      "X-Request-Id, Retry-After, ETag, Location, Mcp-Session-Id, WWW-Authenticate";
  private static final String PREFLIGHT_SECONDS = "600";

  private final boolean keysNeeded;
  private final Set<String> allowed;

  /// The origin of the public URL; empty without one.
  private final String own;

  public Origins(boolean keysNeeded, EdgeConfig edge) {
    this.keysNeeded = keysNeeded;
    own = edge.publicUrl().isEmpty() ? "" : normal(edge.publicUrl());
    allowed = new HashSet<>(edge.origins());
  }

  /// Returns an origin in canonical form: without its scheme's default port, and without a path.
  /// Empty if the text is not an origin.
  static String normal(String origin) {
    try {
      URI uri = URI.create(origin);
      if (uri.getScheme() == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
        return "";
      }
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      int usual = scheme.equals("https") ? 443 : scheme.equals("http") ? 80 : -1;
      return scheme
          + "://"
          + uri.getHost().toLowerCase(Locale.ROOT)
          + (uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort());
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /// Returns why a host is not served; empty if it is. Without keys, a foreign page could point a
  /// name of its own at this server.
  public Optional<String> misdirected(HttpServletRequest request) {
    String host = host(request);
    String name = host.replaceAll(":\\d+$", "").toLowerCase(Locale.ROOT);
    boolean known =
        keysNeeded
            || LOOPBACK.contains(name)
            || (!own.isEmpty() && name.equals(URI.create(own).getHost()));
    return known
        ? Optional.empty()
        : Optional.of(
            "host \"%s\": without keys this server answers as localhost, or as its --public-url"
                .formatted(host));
  }

  /// Refuses requests of pages of other origins, and allows permitted ones to read the answer.
  public void check(HttpServletRequest request, HttpServletResponse answer) {
    if (!allowed.isEmpty()) {
      answer.addHeader("Vary", "Origin");
    }
    String origin = request.getHeader("Origin");
    if (origin == null || isOwn(origin, host(request))) {
      return;
    }
    if (!allowed.contains(normal(origin))) {
      throw new UserError(
          UserError.Kind.FORBIDDEN,
          "pages from %s may not use this server: start it with --allow-origin for them"
              .formatted(origin));
    }
    answer.setHeader("Access-Control-Allow-Origin", origin);
    answer.setHeader("Access-Control-Expose-Headers", EXPOSED);
    answer.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
  }

  /// Answers a browser's preflight request, which carries no key.
  ///
  /// @return whether the request was one
  public boolean preflighted(HttpServletRequest request, HttpServletResponse answer) {
    if (!request.getMethod().equals("OPTIONS")
        || !answer.containsHeader("Access-Control-Allow-Origin")
        || request.getHeader("Access-Control-Request-Method") == null) {
      return false;
    }
    answer.setStatus(HttpServletResponse.SC_NO_CONTENT);
    answer.setHeader("Access-Control-Allow-Methods", METHODS);
    answer.setHeader("Access-Control-Allow-Headers", HEADERS);
    answer.setHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS);
    return true;
  }

  private boolean isOwn(String origin, String host) {
    String normal = normal(origin);
    return !normal.isEmpty()
        && (normal.equals(own)
            || normal.equals(normal("http://" + host))
            || normal.equals(normal("https://" + host)));
  }

  private static String host(HttpServletRequest request) {
    return String.valueOf(request.getHeader("Host"));
  }
}
