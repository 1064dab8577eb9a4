package brimful.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.cli.option.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

final class McpStdioAskDoorTest extends AskDoorContract {
  @Override
  AskDoor open(Map<String, String> environment, Path notes) {
    try {
      return new Door(environment, notes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A host that talks to `brimful mcp` over two pipes, and cancels by a notification.
  private static final class Door implements AskDoor {
    private final PrintStream to;
    private final BufferedReader from;

    Door(Map<String, String> environment, Path notes) throws IOException {
      var in = new PipedInputStream(1 << 16);
      var out = new PipedInputStream(1 << 20);
      to = new PrintStream(new PipedOutputStream(in), true, UTF_8);
      var answers = new PrintStream(new PipedOutputStream(out), true, UTF_8);
      from = new BufferedReader(new InputStreamReader(out, UTF_8));
      var err = new PrintStream(java.io.OutputStream.nullOutputStream(), true, UTF_8);
      var terminal = new Terminal(in, answers, err, environment);
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            var _ = Main.run(List.of("mcp", notes.toString()), terminal);
          });
      send(McpAskDoorTest.INITIALIZE);
      var _ = answer(1);
      send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    }

    private synchronized void send(String message) {
      to.println(message);
    }

    private String answer(int id) {
      try {
        for (String line = from.readLine(); line != null; line = from.readLine()) {
          if (line.contains("\"id\":" + id)) {
            return line;
          }
        }
        throw new IllegalStateException("no answer to " + id);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Outcome ask(String question) {
      send(McpAskDoorTest.call(question));
      return McpAskDoorTest.outcome(ServedDoor.tree(answer(2)));
    }

    @Override
    public void cancel() {
      send(
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":2}}");
    }

    @Override
    public void close() {
      to.close();
    }
  }

  @Override
  String name() {
    return "MCP over stdio";
  }

  @Override
  String word(String kind) {
    return kind.toLowerCase(java.util.Locale.ROOT);
  }
}
