package brimful.library;

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
final class LibraryStateTest {
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final String TOKENIZER = "deepseek-v3";

  @TempDir Path folder;

  @Test
  void lastsForOneProcessThatOthersAreToldOf() {
    try (Library _ = open()) {
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
    try (Library library = open();
        Library reader =
            Library.reading(home(), places(), Tokenizers.named(TOKENIZER))) {
      assertThat(reader.shelves()).isEmpty();

      fill(library, "notes", "a");

      assertThat(documents(reader, "notes")).containsExactly("a/0.md");
      assertThatThrownBy(() -> reader.create("other")).isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void isSharedByThoseWhoReadTheSame() throws IOException {
    corpus("a", 3);
    try (Library first = shared();
        Library second = shared()) {
      fill(first, "notes", "a");
      Files.writeString(folder.resolve("a/new.md"), "more");

      await(second, second.add("notes", folder.resolve("a").toString()));

      assertThat(documents(first, "notes")).hasSize(4);
    }
  }

  @Seeds({1, 2, 3})
  void deletesAtOnceAndSparesTheSuccessor(long seed) throws IOException {
    corpus("old", 100 + new Random(seed).nextInt(200));
    corpus("new", 2);
    try (Library library = open()) {
      library.create("notes");
      Job job = library.add("notes", folder.resolve("old").toString());
      until(() -> library.job(job.id()).state() != Job.State.WAITING);

      library.delete("notes");
      fill(library, "notes", "new");

      until(() -> library.job(job.id()).state().isEnd());
      assertThat(documents(library, "notes")).containsExactly("new/0.md", "new/1.md");
      until(() -> folders().size() == 1);
    }
    try (Library again = open()) {
      assertThat(documents(again, "notes")).containsExactly("new/0.md", "new/1.md");
    }
  }

  @Seeds
  void setsADamagedCollectionAsideAndKeepsTheOthers(long seed) throws IOException {
    var random = new Random(seed);
    corpus("a", 1);
    try (Library library = open()) {
      fill(library, "kept", "a");
      fill(library, "hit", "a");
    }
    Path hit = file("hit");
    byte[] bytes = Files.readAllBytes(hit);
    Files.write(hit, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length - 2)));

    try (Library library = open()) {
      assertThat(library.shelves()).extracting(Shelf::name).containsExactly("kept");
      assertThat(documents(library, "kept")).containsExactly("a/0.md");
      fill(library, "hit", "a");
      assertThat(documents(library, "hit")).containsExactly("a/0.md");
    }
    assertThat(folders()).filteredOn(name -> name.contains(".damaged-")).hasSize(1);
  }

  @Test
  void readsTheSourcesOfADamagedIndexAgain() throws IOException {
    corpus("a", 3);
    Path own;
    try (Library library = open()) {
      fill(library, "notes", "a");
      own = file("notes").resolveSibling(TOKENIZER);
    }
    try (Stream<Path> files = Files.list(own)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".cfs")).toList()) {
        Files.write(file, new byte[] {1, 2, 3});
      }
    }

    try (Library library = open()) {
      until(() -> documents(library, "notes").size() == 3);
    }
    try (Stream<Path> beside = Files.list(own.resolveSibling(""))) {
      assertThat(beside.filter(one -> one.toString().contains(".damaged-"))).hasSize(1);
    }
  }

  @Test
  void isForItsOwnersEyesOnly() throws IOException {
    corpus("a", 1);
    try (Library library = open()) {
      fill(library, "notes", "a");
    }

    for (Path place : List.of(folder.resolve("home"), home(), file("notes").resolveSibling(""))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
          .isEqualTo("rwx------");
    }
  }

  private Path home() {
    return folder.resolve("home/library");
  }

  private Places places() {
    return new Places(
        SourceReader.of(
            Map.of("BRIMFUL_HOME", folder.resolve("home").toString()), Rules.standard(), Set.of()),
        List.of(folder));
  }

  private Library open() {
    return Library.local(home(), places(), Tokenizers.named(TOKENIZER));
  }

  private Library shared() {
    return Library.shared(home(), places(), Tokenizers.named(TOKENIZER));
  }

  private void corpus(String name, int files) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    for (int i = 0; i < files; i++) {
      Files.writeString(own.resolve(i + ".md"), "# %s\n\nText %s of it.\n".formatted(name, i));
    }
  }

  private void fill(Library library, String name, String corpus) {
    library.create(name);
    await(library, library.add(name, folder.resolve(corpus).toString()));
  }

  private static void await(Library library, Job job) {
    until(() -> library.job(job.id()).state().isEnd());
    assertThat(library.job(job.id()).error()).isEmpty();
  }

  private static void until(BooleanSupplier done) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static List<String> documents(Library library, String name) {
    try (Reading reading = library.open(name)) {
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
