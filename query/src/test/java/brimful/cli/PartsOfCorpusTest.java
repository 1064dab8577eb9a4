package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.cli.option.FileList;
import brimful.cli.option.RepositoryName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Options and input that name a part of a corpus.
final class PartsOfCorpusTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    for (String file : List.of("src/Main.java", "src/deep/Other.java", "docs/a.md", "b.md")) {
      Path path = folder.resolve("corpus").resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "text of " + file + "\n");
    }
  }

  private Shell.Result pack(String... words) {
    var all = new java.util.ArrayList<>(List.of("pack", folder.resolve("corpus").toString()));
    all.addAll(List.of(words));
    return new Shell(folder.resolve("home")).run(all.toArray(String[]::new));
  }

  private static List<String> shown(Shell.Result result) {
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    return result.out().lines().filter(line -> line.startsWith("text of ")).toList();
  }

  @Test
  void includesFilesByPathOrByNameInAnyFolder() {
    assertThat(shown(pack("--include", "*.md")))
        .containsExactly("text of b.md", "text of docs/a.md");
    assertThat(shown(pack("--include", "src/*.java", "--include", "b.md")))
        .containsExactly("text of b.md", "text of src/Main.java");
  }

  @Test
  void bracesAreAlternatives() {
    assertThat(shown(pack("--include", "*.{md,none}"))).isEqualTo(shown(pack("--include", "*.md")));
    assertThat(shown(pack("--include", "{src,none}/**")))
        .isNotEmpty()
        .isEqualTo(shown(pack("--include", "src/**")));
    assertThat(shown(pack("--include", "{src/**,*.md}")))
        .isEqualTo(shown(pack("--include", "src/**,*.md")));
    assertThat(pack("--include", "*.{js,md").err())
        .isEqualTo(
            "brimful: --include \"**/*.{js,md\" has a brace without its other one: write it like *.{ts,tsx}, or ? for a brace in a name\n");
  }

  @Test
  void excludesFilesByPathOrByNameInAnyFolder() {
    assertThat(shown(pack("--exclude", "*.md,deep"))).containsExactly("text of src/Main.java");
    assertThat(shown(pack("--include", "src/**", "--exclude", "Other.java")))
        .containsExactly("text of src/Main.java");
  }

  @Test
  void saysThatNothingIsLeft() {
    Shell.Result result = pack("--exclude", "**");

    assertThat(result.code()).isEqualTo(ExitCode.NO_INPUT);
    assertThat(result.err())
        .containsPattern("--exclude \\*\\*/\\*\\* leaves no document of .*corpus");
  }

  @Test
  void standardInputMayListFiles() {
    // The tests run in the folder of their module.
    Shell.Result result =
        new Shell(folder.resolve("home"))
            .fed("pom.xml\n./src/main/java/brimful/cli/Main.java\ngone.txt\n", "pack", "-");

    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    assertThat(result.err())
        .contains(
            "standard input lists 3 files", "1 of 3 listed files are not read, such as gone.txt");
    assertThat(result.out())
        .contains("path=\"pom.xml\"", "path=\"src/main/java/brimful/cli/Main.java\"")
        .doesNotContain("Commands.java\"");
  }

  @Test
  void aListWhoseFirstFileIsGoneIsAListToo() {
    Shell.Result result = new Shell(folder.resolve("home")).fed("gone.txt\npom.xml", "pack", "-");

    assertThat(result.err())
        .contains("standard input lists 2 files", "1 of 2 listed files are not read");
    assertThat(result.out()).contains("path=\"pom.xml\"").doesNotContain("path=\"stdin\"");
  }

  @Test
  void aListOfWhichMostIsMissingIsReadAsTextAndSaysSo() {
    Shell.Result result =
        new Shell(folder.resolve("home")).fed("pom.xml\nno/one.txt\ntwo.txt", "pack", "-");

    assertThat(result.out()).contains("path=\"stdin\"", "no/one.txt");
    assertThat(result.err())
        .contains(
            "standard input is read as text: of its 3 lines, only 1 name a file here, and the first other is no/one.txt");
  }

  @Test
  void proseIsNeverTakenForAList() {
    for (String text :
        List.of(
            "pom.xml\nis where all begins, they say\nand so it does\n",
            "example.org\nis down.\nSo is the rest.\n",
            "and/or\nnot.\n")) {
      Shell.Result result = new Shell(folder.resolve("home")).fed(text, "pack", "-");

      assertThat(result.out()).contains("path=\"stdin\"");
      assertThat(result.err()).doesNotContain("standard input");
    }
    var endless = new ByteArrayInputStream("a.b\n".repeat(50_000).getBytes(StandardCharsets.UTF_8));
    assertThat(FileList.read(endless).input())
        .hasBinaryContent("a.b\n".repeat(50_000).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void messagesNameTheOption() {
    assertThat(pack("--include", "nothing/**").err())
        .startsWith("brimful: --include nothing/** matches no document of ");
    assertThat(pack("--scope", "nothing/**").err())
        .startsWith("brimful: --scope nothing/** matches no document of ");
    assertThat(pack("--exclude", " ,x").err())
        .startsWith("brimful: --exclude \"\": give a pattern of paths");
    assertThat(pack("--include", "x".repeat(1_200)).err())
        .startsWith("brimful: --include \"**/xxx");
  }

  @Test
  void anUnclosedBracketIsInvalidAndAClosedOneItself() throws IOException {
    Files.writeString(folder.resolve("corpus/[id].tsx"), "text of [id].tsx\n");

    assertThat(pack("--include", "src/[a").err())
        .isEqualTo(
            "brimful: --include \"src/[a\" has a [ without a ]: close it, or write ? for it\n");
    assertThat(pack("--exclude", "[ab]/[c*").code()).isEqualTo(ExitCode.USAGE);
    assertThat(shown(pack("--include", "[id].tsx"))).containsExactly("text of [id].tsx");
  }

  @Test
  void textOnStandardInputIsADocument() {
    Shell.Result result =
        new Shell(folder.resolve("home")).fed("The pom.xml is here.\npom.xml\n", "pack", "-");

    assertThat(result.out()).contains("The pom.xml is here.");
  }

  @Test
  void readsListsAsGitPrintsThem() throws IOException {
    assertThat(list("pom.xml\r\n\"src/\\303\\274 \\\"a\\\"\\tb.txt\"\n"))
        .contains(Set.of("pom.xml", "src/ü \"a\"\\x09b.txt"));
    assertThat(list("pom.xml\0src/main\0")).contains(Set.of("pom.xml", "src/main"));
    assertThat(list("pom.xml\nno such file\nnor this\n")).isEmpty();
    assertThat(list("")).isEmpty();
    assertThat(
            FileList.read(new ByteArrayInputStream("some text".getBytes(StandardCharsets.UTF_8)))
                .input())
        .hasContent("some text");
  }

  private static Optional<Set<String>> list(String text) {
    return FileList.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).ids();
  }

  @Test
  void knowsShortNamesOfRepositories() {
    assertThat(RepositoryName.address("apache/kafka")).isEqualTo("https://github.com/apache/kafka");
    assertThat(RepositoryName.address("apache/kafka@4.0"))
        .isEqualTo("https://github.com/apache/kafka@4.0");
    assertThat(RepositoryName.address("github:o/n.git")).isEqualTo("https://github.com/o/n");
    assertThat(RepositoryName.address("gitlab:a/b/c@main"))
        .isEqualTo("https://gitlab.com/a/b/c@main");
    for (String other :
        List.of("src/typo", "src/main", "/a/b", "a/b/c", "./a", "-/x", "a", "~/b")) {
      assertThat(RepositoryName.address(other)).isEqualTo(other);
    }
  }

  @Test
  void addsRulesOfOnesOwnToThePrompt() throws IOException {
    Path rules = Files.writeString(folder.resolve("rules.md"), "Answer in verse.\n");
    Path empty = Files.writeString(folder.resolve("empty.md"), "\n");

    Shell.Result result = pack("-q", "text of docs?", "--instructions", rules.toString());
    Shell.Result nothing = pack("--instructions", empty.toString());
    Shell.Result gone = pack("--instructions", folder.resolve("gone").toString());

    assertThat(result.out()).containsOnlyOnce("Answer in verse.\n");
    assertThat(result.out().indexOf("Answer in verse.")).isLessThan(result.out().indexOf("b.md"));
    assertThat(nothing.code()).isEqualTo(ExitCode.NO_DATA);
    assertThat(gone.code()).isEqualTo(ExitCode.NO_INPUT);
  }
}
