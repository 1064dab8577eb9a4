package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class McpCommandTest {
  private static final String SESSION =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
      "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}
      {"jsonrpc":"2.0","method":"notifications/initialized"}
      {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search",\
      "arguments":{"question":"when does the broker rebalance?"}}}
      """;

  @TempDir Path folder;

  private Path corpus(String parent) throws IOException {
    Path path = Files.createDirectories(folder.resolve(parent).resolve("notes"));
    Files.writeString(
        path.resolve("broker.md"), "# Broker\n\nThe %s rebalances.\n".formatted(parent));
    return path;
  }

  @Test
  void readsAFolderAndServesIt() throws IOException {
    var shell = new Shell(folder.resolve("home"));

    Shell.Result result = shell.fed(SESSION, "mcp", corpus("broker").toString());

    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    assertThat(result.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{"));
    assertThat(result.out()).contains("The broker rebalances", "broker.md");
    assertThat(result.err()).isEqualTo("notes: 1 file read, 0 failed, 0 removed\n");
  }

  @Test
  void keepsFoldersOfTheSameNameApart() throws IOException {
    var shell = new Shell(folder.resolve("home"));
    String first = corpus("first").toString();
    shell.fed("", "mcp", first);

    Shell.Result second = shell.fed(SESSION, "mcp", corpus("second").toString());
    Shell.Result again = shell.fed(SESSION, "mcp", first);
    Shell.Result both = shell.fed("", "mcp", first, corpus("second").toString());

    assertThat(second.out()).contains("The second").doesNotContain("The first");
    assertThat(second.err()).startsWith("notes: 1 file read");
    assertThat(again.out()).contains("The first").doesNotContain("The second");
    assertThat(again.err()).startsWith("notes: ");
    assertThat(both.err()).contains("notes: ", "notes-2: ");
  }

  @Test
  void saysWhatIsNotThere() {
    var shell = new Shell(folder.resolve("home"));

    Shell.Result result = shell.fed("", "mcp", folder.resolve("none").toString());

    assertThat(result.code()).isEqualTo(ExitCode.NO_INPUT);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("no file or folder", "none");
  }
}
