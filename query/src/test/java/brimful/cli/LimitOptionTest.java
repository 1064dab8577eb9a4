package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.extract.limit.Limit;
import brimful.testing.TestBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Limits come from the command line, the environment and the configuration, and a raised one reads
/// again what it had cut.
final class LimitOptionTest {
  private static final String WHOLE = "indexed   three.zip";
  private static final String CUT = "truncated three.zip: 2 of 3 members (limit members=2)";

  @TempDir Path folder;

  @BeforeEach
  void writeCorpus() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(corpus.resolve("note.md"), "# A note\n");
    Path zipped = corpus.resolve("three.zip");
    try (OutputStream file = Files.newOutputStream(zipped);
        var zip = new ZipOutputStream(file)) {
      for (String name : List.of("a.txt", "b.txt", "c.txt")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(("words of " + name).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    // Files that have just been written count as changed until their time has settled.
    for (Path path : List.of(zipped, corpus.resolve("note.md"))) {
      Files.setLastModifiedTime(path, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    }
  }

  private Shell shell() {
    return new Shell(folder.resolve("home"));
  }

  private String corpus() {
    return folder.resolve("corpus").toString();
  }

  private static String zip(Shell.Result report) {
    return report.out().lines().filter(line -> line.contains("three.zip")).findFirst().orElse("");
  }

  @Test
  void aRaisedLimitReadsAgainWhatItHadCutAndNothingElse() {
    Shell.Result cut = shell().run("report", corpus(), "--limit", "members=2");
    Shell.Result same = shell().run("report", corpus(), "--limit", "members=2");
    Shell.Result raised = shell().run("report", corpus());
    Shell.Result lowered = shell().run("report", corpus(), "--limit", "members=1");

    assertThat(zip(cut)).isEqualTo(CUT);
    assertThat(same.err()).contains("0 files were read now");
    assertThat(zip(raised)).isEqualTo(WHOLE);
    assertThat(raised.err()).contains("1 file was read now");
    assertThat(zip(lowered)).as("what has been read stays").isEqualTo(WHOLE);
  }

  @Test
  void aMemberThatWasCutIsReadAgainToo() {
    String member = "three.zip!/b.txt";

    Shell.Result cut = shell().run("report", corpus(), "--limit=text=4");
    Shell.Result raised = shell().run("report", corpus());

    assertThat(cut.out())
        .contains("truncated " + member + ": 4 of 5 bytes (limit text=4)")
        .contains(WHOLE);
    assertThat(raised.out()).contains("indexed   " + member);
  }

  @Test
  void environmentWinsOverConfigurationAndTheOptionOverBoth() {
    assertThat(shell().run("config", "set", "limit.members", "1").code()).isEqualTo(ExitCode.OK);

    Shell.Result configured = shell().run("report", corpus());
    Shell.Result variable = shell().with("BRIMFUL_LIMIT_MEMBERS", "2").run("report", corpus());
    Shell.Result option =
        shell().with("BRIMFUL_LIMIT_MEMBERS", "1").run("report", corpus(), "--limit", "members=3");

    assertThat(zip(configured)).contains("(limit members=1)");
    assertThat(zip(variable)).isEqualTo(CUT);
    assertThat(zip(option)).isEqualTo(WHOLE);
  }

  @Test
  void whatIsWrongIsSaidInOneLine() throws IOException {
    String names =
        "name one of document, text, characters, pages, figures, members, depth, unpacked, time, stall, memory";

    assertThat(shell().run("pack", corpus(), "--limit", "speed=3").err())
        .isEqualTo("brimful: unknown limit \"speed\": " + names + "\n");
    assertThat(shell().run("pack", corpus(), "--limit", "time=soon").err())
        .isEqualTo("brimful: limit time is \"soon\": write a time between 1s and 24h, like 2m\n");
    assertThat(shell().with("BRIMFUL_LIMIT_SPEED", "3").run("pack", corpus()).err())
        .isEqualTo("brimful: unknown limit \"speed\": " + names + " (BRIMFUL_LIMIT_SPEED)\n");
    assertThat(shell().run("config", "set", "limit.speed", "3").err())
        .contains("setting \"limit.speed\" is not known")
        .contains("limit.NAME with a name of document, text");
    assertThat(shell().run("config", "set", "limit.time", "soon").err())
        .contains("limit time is \"soon\": write a time between 1s and 24h, like 2m");
    Path file = folder.resolve("home/config.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "limit.time=soon\nlimit.speed=3\n");
    assertThat(shell().run("report", corpus()).err().lines())
        .containsExactly(
            "brimful: unknown limit \"speed\": %s (in %s)".formatted(names, file),
            "limit time is \"soon\": write a time between 1s and 24h, like 2m (in %s)"
                .formatted(file));
  }

  @Test
  void everyCommandThatReadsFilesTakesThem() {
    for (String command : List.of("pack", "ask", "batch", "serve", "mcp", "report", "worker")) {
      assertThat(shell().run(command, "--help").out())
          .as(command)
          .contains("--limit NAME=VALUE")
          .contains(Limit.titles());
    }
    assertThat(shell().run("config", "--help").out()).contains(Limit.describe().indent(6));
  }

  @Test
  void workersTakeTheirsFromTheirOwnCommandLine() throws Exception {
    Shell connected = shell().with("BRIMFUL_KAFKA", TestBroker.address());
    String[] topics = {"--topics", "limits"};

    assertThat(
            connected.run("ingest", corpus(), "--collection", "docs", "--limit", "members=2").err())
        .contains("--limit members=2: workers read the files, so give it to brimful worker");
    connected.run("ingest", corpus(), "--collection", "docs", topics[0], topics[1]);
    try (var _ =
            new BackgroundCommand(
                connected, "worker", "--limit", "members=2", topics[0], topics[1]);
        var _ = new BackgroundCommand(connected, "index-worker", topics[0], topics[1])) {
      connected.run("status", "--follow", topics[0], topics[1]);
    }

    assertThat(zip(shell().run("report", "--collection", "docs"))).isEqualTo(CUT);
  }
}
