package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.testing.OpenSearchContainer;
import brimful.testing.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Collections in OpenSearch, from files to windows.
final class SharedIndexTest {
  private static final String TOPICS = "shared-index";

  @TempDir Path folder;

  private Shell shell(String home) {
    return new Shell(folder.resolve(home)).with("BRIMFUL_KAFKA", TestBroker.address());
  }

  private static String succeeded(Shell.Result result) {
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    return result.out();
  }

  private static String line(Shell.Result result, ExitCode code) {
    assertThat(result.code()).as(result.err()).isEqualTo(code);
    assertThat(result.out()).isEmpty();
    return result.err();
  }

  private void write(String name, String text) throws IOException {
    Path file = Files.createDirectories(folder.resolve("corpus")).resolve(name);
    Files.writeString(file, text);
    // Files that have just been written count as changed until their time has settled.
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
  }

  private void index(String home, String index) {
    succeeded(
        shell(home)
            .run(
                "ingest",
                folder.resolve("corpus").toString(),
                "--collection",
                "docs",
                "--topics",
                TOPICS));
    try (var _ = new BackgroundCommand(shell(home), "worker", "--topics", TOPICS);
        var _ =
            new BackgroundCommand(
                shell(home), "index-worker", "--topics", TOPICS, "--index", index)) {
      succeeded(shell(home).run("status", "--follow", "--topics", TOPICS));
    }
  }

  private String window(String home, String... words) {
    Shell shell = shell(home);
    String[] line = new String[words.length + 7];
    String[] pack = {"pack", "--collection", "docs", "--budget", "2k", "-q", "who rebalances?"};
    System.arraycopy(pack, 0, line, 0, pack.length);
    System.arraycopy(words, 0, line, pack.length, words.length);
    return succeeded(shell.run(line));
  }

  @Test
  void anyMachineAsksWhatOneIndexWorkerWrote() throws IOException {
    String index = OpenSearchContainer.option();
    write("broker.md", "# Broker\n\nThe broker rebalances at noon.\n");
    write("Other.java", "class Other {\n  int nothing;\n}\n");
    index("writer", index);

    String one = window("reader", "--index", index);

    assertThat(one).contains("The broker rebalances at noon.").contains("Other.java");
    assertThat(window("another", "--index", index)).isEqualTo(one);
    assertThat(folder.resolve("reader")).doesNotExist();
    assertThat(folder.resolve("writer").resolve("collections")).doesNotExist();
    // The same bytes as from an index of one machine.
    succeeded(shell("alone").run("index-worker", "--once", "--topics", TOPICS));
    assertThat(window("alone")).isEqualTo(one);

    write("broker.md", "# Broker\n\nThe broker rebalances at midnight, and rests at noon.\n");
    Files.delete(folder.resolve("corpus").resolve("Other.java"));
    index("writer2", index);

    assertThat(window("reader", "--index", index))
        .contains("rebalances at midnight")
        .doesNotContain("rebalances at noon")
        .doesNotContain("Other.java");
    assertThat(
            line(
                shell("reader").run("pack", "--collection", "none", "-q", "x", "--index", index),
                ExitCode.NO_INPUT))
        .contains("no collection none in OpenSearch at http://")
        .contains("only docs");
  }

  @Test
  void saysWhatIsWrongInOneLine() {
    String away = "opensearch=http://ann:hunter2@127.0.0.1:1/acme";
    assertThat(
            line(
                shell("a").run("pack", "--collection", "docs", "--index", away),
                ExitCode.UNAVAILABLE))
        .contains("OpenSearch at http://127.0.0.1:1/acme cannot be reached")
        .doesNotContain("hunter2");
    assertThat(line(shell("a").run("pack", ".", "--index", away), ExitCode.USAGE))
        .isEqualTo(
            "brimful: --index is where collections are: add --collection NAME, or leave it out\n");
    assertThat(
            line(
                shell("a").run("index-worker", "--index", "elastic=http://h", "--once"),
                ExitCode.USAGE))
        .isEqualTo("brimful: --index elastic=http://h is no index: begin it with opensearch=\n");
    assertThat(line(shell("a").run("index-worker", "--index", away, "--rebuild"), ExitCode.USAGE))
        .contains("--rebuild is for indexes of this machine");
    assertThat(line(new Shell(folder).run("serve", "--index", away), ExitCode.USAGE))
        .contains("add --kafka");
  }
}
