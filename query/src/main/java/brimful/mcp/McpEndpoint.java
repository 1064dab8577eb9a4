package brimful.mcp;

import brimful.service.Backend;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HeaderAccessor;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.server.transport.ServerTransportSecurityException;
import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// MCP over HTTP: a servlet that a server mounts at [#PATH], with asynchronous requests allowed.
///
/// A filter before it puts the caller's collections on the request, as [#CALLER]; one that is a
/// [brimful.service.Spender] pays. Requests that a browser sends from a page of another
/// origin are refused; which hosts are served at all, and who the caller is, is the filter's to
/// decide. Safe for many threads.
public final class McpEndpoint implements AutoCloseable {
  /// Where it is mounted.
  public static final String PATH = "/mcp";

  /// The attribute of a request that says which collections its caller may use: a
  /// `java.util.function.Predicate<String>` over their names. Without it, there are none.
  public static final String CALLER = "brimful.caller";

  private static final int REQUEST_BYTES_MAX = 1 << 20;

  /// How often clients that listen are looked after; what does not answer is forgotten.
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

  private final HttpServletStreamableServerTransportProvider transport;
  private final McpSyncServer server;

  /// @param version of the program, as clients see it
  public McpEndpoint(Backend backend, String version) {
    transport =
        HttpServletStreamableServerTransportProvider.builder()
            .mcpEndpoint(PATH)
            .contextExtractor(Access::context)
            .maxRequestSize(REQUEST_BYTES_MAX)
            .httpHeaderValidator(McpEndpoint::refuseOtherOrigins)
            .keepAliveInterval(LOOK_EVERY)
            .build();
    server = new McpTools(backend, Access.OF_CALLER).serve(McpServer.sync(transport), version);
  }

  /// Returns what is to be mounted.
  public HttpServlet servlet() {
    return transport;
  }

  private static void refuseOtherOrigins(HeaderAccessor headers)
      throws ServerTransportSecurityException {
    List<String> origins = headers.getHeader("Origin");
    List<String> hosts = headers.getHeader("Host");
    for (String origin : origins == null ? List.<String>of() : origins) {
      if (hosts == null || !hosts.contains(authority(origin))) {
        throw new ServerTransportSecurityException(403, "pages of other origins are not served");
      }
    }
  }

  private static String authority(String origin) {
    try {
      return String.valueOf(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
