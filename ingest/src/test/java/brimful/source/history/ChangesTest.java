package brimful.source.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import brimful.source.RepositoryView;
import brimful.source.Rules;
import brimful.source.Sources;
import brimful.source.own.OwnFiles;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChangesTest {
  private static final PersonIdent WHO =
      new PersonIdent(
          "Ada L.", "a@example.org", Instant.parse("2026-02-03T23:30:00Z"), ZoneId.of("+02:00"));

  @TempDir private Path temp;
  private Path work;

  @BeforeEach
  void aCommit() throws Exception {
    work = temp.resolve("work");
    try (Git git = Git.init().setDirectory(work.toFile()).setInitialBranch("main").call()) {
      write("src/A.java", numbers(1, 40));
      write("src/old/B.java", numbers(100, 120));
      write("gone.txt", "one\ntwo\n");
      write("staged.txt", "x\n");
      write("same.txt", "same\n");
      write(".gitignore", "ignored/\n");
      commit(git, "First\n\nbody");
    }
  }

  private static String numbers(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(i -> "line " + i + "\n")
        .collect(Collectors.joining());
  }

  private void write(String path, String text) throws IOException {
    Path file = work.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String commit(Git git, String message) throws Exception {
    git.add().addFilepattern(".").call();
    git.add().setUpdate(true).addFilepattern(".").call();
    return git.commit()
        .setMessage(message)
        .setAuthor(WHO)
        .setCommitter(WHO)
        .setSign(false)
        .call()
        .name();
  }

  private Git git() throws IOException {
    return Git.open(work.toFile());
  }

  private Sources sources() {
    return new Sources(
        Rules.standard(), temp.resolve("cache"), Clock.systemUTC(), Map.of(), OwnFiles.NONE);
  }

  private List<FileDiff> diff(String location, String... ref) {
    try (RepositoryView view = sources().repository(location)) {
      return Changes.since(view, List.of(ref).stream().findFirst()).files();
    }
  }

  private List<String> log(String location, int most) {
    try (RepositoryView view = sources().repository(location)) {
      return new CommitLog(view).last(most);
    }
  }

  private static List<String> paths(List<FileDiff> files) {
    return files.stream().map(FileDiff::path).toList();
  }

  @Test
  void nothingDiffersInACleanWorkTree() throws IOException {
    write("untracked/new.txt", "x");

    assertThat(diff(work.toString())).isEmpty();
  }

  @Test
  void showsTrackedChangesStagedOrNot() throws Exception {
    write("src/A.java", numbers(1, 40).replace("line 3\n", "third\n").replace("line 38\n", ""));
    write("staged.txt", "y\n");
    write("new.txt", "fresh\n");
    write("untracked.txt", "nobody added it\n");
    write("ignored/x", "x");
    Files.delete(work.resolve("gone.txt"));
    try (Git git = git()) {
      git.add().addFilepattern("staged.txt").addFilepattern("new.txt").call();
    }

    List<FileDiff> files = diff(work.toString());

    assertThat(paths(files)).containsExactly("gone.txt", "new.txt", "src/A.java", "staged.txt");
    FileDiff source = files.get(2);
    assertThat(source.head())
        .startsWith("diff --git a/src/A.java b/src/A.java\nindex ")
        .endsWith("--- a/src/A.java\n+++ b/src/A.java\n");
    assertThat(source.hunks()).hasSize(2);
    assertThat(source.hunks().getFirst().text())
        .isEqualTo(
            """
            @@ -1,6 +1,6 @@
             line 1
             line 2
            -line 3
            +third
             line 4
             line 5
             line 6
            """);
    assertThat(source.hunks().getFirst().first()).isEqualTo(1);
    assertThat(source.hunks().getFirst().last()).isEqualTo(6);
    assertThat(source.hunks().getLast().text()).contains("-line 38\n").doesNotContain("line 3\n");
    assertThat(files.getFirst().deleted()).isTrue();
    assertThat(files.get(1).hunks().getFirst().text()).isEqualTo("@@ -0,0 +1 @@\n+fresh\n");
  }

  @Test
  void comparesWithAnyCommit() throws Exception {
    String first;
    try (Git git = git()) {
      first = git.log().call().iterator().next().name();
      write("same.txt", "other\n");
      commit(git, "second");
    }

    assertThat(diff(work.toString())).isEmpty();
    assertThat(paths(diff(work.toString(), "HEAD~1"))).containsExactly("same.txt");
    assertThat(paths(diff(work + "@main", first))).containsExactly("same.txt");
    assertThat(paths(diff("file://" + work, first))).containsExactly("same.txt");
  }

  @Test
  void aLocationInTheRepositoryHasItsOwnPaths() throws IOException {
    write("src/A.java", "other\n");
    write("same.txt", "other\n");

    assertThat(paths(diff(work.resolve("src").toString()))).containsExactly("A.java");
    assertThat(paths(diff(work.resolve("src/A.java").toString()))).containsExactly("A.java");
    assertThat(diff(work.resolve("src/old").toString())).isEmpty();
  }

  @Test
  void aRenameIsNoNewFile() throws Exception {
    Files.move(work.resolve("src/old/B.java"), work.resolve("src/C.java"));
    try (Git git = git()) {
      git.add().addFilepattern("src/C.java").call();
      git.rm().addFilepattern("src/old/B.java").call();
    }

    List<FileDiff> files = diff(work.toString());

    assertThat(paths(files)).containsExactly("src/C.java");
    assertThat(files.getFirst().head()).contains("rename from src/old/B.java");
    assertThat(files.getFirst().hunks()).isEmpty();
  }

  @Test
  void oddBytesStayOneLineEach() throws Exception {
    Files.write(work.resolve("same.txt"), "Grüße\r\n".getBytes(Charset.forName("windows-1252")));
    Files.write(work.resolve("staged.txt"), new byte[] {0, 1, 2, 0, 3});

    List<FileDiff> files = diff(work.toString());

    assertThat(files.getFirst().hunks().getFirst().text()).contains("\n+Grüße\n");
    assertThat(files.getLast().hunks()).isEmpty();
    assertThat(files.getLast().head()).contains("Binary files");
  }

  @Test
  void theLogHasIdDayAuthorSubjectAndFiles() throws Exception {
    try (Git git = git()) {
      write("src/A.java", "other\n");
      Files.delete(work.resolve("gone.txt"));
      String id = commit(git, "Second change\n\nwhy");

      assertThat(log(work.toString(), 1))
          .containsExactly(
              "%s 2026-02-04 Ada L.: Second change\n  D gone.txt\n  M src/A.java\n"
                  .formatted(id.substring(0, 10)));
    }
    assertThat(log(work.toString(), 9))
        .hasSize(2)
        .last()
        .asString()
        .contains("First\n  A .gitignore");
    assertThat(log(work.resolve("src/old").toString(), 9))
        .singleElement()
        .asString()
        .endsWith("First\n  A src/old/B.java\n");
  }

  @Test
  void saysInOneLineWhatIsWrong() throws Exception {
    Path plain = Files.createDirectories(temp.resolve("plain"));
    Path empty = temp.resolve("empty");
    Git.init().setDirectory(empty.toFile()).call().close();

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> diff(plain.toString()))
        .withMessage(
            plain
                + " is in no git repository, so it has no diff and no log: name a checkout, or leave out --diff and --log");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> diff(work.toString(), "nosuch"))
        .withMessageStartingWith("no commit \"nosuch\" in " + work);
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> diff(work.toString(), "a..b"))
        .withMessageStartingWith("no commit \"a..b\" in ");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> diff(work + "@main"))
        .withMessageContaining("is a commit and has no changed files");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> log(empty.toString(), 3))
        .withMessageContaining("has no commit yet");
  }

  @Test
  void proposedChangesAreThoseSinceTheyLeftTheBranch() throws Exception {
    try (Git git = git()) {
      git.checkout().setCreateBranch(true).setName("topic").call();
      write("same.txt", "proposed\n");
      String proposed = commit(git, "Propose");
      git.checkout().setName("main").call();
      write("staged.txt", "main went on\n");
      commit(git, "Go on");
      for (String ref : List.of("refs/pull/7/head", "refs/merge-requests/8/head")) {
        var update = git.getRepository().updateRef(ref);
        update.setNewObjectId(ObjectId.fromString(proposed));
        update.update();
      }
      git.branchDelete().setForce(true).setBranchNames("topic").call();
    }
    for (String address : List.of("/pull/7", "/pull/7/files", "/-/merge_requests/8")) {
      String location = "file://" + work + address;

      assertThat(Sources.isProposal(location)).isTrue();
      try (var source = sources().open(location)) {
        assertThat(source.list()).anyMatch(file -> file.id().value().equals("same.txt"));
      }
      assertThat(paths(diff(location))).as(address).containsExactly("same.txt");
      assertThat(diff(location).getFirst().hunks().getFirst().text()).contains("+proposed\n");
    }
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> sources().open("file://" + work + "/pull/9").close())
        .withMessageEndingWith("has no refs/pull/9/head: check the number in the address");
    assertThat(Sources.isProposal("https://github.com/o/n/pull/123")).isTrue();
    assertThat(Sources.isProposal("https://github.com/o/n/tree/pull/123")).isFalse();
    assertThat(Sources.copy("https://github.com/o/n/pull/123", temp))
        .isEqualTo(Sources.copy("https://github.com/o/n", temp));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://github.com/o/n/pull/abc",
        "https://github.com/o/n/pull/0",
        "https://github.com/o/n/pull/99999999999/files",
        "https://github.com/o/n/pull/",
        "https://gitlab.com/a/b/n/-/merge_requests",
      })
  void anAddressOfProposedChangesHasANumber(String address) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> sources().open(address).close())
        .withMessage(
            address
                + " names no pull request: give its number, as in …/pull/123 or …/-/merge_requests/123");
  }

  @Test
  void aViewOfACopyIsFetchedOnlyWhereItLacksTheCommit() throws Exception {
    String location = "file://" + work;
    assertThat(log(location, 9)).hasSize(1);
    try (Git git = git()) {
      write("same.txt", "later\n");
      String later = commit(git, "Later");

      assertThat(log(location, 9)).as("as it is").hasSize(1);
      assertThat(log(location + "@" + later, 9)).hasSize(2);
    }
  }
}
