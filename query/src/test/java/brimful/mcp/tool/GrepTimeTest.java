package brimful.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.mcp.McpFixture;
import brimful.service.Spender;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GrepTimeTest {
  private static final ToolClient NOBODY =
      new ToolClient() {
        @Override
        public Optional<Spender> payer() {
          return Optional.empty();
        }

        @Override
        public boolean isRemote() {
          return false;
        }

        @Override
        public void progress(long step, String message) {}

        @Override
        public void log(LogLevel level, String line) {}
      };

  private static McpFixture fixture;
  private static ToolCall call;

  @BeforeAll
  static void open(@TempDir Path folder) throws IOException {
    fixture = new McpFixture(folder);
    call =
        new ToolCall(
            fixture.backend, _ -> true, Map.of("collection", "docs", "pattern", "broker"), NOBODY);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void saysThatItStopped() {
    McpSchema.CallToolResult late = new GrepTool(Duration.ZERO).run(call);

    assertThat(((McpSchema.TextContent) late.content().getFirst()).text())
        .isEqualTo("no line matches so far");
    assertThat(late.content().toString())
        .contains("stopped after 0 seconds, before the last document: give a scope for the rest");
    assertThat(new GrepTool().run(call).content().toString()).doesNotContain("stopped");
  }

  @Test
  void endsWhereItsThreadIsInterrupted() {
    var read = new ArrayList<String>();

    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() ->
            fixture.backend.scan(
                call.corpus(),
                _ -> true,
                chunks -> {
                  read.add(chunks.getFirst().document().value());
                  Thread.currentThread().interrupt();
                  return true;
                }));

    assertThat(read).containsExactly("docs/broker.md");
    assertThat(Thread.interrupted()).isFalse();
  }
}
