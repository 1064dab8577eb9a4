package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.cli.project.ProjectFile;
import brimful.cli.setup.Doctor;
import brimful.model.LocalRunners;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The settings that a project brings along.
final class ProjectFileTest {
  @TempDir private Path folder;
  private Path project;

  @BeforeEach
  void writeProject() throws Exception {
    // Files are found by their real paths.
    project = Files.createDirectories(folder.resolve("project")).toRealPath();
    Git.init().setDirectory(project.toFile()).call().close();
    for (String file : List.of("src/Main.java", "src/test/T.java", "docs/a.md", "b.md")) {
      write("project/" + file, "text of " + file + "\n");
    }
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void settings(String text) throws IOException {
    write("project/.brimful.yml", text);
  }

  private Shell.Result run(String... words) {
    return new Shell(folder.resolve("home")).run(words);
  }

  private static List<String> shown(Shell.Result result) {
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    return result.out().lines().filter(line -> line.startsWith("text of ")).toList();
  }

  private List<String> packed(String... words) {
    var all = new ArrayList<>(List.of("pack"));
    all.addAll(List.of(words));
    return shown(run(all.toArray(String[]::new)));
  }

  @Test
  void includesAndExcludesAsSeenFromTheFile() throws IOException {
    settings("include: [src/**, \"*.md\"]\nexclude: src/test\n");

    assertThat(packed(project.toString()))
        .containsExactly("text of b.md", "text of docs/a.md", "text of src/Main.java");
    assertThat(packed(project.resolve("src").toString())).containsExactly("text of src/Main.java");
    assertThat(packed(project.resolve("src/test/T.java").toString()))
        .as("a file that a person names")
        .containsExactly("text of src/test/T.java");
  }

  @Test
  void optionsWin() throws IOException {
    settings("include: [src/**]\nmodel: gpt-5\nbudget: 5k\n");

    Shell.Result own =
        run(
            "pack",
            project.toString(),
            "--include",
            "b.md",
            "--budget",
            "4k",
            "-m",
            "deepseek-flash");
    Shell.Result set = run("pack", project.toString());

    assertThat(shown(own)).containsExactly("text of b.md");
    assertThat(own.err()).contains("of 4,000 tokens").contains("exact by deepseek-v3");
    assertThat(shown(set)).containsExactly("text of src/Main.java", "text of src/test/T.java");
    assertThat(set.err()).contains("of 5,000 tokens").contains("exact by o200k_base");
  }

  @Test
  void theTreeOfTokensIsThatOfTheWindow() throws IOException {
    settings("include: [src/**]\nmodel: gpt-5\n");

    String tree = run("tokens", "--tree", project.toString()).out();
    Shell.Result window = run("pack", project.toString());

    assertThat(tree).contains("src/Main.java").doesNotContain("docs/a.md").doesNotContain("b.md");
    String total = tree.strip().split("\\s+", 2)[0];
    assertThat(window.err()).contains("holds     %s of %s tokens".formatted(total, total));
  }

  @Test
  void itIsNoDocumentUnlessItIsNamed() throws IOException {
    settings("# text of settings\nbudget: 5k\n");

    assertThat(run("pack", project.toString()).out()).doesNotContain("text of settings");
    assertThat(run("pack", project.resolve(".brimful.yml").toString()).out())
        .contains("text of settings");
  }

  @Test
  void whatTheCommandLineOverrulesIsNotSaidToBeSet() throws IOException {
    settings("include: [src/**]\nbudget: 5k\n");
    String file = project.resolve(".brimful.yml").toString();

    assertThat(run("pack", project.toString()).err()).contains(file + " sets include, budget\n");
    assertThat(run("pack", project.toString(), "--include", "b.md").err())
        .contains(file + " sets budget\n");
    assertThat(run("pack", project.toString(), "--scope", "b.md", "--budget", "4k").err())
        .doesNotContain(file + " sets");
    assertThat(run("pack", project.resolve("b.md").toString()).err())
        .as("patterns do not hold for a file that is named")
        .contains(file + " sets budget\n");
  }

  @Test
  void itsInstructionsReachThePromptAndAreNoDocument() throws IOException {
    settings("instructions: docs/rules.txt\n");
    write("project/docs/rules.txt", "Answer in rhymes.\n");

    String window = run("pack", project.resolve("docs").toString()).out();

    assertThat(window).containsOnlyOnce("Answer in rhymes.").doesNotContain("path=\"rules.txt\"");
  }

  @Test
  void theReceiptAndTheTerminalSayWhichFileWasUsed() throws IOException {
    settings("budget: 5k\nexclude: docs\n");
    String line = project.resolve(".brimful.yml") + " sets exclude, budget";

    Shell.Result result =
        run("pack", project.toString(), "--receipt", folder.resolve("r.json").toString());

    assertThat(result.err().lines()).contains(line, "note      " + line);
    assertThat(
            new ObjectMapper().readTree(folder.resolve("r.json").toFile()).path("notes").toString())
        .contains(line);
    assertThat(run("ask", project.toString(), "what is b?").err()).contains(line);
  }

  @Test
  void theNearestOneUpToTheTopOfTheRepositoryCounts() throws IOException {
    write(".brimful.yml", "budget: 1k\n");
    assertThat(run("pack", project.toString()).err()).doesNotContain(".brimful.yml");

    settings("budget: 5k\n");
    write("project/src/.brimful.yml", "budget: 6k\n");
    write("plain/deep/a.md", "text of a.md\n");
    write("plain/.brimful.yml", "budget: 7k\n");

    assertThat(run("pack", project.resolve("docs").toString()).err()).contains("of 5,000 tokens");
    assertThat(run("pack", project.resolve("src/test").toString()).err())
        .contains("of 6,000 tokens");
    assertThat(run("pack", folder.resolve("plain").toString()).err()).contains("of 7,000 tokens");
    assertThat(run("pack", folder.resolve("plain/deep").toString()).err())
        .as("outside of a repository, that of the folder itself")
        .doesNotContain(".brimful.yml");
    assertThat(run("pack", project.toString(), folder.resolve("plain").toString()).err())
        .contains("does not count: the PATHs are of several projects");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          base_url: http://evil.example     | has the key "base_url", which a project cannot set: allowed are include, exclude, model, budget, instructions, collections
          api_key.deepseek: x               | has the key "api_key.deepseek", which a project cannot set
          model: [a, b]                     | key model is "["a","b"]": give the name of a model
          model: 3                          | key model is "3": give the name of a model
          budget: lots                      | key budget is "lots": give a number of tokens like 8000, 128k or 1M, or auto
          budget: -5                        | key budget is "-5": give a number of tokens
          include: {a: b}                   | key include is "{"a":"b"}": give a list of patterns
          include: [1]                      | key include is "1": give a list of patterns of paths like src/** or "*.md"
          exclude: "src/[a"                 | key exclude: "src/[a" has a [ without a ]: close it, or write ? for it
          collections: [[x]]                | key collections is "["x"]": give a list of names of collections
          instructions: ../secret.txt       | key instructions is "../secret.txt": give a file in the project
          instructions: /etc/hostname       | key instructions is "/etc/hostname": give a file in the project
          instructions: link.txt            | key instructions is "link.txt": give a file in the project
          instructions: .git/config         | key instructions is ".git/config": give a file in the project
          instructions: nowhere.md          | key instructions is "nowhere.md": give a file in the project
          'model: "a'                       | line 1 is not valid YAML: correct it there
          '!!java.net.URL [http://x]'       | has no keys: write lines like model: deepseek-flash
          just words                        | has no keys: write lines like model: deepseek-flash
          """)
  void whatIsWrongGetsOneLineWithFileKeyAndWhatIsAllowed(String text, String line)
      throws IOException {
    write("secret.txt", "a secret\n");
    Files.createSymbolicLink(project.resolve("link.txt"), folder.resolve("secret.txt"));
    settings(text + "\n");

    Shell.Result result = run("pack", project.toString());

    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.CONFIG);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("brimful: %s %s".formatted(project.resolve(".brimful.yml"), line));
    assertThat(result.err().lines()).hasSize(1);
  }

  @Test
  void aKeyTwiceAndALinkAreRefused() throws IOException {
    settings("budget: 5k\nbudget: 6k\n");
    assertThat(run("pack", project.toString()).err())
        .contains("line 2 has a key for the second time: leave one out");

    Files.delete(project.resolve(".brimful.yml"));
    write("secret.txt", "password: hunter2\n");
    Files.createSymbolicLink(project.resolve(".brimful.yml"), folder.resolve("secret.txt"));
    assertThat(run("pack", project.toString()).err())
        .contains(".brimful.yml is no file of its own")
        .doesNotContain("password");
  }

  @Test
  void anUnknownModelIsBlamedOnTheFile() throws IOException {
    settings("model: gpt-none\n");

    Shell.Result result = run("pack", project.toString());

    assertThat(result.code()).isEqualTo(ExitCode.CONFIG);
    assertThat(result.err()).contains("(model in %s)".formatted(project.resolve(".brimful.yml")));
  }

  @Test
  void patternsThatLeaveNothingNameTheFile() throws IOException {
    settings("include: nothing/**\n");

    assertThat(run("pack", project.toString()).err())
        .contains(
            "include in %s: nothing/** matches no document"
                .formatted(project.resolve(".brimful.yml")));
  }

  @Test
  void itsCollectionsAreReadOnlyIfAPersonSaysSo() throws IOException {
    settings("collections: [handbook]\n");

    Shell.Result without = run("pack", project.toString());
    Shell.Result with = run("pack", project.toString(), "--with-collections");

    assertThat(shown(without)).hasSize(4);
    assertThat(without.err())
        .contains(
            "names the collection handbook, not read: add --with-collections to read them, too");
    assertThat(with.code()).isNotEqualTo(ExitCode.OK);
    assertThat(with.err()).contains("handbook");
    settings("budget: 9k\n");
    assertThat(run("pack", project.toString(), "--with-collections").err())
        .contains("--with-collections: no .brimful.yml here names collections");
  }

  @Test
  void initWritesOneThatSetsNothingAndNeverOverwrites() throws IOException {
    Shell.Result first = run("init", project.toString());
    String written = Files.readString(project.resolve(ProjectFile.NAME));
    Shell.Result second = run("init", project.toString());

    assertThat(first.code()).as(first.err()).isEqualTo(ExitCode.OK);
    assertThat(run("pack", project.toString()).err())
        .containsOnlyOnce(".brimful.yml sets nothing")
        .doesNotContain("note ");
    assertThat(second.code()).isEqualTo(ExitCode.of(brimful.corpus.UserError.Kind.CONFLICT));
    assertThat(second.err())
        .isEqualTo(
            "brimful: %s is there already: edit it, or remove it first\n"
                .formatted(project.resolve(ProjectFile.NAME)));
    assertThat(Files.readString(project.resolve(ProjectFile.NAME))).isEqualTo(written);
    assertThat(run("init", folder.resolve("none").toString()).err()).contains("create it first");
    // With the comments taken off, every setting is one that is understood.
    write("project/docs/answers.md", "Be brief.\n");
    settings(written.replaceAll("(?m)^# (?=[a-z]+: )", ""));
    assertThat(run("pack", project.toString()).err())
        .contains("sets include, exclude, model, budget, instructions, collections");
  }

  @Test
  void doctorSaysWhichFileIsUsed() throws IOException {
    assertThat(finding()).contains("no .brimful.yml here or above: brimful init writes one");
    settings("budget: 5k\n");
    assertThat(finding()).contains(project.resolve(".brimful.yml") + " sets budget");
    settings("nonsense: 5k\n");
    assertThat(finding()).contains("WRONG").contains("has the key \"nonsense\"");
  }

  private String finding() {
    return new Doctor(Map.of(), new LocalRunners(), project.resolve("src"))
        .findings().stream()
            .filter(finding -> finding.what().equals("Project"))
            .findFirst()
            .orElseThrow()
            .toString();
  }
}
