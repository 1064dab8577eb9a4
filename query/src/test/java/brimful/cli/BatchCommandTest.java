package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.testing.FakeBatchModel;
import brimful.testing.FakeDeepSeek;
import brimful.testing.FakeReader;
import brimful.testing.Script;
import brimful.testing.SmallDisk;
import brimful.testing.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchCommandTest {
  private final FakeBatchModel model = new FakeBatchModel(FakeBatchModel.Faults.NONE);

  @TempDir Path folder;

  @BeforeEach
  void writeCorpus() throws IOException {
    Path path = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(path.resolve("broker.md"), "# Broker\n\nThe broker rebalances at noon.\n");
    Files.writeString(path.resolve("other.md"), "# Other\n\nNothing to see here.\n");
    Files.writeString(
        folder.resolve("q.csv"), "id,question,type\nwhy,Why?,\nsafe,Is it safe?,boolean\n");
  }

  private Shell.Result run(FakeDeepSeek server, String... more) {
    return run(server, table(), more);
  }

  private Shell.Result run(FakeDeepSeek server, Path table, String... more) {
    String[] words = {
      "batch",
      "--questions",
      folder.resolve("q.csv").toString(),
      folder.resolve("corpus").toString(),
      "--model",
      "deepseek-flash",
      "--base-url",
      server.baseUrl(),
      "-o",
      table.toString()
    };
    String[] all = new String[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return new Shell(folder.resolve("home"))
        .with("DEEPSEEK_API_KEY", "sk-secret-0123456789abcdef")
        .run(all);
  }

  private Path table() {
    return folder.resolve("table.csv");
  }

  @Test
  void asksEveryDocumentAndWritesTheTable() throws IOException {
    try (var server = FakeDeepSeek.start(0, Duration.ZERO, model)) {
      Shell.Result dry = run(server, "--dry-run", "--compare", "deepseek-v4-pro");
      int sent = model.log().size();
      Shell.Result result = run(server, "--max-cost", "1");
      Shell.Result again = run(server, "--max-cost", "1");

      assertThat(dry.out()).contains("nothing was sent").contains("deepseek-v4-pro");
      assertThat(sent).isZero();
      assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
      assertThat(result.err()).contains("4 cells: 4 answered, 0 failed, 0 pending");
      assertThat(Files.readString(table()))
          .contains("broker.md,why,\"'=an answer")
          .contains("other.md,safe,");
      assertThat(again.err()).contains("$0.00 spent");
      assertThat(model.billed()).hasSize(4);
    }
  }

  @Test
  void aCollectionLargerThanTheWindowIsReadInSeveral() throws IOException {
    Path notes = Files.createDirectories(folder.resolve("corpus"));
    for (int i = 0; i < 4; i++) {
      String line = "Note of year %s tells of rain, wind and a quiet harbour.\n".formatted(i);
      String fact = "The code of station Alpha%s is %s.\n".formatted(i, 1000 + i);
      Files.writeString(notes.resolve("notes-%s.md".formatted(i)), line.repeat(220) + fact);
    }
    Files.writeString(
        folder.resolve("q.csv"), "id,question,type\ncodes,Which codes of stations?,list\n");
    var reader = new FakeReader(true, Duration.ZERO);
    String[] words = {"--per", "collection", "--budget", "13k", "--settle", "0"};
    String[] all = {"--per", "collection", "--budget", "13k", "--settle", "0", "--exhaustive"};
    try (var server = FakeDeepSeek.start(0, Duration.ZERO, reader)) {
      Shell.Result dry =
          run(server, Stream.concat(Stream.of(all), Stream.of("--dry-run")).toArray(String[]::new));
      int sent = reader.log().size();
      Shell.Result part = run(server, words);
      Shell.Result whole = run(server, folder.resolve("all.csv"), all);
      Shell.Result shared =
          run(
              server,
              Stream.concat(Stream.of(all), Stream.of("--kafka", "x:1")).toArray(String[]::new));

      assertThat(dry.out()).as(dry.err()).contains("deepseek-flash");
      assertThat(sent).isZero();
      assertThat(part.err())
          .contains("1 answer from a part of a unit that is larger than the window")
          .contains("--exhaustive reads all of it");
      assertThat(Files.readString(table())).containsPattern(",0\\.[0-9]{4}\r\n");
      assertThat(whole.code()).as(whole.err()).isEqualTo(ExitCode.OK);
      assertThat(whole.err()).contains("1 cell: 1 answered").doesNotContain("from a part");
      assertThat(Files.readString(folder.resolve("all.csv")))
          .contains("Alpha0 has 1000", "Alpha3 has 1003", "notes-3.md:")
          .contains(",1.0000\r\n");
      assertThat(shared.code()).isEqualTo(ExitCode.USAGE);
      assertThat(shared.err()).contains("--exhaustive with --kafka");
    }
  }

  @Test
  void whoeverComesToASharedBatchPaysForNothingThatIsThere() throws IOException {
    try (var server = FakeDeepSeek.start(0, Duration.ZERO, model)) {
      String[] shared = {"--kafka", TestBroker.address(), "--topics", "batch-command"};
      Path other = Files.createDirectory(folder.resolve("elsewhere")).resolve("table.csv");
      Shell.Result first = run(server, shared);
      Shell.Result second = run(server, other, shared);
      Shell.Result alone = run(server);

      assertThat(first.code()).as(first.err()).isEqualTo(ExitCode.OK);
      assertThat(second.code()).as(second.err()).isEqualTo(ExitCode.OK);
      assertThat(second.err()).contains("$0.00 spent by all workers meanwhile");
      assertThat(Files.readString(other)).isEqualTo(Files.readString(table()));
      assertThat(model.billed()).hasSize(4);
      assertThat(alone.err()).contains("go on with --kafka");
      assertThat(dropped(shared).err())
          .isEqualTo("deleted the topics of batch table; its table and ledger file stay\n");
      assertThat(dropped(shared).code()).isEqualTo(ExitCode.NO_INPUT);
      assertThat(dropped("--kafka", TestBroker.address(), "--topics", "never").code())
          .isEqualTo(ExitCode.NO_INPUT);
    }
  }

  @Test
  void aTableInAFolderThatIsNotThereIsRefusedBeforeAnythingIsSent() {
    try (var server = FakeDeepSeek.start(0, Duration.ZERO, model)) {
      Path table = folder.resolve("none/table.csv");

      Shell.Result result = run(server, table);

      assertThat(result.code()).isEqualTo(ExitCode.CANNOT_CREATE);
      assertThat(result.err())
          .isEqualTo(
              "brimful: cannot write \"%s\", its folder does not exist: name a file in a folder that exists and is yours\n"
                  .formatted(table));
      assertThat(folder.resolve("none")).doesNotExist();
      assertThat(model.log()).isEmpty();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aLedgerThatCannotBeMadeIsNotCalledDamaged() {
    try (var server = FakeDeepSeek.start(0, Duration.ZERO, model)) {
      // The ledger's name would be too long.
      Shell.Result result = run(server, folder.resolve("x".repeat(248) + ".csv"));

      assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.CANNOT_CREATE);
      assertThat(result.err())
          .contains("cannot keep the ledger ")
          .contains(": name a table in a folder that exists and is yours")
          .doesNotContain("damaged");
      assertThat(model.log()).isEmpty();
    }
  }

  private Shell.Result dropped(String... kafka) {
    return new Shell(folder.resolve("home"))
        .run(
            Stream.concat(Stream.of("batch", "drop", "table"), Stream.of(kafka))
                .toArray(String[]::new));
  }

  @Test
  void aNameToShareIsNothingWithoutABroker() {
    Shell.Result result =
        new Shell(folder.resolve("home"))
            .with("DEEPSEEK_API_KEY", "sk-secret-0123456789abcdef")
            .run(
                "batch",
                "--questions",
                folder.resolve("q.csv").toString(),
                folder.resolve("corpus").toString(),
                "--model",
                "deepseek-flash",
                "--share",
                "audit",
                "-o",
                table().toString());

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("--share without --kafka");
  }

  @Test
  void aBatchWhoseCellsAllFailIsNoSuccess() throws IOException {
    var babble =
        new FakeBatchModel(new FakeBatchModel.Faults(1, 0, 1, 0, 0, 0, Duration.ZERO, 200));
    try (var server = FakeDeepSeek.start(0, Duration.ZERO, babble)) {
      Shell.Result result = run(server, "--max-cost", "1");

      assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.NO_ANSWER);
      assertThat(result.err()).contains("all cells failed (4): see their causes in " + table());
      assertThat(Files.readString(table())).contains("failed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999", "Infinity", "5d", "0x5", "$", "1e3", ""})
  void aLimitIsAnAmount(String limit) throws IOException {
    try (var server = FakeDeepSeek.start(0, Duration.ZERO, model)) {
      Shell.Result result = run(server, "--max-cost", limit);

      assertThat(result.code()).isEqualTo(ExitCode.USAGE);
      assertThat(result.err()).contains("--max-cost " + limit + " is not an amount in USD");
      assertThat(server.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 8, 12, 16, 20, 28, 40})
  void goesOnWhenThereIsRoomAgain(int kilobytes) {
    try (var server = FakeDeepSeek.start(0, Duration.ZERO, model);
        SmallDisk disk = SmallDisk.at(folder.resolve("disk"))) {
      Path table = folder.resolve("disk/table.csv");
      disk.leave(kilobytes);

      Shell.Result full = run(server, table, "--max-cost", "1");
      disk.free();
      Shell.Result free = run(server, table, "--max-cost", "1", "--retry-failed");

      assertThat(full.code()).as(full.err()).isIn(ExitCode.IO, ExitCode.OK);
      assertThat(full.err()).doesNotContain("defect");
      assertThat(free.code()).as(free.err()).isEqualTo(ExitCode.OK);
      assertThat(free.err()).contains("4 cells: 4 answered, 0 failed, 0 pending");
    }
  }

  @Test
  void saysHowItStandsAndExportsIt() throws IOException {
    try (var server = FakeDeepSeek.start(0, Duration.ZERO, model)) {
      Shell.Result halted = run(server, "--max-cost", "0.000001");
      var shell = new Shell(folder.resolve("home"));
      Path lines = folder.resolve("table.jsonl");

      Shell.Result status = shell.run("batch", "status", table().toString());
      Shell.Result export =
          shell.run("batch", "export", table().toString(), "-o", lines.toString());

      assertThat(halted.code()).isEqualTo(ExitCode.TRY_LATER);
      assertThat(halted.err()).contains("4 cells left").contains("raise the limit");
      assertThat(status.out()).contains("4 cells: 0 answered, 0 failed, 4 pending");
      assertThat(export.code()).as(export.err()).isEqualTo(ExitCode.OK);
      assertThat(Files.readAllLines(lines)).hasSize(4);
      assertThat(model.log()).isEmpty();
    }
  }

  @Test
  void aWrongKeyStopsTheBatchAndLosesNoCell() {
    try (var server = FakeDeepSeek.start(0, Duration.ZERO, _ -> Script.error(401))) {
      Shell.Result result = run(server);

      assertThat(result.err())
          .contains("0 failed, 4 pending")
          .contains("rejects the key")
          .doesNotContain("0123456789abcdef");
    }
  }
}
