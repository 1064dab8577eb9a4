package brimful.mcp;

import brimful.service.Backend;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import jakarta.servlet.http.HttpServlet;
import java.time.Duration;

/// MCP over HTTP: a servlet that a server mounts at [#PATH], with asynchronous requests allowed.
///
/// A filter before it puts the caller's collections on the request, as [#CALLER]; one that is a
/// [brimful.service.Spender] pays. Which hosts and origins are served, and who the caller is, is the
/// filter's to decide. Safe for many threads.
public final class McpEndpoint implements AutoCloseable {
  /// Where it is mounted.
  public static final String PATH = "/mcp";

  /// The attribute of a request that says which collections its caller may use: a
  /// `java.util.function.Predicate<String>` over their names. Without it, there are none.
  public static final String CALLER = "brimful.caller";

  /// The attribute of a request by which sessions are told apart: a text that only this caller has.
  /// A session is not found by any other.
  public static final String OWNER = "brimful.owner";

  /// The attribute of a request that waits for a call's answer: a `Runnable` that cancels the call,
  /// for who notices that the client has gone.
  public static final String CANCEL = "brimful.cancel";

  /// How often clients that listen are looked after; what does not answer is forgotten.
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

  private final HttpServletStreamableServerTransportProvider transport;
  private final McpSyncServer server;
  private final McpServlet servlet;

  /// @param version of the program, as clients see it
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
    server = new McpTools(backend, Access.OF_CALLER).serve(McpServer.sync(transport), version);
    servlet = new McpServlet(transport, new CallRegistry(), sessions);
  }

  /// Returns what is to be mounted.
  public HttpServlet servlet() {
    return servlet;
  }

  @Override
  public void close() {
    server.close();
  }
}
