package brimful.source;

import static brimful.source.Listings.read;
import static brimful.source.Listings.verdicts;
import static brimful.source.Listings.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import brimful.source.git.GitEnvironment;
import brimful.source.own.OwnFiles;
import brimful.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Git itself is the judge: what `git ls-files --cached --others --exclude-standard` lists is read.
///
/// `-Dseeds.extra=500` judges 500 more repositories, in some four minutes.
final class GitListingTest {
  @TempDir Path temp;
  private final Map<String, String> variables = new HashMap<>();
  private Path root = Path.of("");
  private Path home = Path.of("");

  @BeforeEach
  void aHomeAndAFolder() throws IOException {
    temp = temp.toRealPath();
    root = Files.createDirectories(temp.resolve("root"));
    home = Files.createDirectories(temp.resolve("home"));
    variables.put("HOME", home.toString());
    variables.put("GIT_CONFIG_NOSYSTEM", "1");
  }

  private Source source(Path folder) {
    return new FolderSource(
        folder, Rules.standard(), Listings.CLOCK, new GitEnvironment(variables), OwnFiles.NONE);
  }

  private void agree(RealGit git, Path folder) {
    assertThat(new TreeSet<>(read(source(folder)))).isEqualTo(git.files(folder));
  }

  private RealGit repository() {
    var git = RealGit.with(variables);
    git.run(root, "init", "-q", "-b", "main");
    return git;
  }

  private static void commit(RealGit git, Path folder) {
    git.run(folder, "add", "-A");
    git.run(folder, "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-q", "-m", "x");
  }

  @Seeds({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 42})
  void readsWhatGitLists(long seed) {
    assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "names are not UTF-8 here");
    var git = RealGit.with(variables);

    Path folder = new RandomRepository(git, new Random(seed), root, home).make();

