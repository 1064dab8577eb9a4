package brimful.mcp;

import brimful.service.Backend;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Predicate;

/// MCP over standard input and output, for the host that started this process.
public final class McpStdio {
  private McpStdio() {}

  /// Serves until the input ends and all requests are answered.
  ///
  /// @param allowed the collections that the host may use, by name
  /// @param out nothing else may be written to it
  /// @param version the program's version, as clients see it
  public static void serve(
      Backend backend,
      Predicate<String> allowed,
      InputStream in,
      OutputStream out,
      String version) {
    var tools = new McpTools(backend, (_, collection) -> allowed.test(collection));
    var transport =
        new StdioTransport(new CleanMapper(), new StatelessRequests(tools, version), in, out);
    McpSyncServer server = tools.serve(McpServer.sync(transport), version);
    transport.run();
    server.close();
  }
}
