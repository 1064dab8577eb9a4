package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.collection.Home;
import brimful.store.Folders;
import brimful.store.LockWait;
import brimful.store.ProcessLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands that meet other processes, damaged files and old ones.
final class StateCommandsTest {
  @TempDir Path folder;
  private Shell shell;
  private Home home;

  @BeforeEach
  void writeCorpus() throws IOException {
    home = new Home(folder.resolve("home"));
    shell = new Shell(home.cache());
    corpus("notes");
  }

  private Path corpus(String name) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    for (int i = 0; i < 50; i++) {
      Files.writeString(
          own.resolve(i + ".md"), "# Part %s\n\nThe broker rebalances.\n".formatted(i));
    }
    return own;
  }

  private Shell.Result pack(String name) {
    return new Shell(home.cache()).run("pack", folder.resolve(name).toString());
  }

  @Test
  void fourAtOnceOnANewFolderAllAnswer() throws Exception {
    List<Callable<Shell.Result>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      calls.add(() -> pack("notes"));
    }
    List<Shell.Result> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Shell.Result> one : threads.invokeAll(calls)) {
        results.add(one.get());
      }
    }

    assertThat(results)
        .allSatisfy(one -> assertThat(one.code()).as(one.err()).isEqualTo(ExitCode.OK));
    assertThat(results).extracting(Shell.Result::out).containsOnly(results.getFirst().out());
  }

  @Test
  void saysThatAnIndexWasDamagedAndBuildsItAnew() throws IOException {
    Shell.Result before = pack("notes");
    Path index = only(home.indexes());
    try (Stream<Path> files = Files.list(index)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".cfs")).toList()) {
        Files.write(file, new byte[] {7});
      }
    }

    Shell.Result after = pack("notes");

    assertThat(after.code()).as(after.err()).isEqualTo(ExitCode.OK);
    assertThat(after.out()).isEqualTo(before.out());
    assertThat(after.err()).contains("is damaged", ".damaged-");
  }

  @Test
  void aSecondServerSaysWhoHasTheHome() {
    Path lock = home.library().resolveSibling("library.lock");
    try (ProcessLock _ = ProcessLock.take(lock, LockWait.NONE, "is in a test")) {
      Shell.Result result =
          shell.with("BRIMFUL_MODEL", "deepseek-flash").run("serve", "--port", "1");

      assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.TRY_LATER);
      assertThat(result.err())
          .contains("another Brimful (pid " + ProcessHandle.current().pid() + ")", "since");
    }
  }

  @Test
  void mcpWorksBesideAServer() {
    Path lock = home.library().resolveSibling("library.lock");
    try (ProcessLock _ = ProcessLock.take(lock, LockWait.NONE, "is in a test")) {
      Shell.Result own = shell.run("mcp", folder.resolve("notes").toString());
      Shell.Result all = shell.run("mcp");

      assertThat(own.code()).as(own.err()).isEqualTo(ExitCode.OK);
      assertThat(own.err()).contains("50 files read");
      assertThat(all.code()).as(all.err()).isEqualTo(ExitCode.OK);
    }
  }

  @Test
  void listsAndPrunesWhatNothingNeeds() throws IOException {
    corpus("gone");
    pack("notes");
    pack("gone");
    Folders.delete(folder.resolve("gone"));
    Files.createDirectories(home.indexes().resolve("0123456789abcdef01234567"));

    Shell.Result list = shell.run("cache", "list");
    Shell.Result dry = shell.run("cache", "prune", "--dry-run");
    Shell.Result prune = shell.run("cache", "prune");

    assertThat(list.out())
        .contains(folder.resolve("notes") + " (deepseek-v3)\n")
        .contains(folder.resolve("gone") + " is gone]")
        .contains("[made by an older version]");
    assertThat(dry.err()).contains("would free").contains("2 folders");
    assertThat(prune.err()).contains("freed").contains("2 folders");
    assertThat(only(home.indexes())).exists();
    assertThat(pack("notes").code()).isEqualTo(ExitCode.OK);
    assertThat(shell.run("cache", "prune", "--all").err()).contains("1 folder");
    assertThat(home.indexes()).isEmptyDirectory();
  }

  @Test
  void prunesNothingThatIsInUse() throws IOException {
    pack("notes");
    Path index = only(home.indexes());
    try (ProcessLock _ =
        ProcessLock.share(index.resolve("brimful.use"), LockWait.NONE, "is in a test")) {
      Shell.Result result = shell.run("cache", "prune", "--all");

      assertThat(result.err()).contains("in use, kept: " + index);
    }
    assertThat(only(home.indexes())).isEqualTo(index);
  }

  @Test
  void prunesByAge() {
    pack("notes");

    assertThat(shell.run("cache", "prune", "--older-than", "1d").err()).contains("freed 0.0 kB");
    assertThat(shell.run("cache", "prune", "--older-than", "soon").code())
        .isEqualTo(ExitCode.USAGE);
    assertThat(shell.run("cache", "prune", "--older-than", "0h").err()).contains("1 folder");
  }

  private static Path only(Path parent) {
    try (Stream<Path> children = Files.list(parent)) {
      List<Path> all = children.filter(one -> !one.toString().contains(".damaged-")).toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
