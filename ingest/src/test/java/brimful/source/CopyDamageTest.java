package brimful.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import brimful.corpus.UserError;
import brimful.source.copy.CopyFolder;
import brimful.testing.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Copies of remote repositories that are damaged, in use, or not needed.
final class CopyDamageTest {
  @TempDir Path folder;
  private String address = "";

  @BeforeEach
  void makeRepository() throws IOException, GitAPIException {
    Path origin = folder.resolve("origin");
    try (Git git = Git.init().setDirectory(origin.toFile()).setInitialBranch("main").call()) {
      for (int i = 0; i < 5; i++) {
        Files.writeString(origin.resolve(i + ".md"), "text " + i);
      }
      git.add().addFilepattern(".").call();
      git.commit()
          .setMessage("first")
          .setAuthor("a", "a@b.c")
          .setCommitter("a", "a@b.c")
          .setSign(false)
          .call();
    }
    address = "file://" + origin;
  }

  @Seeds
  void oneThatIsDamagedIsMadeAnew(long seed) throws IOException {
    var random = new Random(seed);
    List<String> before = names();
    Path copy = copy();
    List<Path> packs;
    try (Stream<Path> files = Files.walk(copy.resolve("objects"))) {
      packs = files.filter(Files::isRegularFile).toList();
    }
    for (Path file : packs) {
      byte[] bytes = Files.readAllBytes(file);
      boolean _ = file.toFile().setWritable(true);
      if (random.nextBoolean()) {
        Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      } else {
        random.nextBytes(bytes);
        Files.write(file, bytes);
      }
    }

    assertThat(names()).isEqualTo(before);
    try (Stream<Path> all = Files.list(folder.resolve("cache/git"))) {
      assertThat(all.map(one -> one.getFileName().toString()))
          .filteredOn(name -> name.contains(".damaged-"))
          .hasSize(1);
    }
  }

  @Test
  void aFailedFetchNamesTheCopyThatIsThere() throws IOException {
    var sources = new Sources(Rules.standard(), folder.resolve("cache"), Clock.systemUTC());
    UserError none =
        catchThrowableOfType(UserError.class, () -> sources.open(address + "-away").close());
    List<String> before = names();
    Files.move(folder.resolve("origin"), folder.resolve("away"));

    UserError failure = catchThrowableOfType(UserError.class, () -> sources.open(address).close());

    assertThat(none.line()).endsWith("; there is no older copy of HEAD");
    assertThat(failure.line())
        .startsWith("cannot fetch " + address)
        .containsPattern("; the last copy, commit [0-9a-f]{12} of 20.* UTC, is in ")
        .endsWith(": name that to read it");
    String named = failure.line().replaceFirst(".* UTC, is in (\\S+): name that to read it$", "$1");
    try (Source source = sources.open(named)) {
      assertThat(names(source)).isEqualTo(before);
    }
  }

  @Test
  void isNotDeletedWhileItIsRead() throws IOException {
    try (Source source = open()) {
      assertThat(source.list()).hasSize(5);
      assertThat(new CopyFolder(copy()).delete()).isFalse();
      assertThat(source.list()).hasSize(5);
    }
    assertThat(new CopyFolder(copy()).address()).contains(address);
    assertThat(new CopyFolder(copy()).delete()).isTrue();
    assertThat(copy()).doesNotExist();
  }

  @Test
  void isShownWithoutThePasswordInItsAddress() {
    assertThat(Sources.shown("https://me:secret@host/a.git@v1")).isEqualTo("https://host/a.git@v1");
    assertThat(Sources.shown("https://token@host/a.git")).isEqualTo("https://host/a.git");
    assertThat(Sources.shown("/home/me/a@b")).isEqualTo("/home/me/a@b");
  }

  private Path copy() {
    return Sources.copy(address, folder.resolve("cache")).orElseThrow();
  }

  private Source open() {
    return new Sources(Rules.standard(), folder.resolve("cache"), Clock.systemUTC()).open(address);
  }

  private List<String> names() {
    try (Source source = open()) {
      return names(source);
    }
  }

  private static List<String> names(Source source) {
    return source.list().stream()
        .map(listed -> {
          try (var text = ((Listed.File) listed).content().open()) {
            return listed.id()
                + " "
                + new String(text.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        })
        .toList();
  }
}
