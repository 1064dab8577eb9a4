package brimful.mcp;

import brimful.service.Backend;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Predicate;

/// MCP over standard input and output, for the host that started this process.
public final class McpStdio {
  private McpStdio() {}

  /// Serves until the input ends, and what was asked by then is answered.
  ///
  /// @param allowed over names of collections
  /// @param out nothing else may be written to it
  /// @param version of the program, as clients see it
  public static void serve(
      Backend backend, Predicate<String> allowed, InputStream in, OutputStream out, String version) {
    var transport = new StdioTransport(new CleanMapper(), in, out);
    McpSyncServer server =
        new McpTools(backend, (_, collection) -> allowed.test(collection))
            .serve(McpServer.sync(transport), version);
    transport.run();
    server.close();
  }
}
