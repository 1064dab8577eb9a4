package brimful.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.Shell;
import brimful.cli.command.ExitCode;
import brimful.cli.kafka.WorkerCommand;
import brimful.testing.FakeBatchModel;
import brimful.testing.FakeDeepSeek;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a command line's paths come to: `-`, `~`, what is named twice, and what we wrote ourselves.
final class LocationsTest {
  @TempDir Path folder;

  @BeforeEach
  void writeCorpus() throws IOException {
    Files.createDirectories(corpus().resolve("src"));
    Files.writeString(corpus().resolve("a.md"), "# Broker\n\nThe broker rebalances at noon.\n");
    Files.writeString(corpus().resolve("src/B.java"), "class B {}\n");
  }

  private Path corpus() {
    return folder.resolve("corpus");
  }

  private Shell shell() {
    return new Shell(folder.resolve("home")).with("HOME", folder.toString());
  }

  /// Packs and returns the ids of what is in the window, and of what is not with the reason.
  private List<String> packed(Shell shell, String... words) throws IOException {
    Path receipt = Files.createTempDirectory(folder, "receipt").resolve("r.json");
    var all = new ArrayList<String>(List.of("pack"));
    all.addAll(List.of(words));
    if (!all.contains("-o")) {
      all.addAll(List.of("-o", receipt.resolveSibling("window").toString()));
    }
    if (!all.contains("--receipt")) {
      all.addAll(List.of("--receipt", receipt.toString()));
    } else {
      receipt = Path.of(all.get(all.indexOf("--receipt") + 1));
    }
    Shell.Result result = shell.run(all.toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    JsonNode json = new ObjectMapper().readTree(receipt.toFile());
    var ids = new ArrayList<String>();
    json.path("documents").forEach(document -> ids.add(document.path("id").asText()));
    json.path("left_out")
        .forEach(left -> ids.add(left.path("id").asText() + " " + left.path("reason").asText()));
    return ids.stream().sorted().toList();
  }

  @Test
  void aFolderNamedTwiceIsOne() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), corpus());

    assertThat(packed(shell(), corpus().toString(), corpus() + "/", link.toString()))
        .containsExactly("a.md", "src/B.java");
  }

  @Test
  void whatLiesInAnotherFolderIsReadOnce() throws IOException {
    String file = corpus().resolve("a.md").toString();
    String sub = corpus().resolve("src").toString();

    assertThat(packed(shell(), corpus().toString(), sub, file))
        .containsExactly("corpus/a.md", "corpus/src/B.java");
    assertThat(packed(shell(), file, sub, corpus().toString()))
        .containsExactly("corpus/a.md", "corpus/src/B.java");
  }

  @Test
  void whatTheOuterFolderLeavesOutIsReadWhereItIsNamed() throws IOException {
    Files.writeString(corpus().resolve(".gitignore"), "src/\n");

    assertThat(packed(shell(), corpus().toString(), corpus().resolve("src").toString()))
        .containsExactly(
            "corpus/.gitignore", "corpus/a.md", "corpus/src skipped: gitignore", "src/B.java");
  }

  @Test
  void filesAreCalledByThePathsUnderWhichTheyAreFound() throws IOException {
    String main = "src/main/java/brimful/cli/Main.java";
    String absolute = Path.of("").toAbsolutePath().resolve(main).toString();

    assertThat(packed(shell(), main)).containsExactly(main);
    assertThat(packed(shell(), main, "pom.xml")).containsExactly("pom.xml", main);
    assertThat(packed(shell(), absolute, "pom.xml")).containsExactly("pom.xml", main);
    assertThat(
            packed(
                shell(), corpus().resolve("a.md").toString(), corpus().resolve("src").toString()))
        .containsExactly("a.md", "src/B.java");
    assertThat(shell().run("ask", main, "who turns errors into one line?", "--budget", "3k").out())
        .contains(main + ":");
    assertThat(shell().run("tokens", "--tree", main, "pom.xml").out())
        .contains(main)
        .doesNotContain("pom.xml/pom.xml");
  }

  @Test
  void aFileThatItsFolderSkipsIsReadWhereItIsNamed() throws IOException {
    Path lock = Files.writeString(corpus().resolve("yarn.lock"), "lock\n");

    assertThat(packed(shell(), corpus().toString(), lock.toString()))
        .containsExactly("corpus/a.md", "corpus/src/B.java", "corpus/yarn.lock");
  }

  @Test
  void aFolderWhoseNameEndsInAnExclamationMarkIsNoArchive() throws IOException {
    Path odd = Files.createDirectories(folder.resolve("wow!"));
    Files.writeString(odd.resolve("c.md"), "Noon.\n");

    assertThat(packed(shell(), odd.toString(), corpus().resolve("src").toString()))
        .containsExactly("src/B.java", "wow\\x21/c.md");
  }

  @Test
  void ourOwnOutputIsNeverASource() throws IOException {
    for (int run = 0; run < 3; run++) {
      assertThat(
              packed(
                  shell(),
                  corpus().toString(),
                  "-o",
                  corpus().resolve("out.txt").toString(),
                  "--receipt",
                  corpus().resolve("r.json").toString()))
          .filteredOn(id -> !id.endsWith(" skipped: own output"))
          .containsExactly("a.md", "src/B.java");
    }
    assertThat(packed(shell(), corpus().toString()))
        .containsExactly(
            "a.md", "out.txt skipped: own output", "r.json skipped: own output", "src/B.java");
  }

  @ParameterizedTest
  @ValueSource(strings = {"xml", "markdown", "json"})
  void ourOwnOutputIsKnownElsewhereByHowItBegins(String format) throws IOException {
    Shell.Result window = shell().run("pack", corpus().toString(), "--format", format);
    Files.writeString(corpus().resolve("moved"), window.out());
    var elsewhere = new Shell(folder.resolve("another-home"));

    assertThat(packed(elsewhere, corpus().toString())).contains("moved skipped: own output");
    assertThat(packed(elsewhere, corpus().resolve("moved").toString())).containsExactly("moved");
  }

  @Test
  void anExclamationMarkTakesOurOwnOutputBack() throws IOException {
    String out = corpus().resolve("out.xml").toString();
    String receipt = corpus().resolve("r.json").toString();
    packed(shell(), corpus().toString(), "-o", out, "--receipt", receipt);
    Files.writeString(corpus().resolve(".brimfulignore"), "!out.xml\n");

    assertThat(packed(shell(), corpus().toString()))
        .contains("out.xml", "r.json skipped: own output");
  }

  @Test
  void whatAPersonPutsInThePlaceOfOurOutputIsRead() throws IOException {
    Path notes = corpus().resolve("notes.md");
    packed(shell(), corpus().toString(), "-o", notes.toString());
    Files.writeString(notes, "My own words.\n");

    assertThat(packed(shell(), corpus().toString())).contains("notes.md");
  }

  @Test
  void ourOwnFoldersAreNoSource() throws IOException {
    var shell = new Shell(corpus().resolve(".brimful"));
    packed(shell, corpus().toString());

    assertThat(packed(shell, corpus().toString()))
        .containsExactly(".brimful skipped: own output", "a.md", "src/B.java");
  }

  @Test
  void aBatchReadsNeitherItsQuestionsNorItsTable() throws IOException {
    Path questions = corpus().resolve("q.csv");
    Files.writeString(questions, "id,question\nwhen,When does it rebalance?\n");
    Path table = corpus().resolve("table.csv");
    var model = new FakeBatchModel(FakeBatchModel.Faults.NONE);
    try (var server = FakeDeepSeek.start(0, Duration.ZERO, model)) {
      for (int run = 0; run < 2; run++) {
        Shell.Result result =
            shell()
                .with("DEEPSEEK_API_KEY", "sk-secret-0123456789abcdef")
                .run(
                    "batch",
                    "--questions",
                    questions.toString(),
                    corpus().toString(),
                    "--model",
                    "deepseek-flash",
                    "--base-url",
                    server.baseUrl(),
                    "-o",
                    table.toString());

        assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
        assertThat(result.err()).contains("2 cells: 2 answered");
      }
    }
    assertThat(packed(shell(), corpus().toString()))
        .contains(
            "q.csv skipped: own output",
            "table.csv skipped: own output",
            "table.csv.ledger skipped: own output");
  }

  @Test
  void standardInputIsADocument() {
    Shell.Result result =
        shell().fed("diff --git a/x b/x\n+noon\n", "ask", "-", "what of noon?", "--budget", "3k");

    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    assertThat(result.out()).contains("stdin.diff:1");
  }

  @Test
  void standardInputIsTheQuestion() {
    Shell.Result result =
        shell().fed("when is noon?\n", "ask", corpus().toString(), "-", "--budget", "3k");

    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    assertThat(result.out()).contains("a.md:");
  }

  @Test
  void standardInputIsNotBoth() {
    for (List<String> words :
        List.of(List.of("ask", "-", "-"), List.of("pack", "/dev/stdin", "-q", "-"))) {
      Shell.Result result = shell().fed("x", words.toArray(String[]::new));

      assertThat(result.code()).isEqualTo(ExitCode.USAGE);
      assertThat(result.err()).contains("standard input cannot be a document and the question");
    }
  }

  @Test
  void whatHasNoTextIsSaidWithItsCause() throws IOException {
    Path odd = Files.createDirectories(folder.resolve("odd"));
    Path empty = Files.writeString(odd.resolve("empty.txt"), "");
    Files.write(odd.resolve("some.bin"), new byte[] {0, 1, 2, 3});

    assertThat(shell().run("pack", empty.toString()).err())
        .isEqualTo(
            "brimful: no text in %s, 1 file: empty: name files that hold text\n".formatted(empty));
    assertThat(shell().run("pack", odd.toString()).err())
        .isEqualTo(
            "brimful: no text in %s, 2 files: 1 binary, 1 empty: name files that hold text\n"
                .formatted(odd));
    assertThat(shell().fed("", "pack", "-").err())
        .isEqualTo(
            "brimful: no text in standard input, 1 file: empty: name files that hold text\n");
    Files.writeString(odd.resolve("yarn.lock"), "lock");
    assertThat(shell().run("pack", odd.toString()).err()).contains("lift one with --keep RULE");
  }

  @Test
  void aListThatNamesNothingHereIsATextAndSaysSo() {
    assertThat(shell().fed("src/main\nsrc/test\n", "pack", "-").err())
        .contains(
            "standard input is read as text: of its 2 lines, none names a file here, and 2 a folder: name folders as PATHs\n");
    assertThat(shell().fed("no/one.txt\nno/two.txt\n", "pack", "-").err())
        .contains("of its 2 lines, none names a file here; if it is a list of files, run this in");
    assertThat(shell().fed("example.com\n", "pack", "-").err()).doesNotContain("read as text");
    assertThat(shell().fed("One line.\nAnd another.\n", "pack", "-").err())
        .doesNotContain("read as text");
  }

  @Test
  void aListOfFilesElsewhereSaysHowToReadThem() throws IOException {
    String file = corpus().resolve("a.md").toString();

    assertThat(shell().fed(file + "\n", "pack", "-").err())
        .contains(
            "the list of files on standard input names no document of .: list files of this folder that rules do not leave out, or name those as PATHs");
  }

  @Test
  void aNamedPipeIsReadOnce() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    var writer =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                Files.writeString(pipe, "hello from a pipe\n");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    Shell.Result result = shell().run("pack", pipe.toString());
    writer.join();

    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    assertThat(result.out()).contains("<document path=\"pipe\">").contains("hello from a pipe");
  }

  @Test
  void theHomeFolderIsPutInWhereNoShellDoes() throws IOException {
    assertThat(packed(shell(), "~/corpus", "-o", "~/out.xml"))
        .containsExactly("a.md", "src/B.java");
    assertThat(folder.resolve("out.xml")).exists();
    assertThat(packed(shell().with("BRIMFUL_HOME", "~/hidden"), "~/corpus")).hasSize(2);
    assertThat(folder.resolve("hidden/index")).exists();
  }

  @Test
  void theHomeFolderIsPutIntoEachPathOfAList() {
    var arguments =
        Arguments.parse(
            "worker",
            new WorkerCommand(new Terminal(System.in, System.out, System.err, Map.of())).options(),
            List.of("--roots", "~/src,~/documents", "--roots=~"),
            Map.of("HOME", "/home/me"));

    assertThat(arguments.paths("roots"))
        .containsExactly(
            Path.of("/home/me/src"), Path.of("/home/me/documents"), Path.of("/home/me"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ask . when --budget 3k --budget=4k | --budget is given twice: 3k, 4k",
        "pack . -o a --output b | --output is given twice: a, b",
        "ask . when --json --json | --json is given twice",
        "ask corpus . | . is here, and no question stands behind it"
      })
  void whatIsAmbiguousIsRefused(String line, String message) {
    Shell.Result result = shell().run(line.split(" "));

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains(message);
  }

  @Test
  void listsMayBeGivenInParts() throws IOException {
    Files.writeString(corpus().resolve("yarn.lock"), "lock\n");
    Files.writeString(corpus().resolve("a_pb2.py"), "x = 1\n");

    assertThat(packed(shell(), corpus().toString(), "--keep", "lock", "--keep", "generated"))
        .contains("yarn.lock", "a_pb2.py");
  }
}
