package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import brimful.token.Tokenizers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A diff and a log in front of the window.
final class HistoryOptionsTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeRepository() throws Exception {
    try (Git git = Git.init().setDirectory(work().toFile()).setInitialBranch("main").call()) {
      for (int i = 0; i < 30; i++) {
        write(String.format(Locale.ROOT, "src/Part%02d.java", i), lines(i));
      }
      write("README.md", "# Broker\n\nThe broker rebalances at noon.\n");
      write("yarn.lock", "lock 1\n");
      write("private/notes.md", "between us\n");
      write(".brimfulignore", "private/\n");
      write("gone/Old.java", "class Old {}\n");
      commit(git, "First");
      write("README.md", "# Broker\n\nThe broker rebalances at one.\n");
      commit(git, "Rebalance later");
    }
    write("src/Part27.java", lines(27).replace("value27_30()", "renamed()"));
    write("README.md", "# Broker\n\nThe broker rebalances at two.\n");
    write("yarn.lock", "lock 2\n");
    write("private/notes.md", "between the two of us\n");
    Files.delete(work().resolve("gone/Old.java"));
    write("untracked.md", "nobody added this\n");
  }

  private static String lines(int part) {
    return IntStream.range(0, 60)
        .mapToObj(line -> "  int value%s_%s() { return %s; }\n".formatted(part, line, line * part))
        .collect(Collectors.joining("", "class Part%s {\n".formatted(part), "}\n"));
  }

  private Path work() {
    return folder.resolve("work");
  }

  private void write(String path, String text) throws IOException {
    Path file = work().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void commit(Git git, String message) throws Exception {
    git.add().addFilepattern(".").call();
    git.commit().setMessage(message).setAuthor("Ada", "a@example.org").setSign(false).call();
  }

  private Shell shell() {
    return new Shell(folder.resolve("home"));
  }

  private Shell.Result pack(String... words) {
    var all = new ArrayList<>(List.of("pack", work().toString(), "--receipt"));
    all.add(folder.resolve("receipt.json").toString());
    all.addAll(List.of(words));
    Shell.Result result = shell().run(all.toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    return result;
  }

  private JsonNode receipt() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("receipt.json").toFile());
  }

  private static List<String> values(JsonNode array, String field) {
    return array.findValuesAsText(field).stream().distinct().toList();
  }

  @Test
  void theDiffStandsInFrontOfTheFilesAroundIt() throws IOException {
    Shell.Result result = pack("--diff", "--budget", "4k");

    List<String> documents = values(receipt().path("documents"), "id");
    assertThat(documents)
        .startsWith("git-diff/README.md", "git-diff/gone/Old.java", "git-diff/src/Part27.java")
        .contains("README.md", "src/Part27.java")
        .doesNotContain("git-diff/untracked.md");
    assertThat(result.out())
        .contains("title=\"changes since HEAD\"")
        .contains("-  int value27_30() { return 810; }\n+  int renamed() { return 810; }\n");
    assertThat(receipt().path("prompt_tokens").intValue())
        .isLessThanOrEqualTo(4_000)
        .isEqualTo(Tokenizers.named("deepseek-v3").count(result.out()));
  }

  @Test
  void whatRulesLeaveOutOfTheCorpusIsLeftOutOfTheDiff() {
    Shell.Result result = pack("--diff");

    assertThat(result.out()).doesNotContain("lock 2").doesNotContain("the two of us");
    assertThat(result.err())
        .contains("diff: 2 changed files not shown, such as private/notes.md: rules or patterns");
    assertThat(pack("--diff", "--include", "*.md", "--exclude", "gone").out())
        .contains("git-diff/README.md")
        .doesNotContain("git-diff/src/Part27.java")
        .doesNotContain("git-diff/gone/Old.java");
  }

  @Test
  void aDiffLargerThanItsShareIsCutBetweenHunksAndTheReceiptSaysSo() throws IOException {
    for (int i = 0; i < 30; i++) {
      write(
          String.format(Locale.ROOT, "src/Part%02d.java", i),
          lines(i).replace("_30()", "_x()").replace("_3()", "_y()"));
    }

    Shell.Result result = pack("--diff", "--budget", "4k");

    assertThat(receipt().path("prompt_tokens").intValue()).isBetween(3_900, 4_000);
    assertThat(receipt().path("left_out").toString())
        .contains("over the diff's share of 2,000 tokens: ")
        .contains("of 2 hunks");
    assertThat(receipt().path("notes").toString())
        .contains("; the rest is over its share of 2,000 tokens");
    assertThat(result.err()).containsPattern("note +diff: \\d+ of 62 hunks in 32 documents");
    long heads = result.out().lines().filter(line -> line.startsWith("@@ ")).count();
    assertThat(result.err()).contains("diff: %s of 62 hunks".formatted(heads));
  }

  @Test
  void theLogListsTheLastCommits() {
    Shell.Result result = pack("--log", "1");

    assertThat(result.out())
        .contains("<document path=\"git-log\" title=\"the last 1 commit\">")
        .containsPattern("[0-9a-f]{10} \\d{4}-\\d\\d-\\d\\d Ada: Rebalance later\n  M README.md\n")
        .doesNotContain(": First\n");
    assertThat(pack("--log", "9", "--diff=main~1").out())
        .contains(": First\n")
        .contains("title=\"changes since main~1\"")
        .contains("-The broker rebalances at noon.\n+The broker rebalances at two.");
  }

  @Test
  void theRevisionMayBeLeftOutInFrontOfPathsAndQuestions() {
    String path = work().toString();
    for (List<String> words :
        List.of(
            List.of("ask", "--diff", path, "what changed?"),
            List.of("ask", path, "--diff", "what changed here"),
            List.of("ask", "--diff", "HEAD", path, "what changed?"),
            List.of("ask", path, "what changed?", "--diff", "main"))) {
      Shell.Result result = shell().run(words.toArray(String[]::new));

      assertThat(result.code()).as("%s: %s", words, result.err()).isEqualTo(ExitCode.OK);
      assertThat(result.err()).contains("diff: 3 of 3 hunks in 3 documents");
    }
  }

  @Test
  void aModelReadsTheDiffFirst() throws Exception {
    try (var fake = FakeDeepSeek.start(Script.answer("It is later now [git-diff/README.md:5]."))) {
      Shell.Result result =
          shell()
              .with("DEEPSEEK_API_KEY", "key")
              .run(
                  "ask",
                  work().toString(),
                  "what changed?",
                  "--diff",
                  "--model",
                  "deepseek-flash",
                  "--base-url",
                  fake.baseUrl());

      assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
      assertThat(fake.requests().getLast().toString())
          .containsSubsequence("git-diff/README.md", "+The broker rebalances at two.", "# Broker");
      assertThat(result.err()).contains("diff: 3 of 3 hunks");
    }
  }

  @Test
  void secretsInADiffAreMaskedEvenOverSeveralLines() throws IOException {
    String body = "MIIEowIBAAKCAQEAx7Jq0YkUe3M2x1v9q8sV7yZtq0Qm3b4c5d6e7f8g9h0i1j2k";
    write(
        "README.md",
        "-----BEGIN RSA PRIVATE KEY-----\n%s\n%s\n-----END RSA PRIVATE KEY-----\n"
            .formatted(body, body));

    Shell.Result masked = pack("--diff");

    assertThat(masked.out()).doesNotContain("MIIEow").contains("+[secret: private-key]");
    assertThat(masked.err()).contains("diff and log: 1 secret masked");
    assertThat(pack("--diff", "--allow-secrets").out()).contains("+" + body);
  }

  @Test
  void severalPathsHaveADiffEach() throws Exception {
    Path other = folder.resolve("other");
    try (Git git = Git.init().setDirectory(other.toFile()).call()) {
      Files.writeString(other.resolve("a.md"), "one\n");
      commit(git, "One");
    }
    Files.writeString(other.resolve("a.md"), "two\n");

    Shell.Result result =
        shell().run("pack", work().toString(), other.toString(), "--diff", "--log", "1");

    assertThat(result.out())
        .contains("git-diff/other/a.md", "git-diff/work/README.md", "git-log/other/git-log");
  }

  @Test
  void aPullRequestsAddressPacksItsTreeAndItsChanges() throws Exception {
    Path bare = folder.resolve("bare.git");
    try (Git git = Git.open(work().toFile())) {
      git.checkout().setCreateBranch(true).setName("topic").call();
      git.add().setUpdate(true).addFilepattern(".").call();
      commit(git, "Propose");
      git.push().setRemote(bare(bare)).add("main").add("topic:refs/pull/7/head").call();
    }
    String address = "file://" + bare + "/pull/7";

    Shell.Result result = shell().run("pack", address, "--log", "2");
    Shell.Result several = shell().run("pack", address, work().toString());

    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    assertThat(result.out())
        .contains("git-diff/src/Part27.java", "+  int renamed() { return 810; }")
        .contains(": Propose\n", ": Rebalance later\n")
        .contains("path=\"README.md\"", "The broker rebalances at two.");
    assertThat(several.out()).contains("git-diff/bare.git/README.md", "path=\"work/README.md\"");
    assertThat(shell().run("pack", "file://" + bare + "/pull/8").err())
        .isEqualTo(
            "brimful: file://%s has no refs/pull/8/head: check the number in the address\n"
                .formatted(bare));
    assertThat(shell().run("pack", address, "--session", "3").err())
        .startsWith("brimful: a pull request's diff stands in front of the window, --session");
    assertThat(shell().run("pack", "file://" + bare, "--diff").err())
        .contains("is a commit and has no changed files: name what to compare it with");
  }

  private static String bare(Path folder) throws Exception {
    Git.init().setBare(true).setInitialBranch("main").setDirectory(folder.toFile()).call().close();
    return folder.toString();
  }

  @Test
  void namesNeverCollideWithFiles() throws IOException {
    write("git-diff/a.md", "a file of that name\n");

    assertThat(pack("--diff").out())
        .contains("path=\"git-diff-2/README.md\"", "path=\"git-diff/a.md\"");
  }

  @Test
  void badUseGetsOneLine() throws IOException {
    Path plain = Files.createDirectories(folder.resolve("plain"));
    Files.writeString(plain.resolve("a.md"), "text\n");

    assertThat(shell().run("pack", plain.toString(), "--diff").err())
        .isEqualTo(
            "brimful: %s is in no git repository, so it has no diff and no log: name a checkout, or leave out --diff and --log\n"
                .formatted(plain));
    assertThat(folder.resolve("home/index")).as("nothing was read before").doesNotExist();
    assertThat(shell().run("pack", work().toString(), "--diff=nosuch").err())
        .startsWith("brimful: no commit \"nosuch\" in ");
    assertThat(shell().run("pack", work().toString(), "--log", "none").err())
        .isEqualTo("brimful: --log none is not a whole number: give 1 or more\n");
    assertThat(shell().run("pack", work().toString(), "--diff", "--session", "3").err())
        .contains("--session keeps that the same for all questions: use one of them");
    assertThat(shell().run("pack", "--collection", "docs", "--log", "3").err())
        .contains("--log with --collection: a collection is no repository");
    assertThat(shell().fed("some text", "pack", "-", "--diff").err())
        .doesNotContain("defect in Brimful");
  }

  @Test
  void nothingChangedIsSaid() throws Exception {
    try (Git git = Git.open(work().toFile())) {
      git.add().setUpdate(true).addFilepattern(".").call();
      commit(git, "all");
    }

    assertThat(pack("--diff").err())
        .contains("diff: no tracked file of ")
        .contains("differs from HEAD");
  }
}
