package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.token.Tokenizers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackCommandTest {
  private static final int FILES = 40;

  @TempDir Path folder;

  @BeforeEach
  void writeCorpus() throws IOException {
    Path sources = Files.createDirectories(corpus().resolve("src"));
    for (int i = 0; i < FILES; i++) {
      var text = new StringBuilder("class Part%s {\n".formatted(i));
      for (int line = 0; line < 60; line++) {
        text.append("  int value%s_%s() { return %s; }\n".formatted(i, line, line * i));
      }
      Files.writeString(sources.resolve("Part%s.java".formatted(i)), text + "}\n");
    }
    Files.writeString(
        corpus().resolve("README.md"), "# Rebalancing\n\nThe broker rebalances at noon.\n");
    Files.writeString(corpus().resolve("yarn.lock"), "lock\n");
    Files.write(corpus().resolve("junk.bin"), new byte[] {0, 1, 2, 3});
  }

  private Path corpus() {
    return folder.resolve("corpus");
  }

  private Shell.Result run(String... words) {
    return new Shell(folder.resolve("home")).run(words);
  }

  private JsonNode receipt(String... words) throws IOException {
    Path file = folder.resolve("receipt.json");
    String[] all = new String[words.length + 5];
    all[0] = "pack";
    all[1] = corpus().toString();
    System.arraycopy(words, 0, all, 2, words.length);
    all[all.length - 3] = "-o";
    all[all.length - 2] = folder.resolve("window").toString();
    all[all.length - 1] = "--receipt=" + file;

    Shell.Result result = run(all);

    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    return new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void theReceiptHoldsWhatTheWindowHolds() throws IOException {
    JsonNode receipt = receipt();

    String window = Files.readString(folder.resolve("window"));
    assertThat(receipt.path("prompt_tokens").intValue())
        .isEqualTo(Tokenizers.named("deepseek-v3").count(window));
    assertThat(receipt.path("exact").booleanValue()).isTrue();
    assertThat(receipt.path("budget_tokens").intValue()).isGreaterThan(900_000);
    assertThat(receipt.path("documents")).hasSize(FILES + 1);
    assertThat(receipt.path("coverage").toString())
        .isEqualTo(
            """
            {"found":43,"indexed":41,"truncated":0,"skipped":2,"encrypted":0,"failed":0,\
            "members":{"found":0,"indexed":0,"truncated":0,"skipped":0,"encrypted":0,"failed":0},"gaps":[]}\
            """);
    assertThat(receipt.path("left_out").toString())
        .contains("{\"id\":\"junk.bin\",\"reason\":\"skipped: binary\"}")
        .contains("{\"id\":\"yarn.lock\",\"reason\":\"skipped: lock\"}");
  }

  @Test
  void aLongQuestionIsRefusedBeforeAnythingIsRead() {
    Shell.Result result =
        new Shell(folder.resolve("home"))
            .fed("x".repeat(200_001), "pack", folder.resolve("nowhere").toString(), "-q", "-");

    assertThat(result.code()).isNotEqualTo(ExitCode.OK);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("the question has more than 200,000 characters")
        .doesNotContain("nowhere");
  }

  @Test
  void aSmallBudgetIsFilledToTheBrimAndNeverOverfilled() throws IOException {
    JsonNode receipt = receipt("-q", "when does the broker rebalance?", "--budget", "8k");

    assertThat(receipt.path("prompt_tokens").intValue()).isBetween(7_960, 8_000);
    assertThat(Files.readString(folder.resolve("window")))
        .contains("The broker rebalances at noon.");
    assertThat(receipt.path("left_out").toString()).contains("budget");
  }

  @Test
  void aLiftedRuleLetsItsFilesIn() throws IOException {
    JsonNode receipt = receipt("--keep", "lock");

    assertThat(receipt.path("coverage").path("indexed").intValue()).isEqualTo(FILES + 2);
  }

  @Test
  void estimatesAreMarked() throws IOException {
    JsonNode receipt = receipt("--model", "claude-opus-5-5");

    assertThat(receipt.path("exact").booleanValue()).isFalse();
    assertThat(receipt.path("estimated").booleanValue()).isTrue();
  }

  @Test
  void everyFormatAddsUp() throws IOException {
    for (String format : new String[] {"xml", "markdown", "json"}) {
      JsonNode receipt = receipt("-q", "rebalance", "--budget", "6k", "--format", format);

      assertThat(receipt.path("prompt_tokens").intValue())
          .as(format)
          .isBetween(5_900, 6_000)
          .isEqualTo(
              Tokenizers.named("deepseek-v3").count(Files.readString(folder.resolve("window"))));
    }
  }

  @Test
  void badInputGetsOneLineAndItsCode() {
    record Case(ExitCode code, String line, List<String> words) {
      Case(ExitCode code, String line, String... words) {
        this(code, line, List.of(words));
      }
    }
    String path = corpus().toString();
    List<Case> cases =
        List.of(
            new Case(ExitCode.NO_INPUT, "no file or folder", "pack", path + "/nowhere"),
            new Case(
                ExitCode.USAGE, "mean deepseek-flash", "pack", path, "--model", "deepseek-flsh"),
            new Case(ExitCode.USAGE, "give at least", "pack", path, "--budget", "10"),
            new Case(ExitCode.USAGE, "write it like 8000", "pack", path, "--budget", "lots"),
            new Case(ExitCode.USAGE, "did you mean --budget?", "pack", path, "--budge=10"),
            new Case(ExitCode.USAGE, "name one of", "pack", path, "--keep", "nonsense"),
            new Case(ExitCode.USAGE, "say xml, markdown or json", "pack", path, "--format", "pdf"),
            new Case(ExitCode.USAGE, "no PATH", "pack"),
            new Case(ExitCode.USAGE, "unknown command", "puck", path),
            new Case(
                ExitCode.CANNOT_CREATE, "cannot write", "pack", path, "-o", path + "/no/where"));
    for (Case one : cases) {
      Shell.Result result = run(one.words().toArray(String[]::new));

      assertThat(result.code()).as(result.err()).isEqualTo(one.code());
      assertThat(result.err()).contains(one.line());
      assertThat(result.err().lines().filter(line -> line.startsWith("brimful: "))).hasSize(1);
    }
  }

  @Test
  void aWindowWithoutAnyDocumentSaysSo() {
    Shell shell = new Shell(folder.resolve("home"));
    String few = shell.run("pack", corpus().toString(), "--budget", "10").err();
    String least = few.strip().replaceFirst(".*give at least ", "").replace(",", "");

    Shell.Result result = shell.run("pack", corpus().toString(), "--budget", least);

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.err())
        .contains("note      the window holds no document: instructions and question take " + least)
        .contains("raise the budget");
  }

  @Test
  void anEmptyFolderSaysSo() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));

    Shell.Result result = run("pack", empty.toString());

    assertThat(result.code()).isEqualTo(ExitCode.NO_DATA);
    assertThat(result.err()).contains("no files in");
  }

  @Test
  void severalPathsAreOneCorpus() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("note.txt"), "a note\n");

    Shell.Result result = run("pack", other.toString(), corpus().resolve("README.md").toString());

    assertThat(result.out()).contains("path=\"other/note.txt\"").contains("corpus/README.md");
  }

  @Test
  void sameInputSameBytes() {
    String[] words = {"pack", corpus().toString(), "-q", "rebalance", "--budget", "9k"};

    String first = run(words).out();
    String again = run(words).out();
    String elsewhere = new Shell(folder.resolve("home2")).run(words).out();

    assertThat(again).isEqualTo(first);
    assertThat(elsewhere).isEqualTo(first);
  }

  @Test
  void aScopePacksAPart() throws IOException {
    receipt("--scope", "*.md");

    assertThat(Files.readString(folder.resolve("window")))
        .contains("The broker rebalances at noon.")
        .doesNotContain("class Part0");
  }

  @Test
  void aScopeWithoutADocumentIsSaid() {
    Shell.Result result = run("pack", corpus().toString(), "--scope", "none/**");

    assertThat(result.code()).isNotEqualTo(ExitCode.OK);
    assertThat(result.err()).contains("scope none/** matches no document of");
  }
}
