package brimful.mcp;

import brimful.service.Backend;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import jakarta.servlet.http.HttpServlet;
import java.time.Duration;

/// MCP over HTTP: a servlet that a server mounts at [#PATH], with asynchronous requests enabled.
///
/// A filter before it puts the caller's collections on the request, as [#CALLER]; a caller that is
/// a [brimful.service.Spender] pays. The filter decides who the caller is, and which hosts and
/// origins are served. Safe for many threads.
public final class McpEndpoint implements AutoCloseable {
  /// The path that it is mounted at.
  public static final String PATH = "/mcp";

  /// The request attribute with the collections that its caller may use: a
  /// `java.util.function.Predicate<String>` over their names. Without it, there are none.
  public static final String CALLER = "brimful.caller";

  /// The request attribute that identifies the owner of a session: a text that no other caller has.
  /// Others cannot find the session.
  public static final String OWNER = "brimful.owner";

  /// The request attribute of a waiting call: a `Runnable` that cancels it, for the code that
  /// notices that the client has gone.
  public static final String CANCEL = "brimful.cancel";

  /// How often listening clients are pinged; those that do not answer are forgotten.
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

  private final HttpServletStreamableServerTransportProvider transport;
  private final McpSyncServer server;
  private final McpServlet servlet;

  /// @param version the program's version, as clients see it
  public McpEndpoint(Backend backend, String version) {
    this(backend, version, new Sessions());
  }

  McpEndpoint(Backend backend, String version, Sessions sessions) {
    transport =
        HttpServletStreamableServerTransportProvider.builder()
            .jsonMapper(new CleanMapper())
            .mcpEndpoint(PATH)
            .contextExtractor(Access::context)
            .maxRequestSize(McpServlet.REQUEST_BYTES_MAX)
            .keepAliveInterval(LOOK_EVERY)
            .build();
    var tools = new McpTools(backend, Access.OF_CALLER);
    server = tools.serve(McpServer.sync(transport), version);
    var stateless = new StatelessHttp(new StatelessRequests(tools, version));
    servlet = new McpServlet(transport, new CallRegistry(), sessions, stateless);
  }

  /// Returns the servlet to mount.
  public HttpServlet servlet() {
    return servlet;
  }

  @Override
  public void close() {
    server.close();
  }
}
