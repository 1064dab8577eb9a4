package brimful.collection.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.collection.SourceReader;
import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.source.Rules;
import brimful.testing.Seeds;
import brimful.token.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A library that is used by several processes, broken, and started again.
final class CollectionStateTest {
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final String TOKENIZER = "deepseek-v3";

  @TempDir Path folder;

  @Test
  void lastsForOneProcessThatOthersAreToldOf() {
    try (CollectionService _ = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.BUSY))
          .hasMessageContaining("another Brimful (pid " + ProcessHandle.current().pid() + ")")
          .hasMessageContaining("since ");
    }

    open().close();
  }

  @Test
  void showsItsCollectionsToReaders() throws IOException {
    corpus("a", 1);
    try (CollectionService collections = open();
        CollectionService reader =
            CollectionService.reading(home(), locations(), Tokenizers.named(TOKENIZER))) {
      assertThat(reader.collections()).isEmpty();

      fill(collections, "notes", "a");

      assertThat(documents(reader, "notes")).containsExactly("a/0.md");
      assertThatThrownBy(() -> reader.create("other")).isInstanceOf(RuntimeException.class);
    }
  }

  @Seeds({1, 2, 3})
  void deletesAtOnceAndSparesTheSuccessor(long seed) throws IOException {
    corpus("old", 100 + new Random(seed).nextInt(200));
    corpus("new", 2);
    try (CollectionService collections = open()) {
      collections.create("notes");
      Job job = collections.add("notes", folder.resolve("old").toString());
      until(() -> collections.job(job.id()).state() != Job.State.WAITING);

      collections.delete("notes");
      fill(collections, "notes", "new");

      until(() -> collections.job(job.id()).state().isEnd());
      assertThat(documents(collections, "notes")).containsExactly("new/0.md", "new/1.md");
      until(() -> folders().size() == 1);
    }
    try (CollectionService again = open()) {
      assertThat(documents(again, "notes")).containsExactly("new/0.md", "new/1.md");
    }
  }

  @Seeds
  void setsADamagedCollectionAsideAndKeepsTheOthers(long seed) throws IOException {
    var random = new Random(seed);
    corpus("a", 1);
    try (CollectionService collections = open()) {
      fill(collections, "kept", "a");
      fill(collections, "hit", "a");
    }
    Path hit = file("hit");
    byte[] bytes = Files.readAllBytes(hit);
    Files.write(hit, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length - 2)));

    try (CollectionService collections = open()) {
      assertThat(collections.collections()).extracting(Collection::name).containsExactly("kept");
      assertThat(documents(collections, "kept")).containsExactly("a/0.md");
      fill(collections, "hit", "a");
      assertThat(documents(collections, "hit")).containsExactly("a/0.md");
    }
    assertThat(folders()).filteredOn(name -> name.contains(".damaged-")).hasSize(1);
  }

  @Test
  void readsTheSourcesOfADamagedIndexAgain() throws IOException {
    corpus("a", 3);
    Path own;
    try (CollectionService collections = open()) {
      fill(collections, "notes", "a");
      own = file("notes").resolveSibling(TOKENIZER);
    }
    try (Stream<Path> files = Files.list(own)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".cfs")).toList()) {
        Files.write(file, new byte[] {1, 2, 3});
      }
    }

    try (CollectionService collections = open()) {
      until(() -> documents(collections, "notes").size() == 3);
    }
    try (Stream<Path> beside = Files.list(own.resolveSibling(""))) {
      assertThat(beside.filter(one -> one.toString().contains(".damaged-"))).hasSize(1);
    }
  }

  @Test
  void isForItsOwnersEyesOnly() throws IOException {
    corpus("a", 1);
    try (CollectionService collections = open()) {
      fill(collections, "notes", "a");
    }

    for (Path source : List.of(folder.resolve("home"), home(), file("notes").resolveSibling(""))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(source)))
          .isEqualTo("rwx------");
    }
  }

  private Path home() {
    return folder.resolve("home/library");
  }

  private AllowedLocations locations() {
    return new AllowedLocations(
        SourceReader.of(
            Map.of("BRIMFUL_HOME", folder.resolve("home").toString()), Rules.standard(), Set.of()),
        List.of(folder));
  }

  private CollectionService open() {
    return CollectionService.local(home(), locations(), Tokenizers.named(TOKENIZER));
  }

  private void corpus(String name, int files) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    for (int i = 0; i < files; i++) {
      Files.writeString(own.resolve(i + ".md"), "# %s\n\nText %s of it.\n".formatted(name, i));
    }
  }

  private void fill(CollectionService collections, String name, String corpus) {
    collections.create(name);
    await(collections, collections.add(name, folder.resolve(corpus).toString()));
  }

  private static void await(CollectionService collections, Job job) {
    until(() -> collections.job(job.id()).state().isEnd());
    assertThat(collections.job(job.id()).error()).isEmpty();
  }

  private static void until(BooleanSupplier done) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static List<String> documents(CollectionService collections, String name) {
    try (OpenCollection reading = collections.open(name)) {
      return reading.ingested().outcomes().keySet().stream().map(DocumentId::value).toList();
    }
  }

  private List<String> folders() {
    try (Stream<Path> folders = Files.list(home())) {
      return folders.map(one -> one.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Path file(String collection) {
    return folders().stream()
        .filter(name -> name.startsWith(collection + "~") && !name.contains(".damaged-"))
        .findFirst()
        .map(name -> home().resolve(name).resolve("collection.json"))
        .orElseThrow();
  }
}