    agree(git, folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFFsecret/\n",
        "\uFEFFsecret/\r\n",
        "secret/   \n",
        "secret\\/\n",
        "/sec[!x]et/",
        "**/secret/**",
        "s?cret/\n!secret/a\n",
        "sec**ret/a\n",
        "#secret\n\\secret/\n"
      })
  void readsIgnoreFilesAsGitDoes(String ignore) {
    RealGit git = repository();
    write(root, "secret/a", "x");
    write(root, "open/secret/b", "x");
    write(root, ".gitignore", ignore);

    agree(git, root);
  }

  @Test
  void eachRepositoryOfAFolderHasItsOwnRules() {
    var git = RealGit.with(variables);
    for (String name : new String[] {"one", "deep/two"}) {
      Path repository = root.resolve(name);
      write(repository, "tracked.log", "x");
      write(repository, "excluded.txt", "x");
      write(repository, "plain.txt", "x");
      git.run(repository, "init", "-q");
      git.run(repository, "add", "tracked.log");
      write(repository, ".gitignore", "*.log\n");
      write(repository, "untracked.log", "x");
      write(repository, ".git/info/exclude", "excluded.txt\n");
    }

    assertThat(read(source(root)))
        .containsExactly(
            "deep/two/.gitignore",
            "deep/two/plain.txt",
            "deep/two/tracked.log",
            "one/.gitignore",
            "one/plain.txt",
            "one/tracked.log");
    agree(git, root);
  }

  @Test
  void aSplitIndexTracksWhatBothPartsSay() {
    RealGit git = repository();
    for (String name : new String[] {"a.log", "b.log", "c.log"}) {
      write(root, name, "x");
    }
    git.run(root, "config", "core.splitIndex", "true");
    git.run(root, "config", "splitIndex.maxPercentChange", "100");
    git.run(root, "add", "a.log", "b.log");
    git.run(root, "rm", "-q", "--cached", "b.log");
    git.run(root, "add", "c.log");
    write(root, ".gitignore", "*.log\n");

    assertThat(read(source(root))).containsExactly(".gitignore", "a.log", "c.log");
    agree(git, root);
  }

  @ParameterizedTest
  @ValueSource(strings = {"XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "HOME", "GIT_CONFIG_COUNT"})
  void findsTheExcludesWhereverTheyAreNamed(String variable) throws IOException {
    write(temp, "mine", "*.bak\n");
    String setting = "[core]\n\texcludesFile = %s/link\n".formatted(temp);
    Files.createSymbolicLink(temp.resolve("link"), temp.resolve("mine"));
    switch (variable) {
      case "XDG_CONFIG_HOME" -> {
        write(temp, "xdg/git/config", setting);
        variables.put(variable, temp.resolve("xdg").toString());
      }
      case "GIT_CONFIG_GLOBAL" -> {
        write(temp, "global", "[include]\n\tpath = more\n");
        write(temp, "more", setting);
        variables.put(variable, temp.resolve("global").toString());
      }
      case "HOME" -> {
        write(home, ".gitconfig", "[includeIf \"gitdir/i:ROOT/\"]\n\tpath = ~/more\n");
        write(home, "more", setting);
      }
      default -> {
        variables.put(variable, "1");
        variables.put("GIT_CONFIG_KEY_0", "core.excludesfile");
        variables.put("GIT_CONFIG_VALUE_0", temp.resolve("mine").toString());
      }
    }
    RealGit git = repository();
    write(root, "a.bak", "x");
    write(root, "a.txt", "x");

    assertThat(read(source(root))).containsExactly("a.txt");
    agree(git, root);
  }

  @Test
  void aSparseCheckoutHasIgnoreFilesInItsIndexOnly() {
    RealGit git = repository();
    write(root, ".gitignore", "*.log\n");
    write(root, "src/a", "x");
    commit(git, root);
    git.run(root, "sparse-checkout", "set", "--no-cone", "/src/");
    write(root, "src/b.log", "x");

    assertThat(read(source(root))).containsExactly("src/a");
    agree(git, root);
  }

  @Test
  void caseDoesNotCountWhereGitSaysSo() {
    RealGit git = repository();
    git.run(root, "config", "core.ignoreCase", "true");
    write(root, "Build/a", "x");
    write(root, "Kept.LOG", "x");
    write(root, "other.Log", "x");
    git.run(root, "add", "Kept.LOG");
    write(root, ".gitignore", "build/\n*.log\n");

    assertThat(read(source(root))).containsExactly(".gitignore", "Kept.LOG");
    agree(git, root);
  }

  @Test
  void namesThatAreNotUtf8MatchByTheirBytes() throws Exception {
    RealGit git = repository();
    // A name in Latin-1, which Java cannot spell.
    new ProcessBuilder("sh", "-c", "printf x > \"$(printf 'gr\\374n.txt')\"; printf x > a.txt")
        .directory(root.toFile())
        .start()
        .waitFor();
    Files.write(root.resolve(".gitignore"), new byte[] {'g', 'r', (byte) 0xfc, '*', '\n'});

    assertThat(new String(git.run(root, "ls-files", "-oz", "--exclude-standard"), UTF_8))
        .isEqualTo(".gitignore\0a.txt\0");
    assertThat(read(source(root))).containsExactly(".gitignore", "a.txt");
  }

  @Test
  void aWorkTreeAddedElsewhereHasTheCommonExcludes() {
    RealGit git = repository();
    write(root, "a.txt", "x");
    commit(git, root);
    Path tree = temp.resolve("tree");
    git.run(root, "worktree", "add", "-q", tree.toString());
    write(root, ".git/info/exclude", "*.bak\n");
    write(tree, "b.bak", "x");
    write(tree, "c.txt", "x");

    assertThat(read(source(tree))).containsExactly("a.txt", "c.txt");
    agree(git, tree);
  }

  @Test
  void submodulesAreReadByTheirOwnRules() {
    RealGit git = repository();
    write(root, "mod/.gitignore", "*.log\n");
    write(root, "mod/a.txt", "x");
    git.run(root.resolve("mod"), "init", "-q");
    commit(git, root.resolve("mod"));
    write(root, ".gitmodules", "[submodule \"mod\"]\n\tpath = mod\n\turl = ../mod\n");
    git.run(root, "add", "mod", ".gitmodules");
    write(root, ".gitignore", "mod/a.txt\n");
    write(root, "mod/b.log", "x");
    write(root, "gone/keep", "x");

    assertThat(read(source(root)))
        .containsExactly(".gitignore", ".gitmodules", "gone/keep", "mod/.gitignore", "mod/a.txt");
    agree(git, root);
  }

  @Test
  void aSubmoduleThatIsNotCheckedOutIsNamed() throws IOException {
    RealGit git = repository();
    write(root, "mod/a.txt", "x");
    git.run(root.resolve("mod"), "init", "-q");
    commit(git, root.resolve("mod"));
    write(root, ".gitmodules", "[submodule \"mod\"]\n\tpath = mod\n\turl = ../mod\n");
    git.run(root, "add", "mod", ".gitmodules");
    Files.move(root.resolve("mod"), temp.resolve("away"));
    Files.createDirectories(root.resolve("mod"));

    assertThat(verdicts(source(root)).get("mod"))
        .startsWith("skipped: submodule without a checkout");
  }

  @Test
  void idsOfSha256AreReadInAnIndex() {
    var git = RealGit.with(variables);
    git.run(root, "init", "-q", "--object-format=sha256");
    write(root, "a.log", "x");
    git.run(root, "add", "a.log");
    write(root, ".gitignore", "*.log\n");
    write(root, "b.log", "x");

    assertThat(read(source(root))).containsExactly(".gitignore", "a.log");
    agree(git, root);
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty file", "lost pointer", "no HEAD", "nothing in it"})
  void whatOnlyLooksLikeARepositoryIsReadAndNamed(String broken) throws IOException {
    switch (broken) {
      case "empty file" -> write(root, ".git", "");
      case "lost pointer" -> write(root, ".git", "gitdir: ../nowhere\n");
      case "no HEAD" -> {
        Files.createDirectories(root.resolve(".git/objects"));
        Files.createDirectories(root.resolve(".git/refs"));
      }
      default -> Files.createDirectories(root.resolve(".git"));
    }
    write(root, ".gitignore", "*.log\n");
    write(root, "a.log", "x");
    write(root, "a.txt", "x");

    var verdicts = verdicts(source(root));

    assertThat(verdicts)
        .containsEntry("a.txt", "read")
        .containsEntry("a.log", "skipped: gitignore")
        .hasSize(4);
    assertThat(verdicts.get(".git")).startsWith("failed: no git repository, for ");
  }
}
