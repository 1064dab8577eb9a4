package brimful.collection.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import brimful.collection.SourceReader;
import brimful.corpus.DocumentId;
import brimful.source.Rules;
import brimful.token.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A collection with sources that lie in others of it.
final class EnclosedSourcesTest {
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final String TOKENIZER = "deepseek-v3";
  private static final String NAME = "notes";

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(folder.resolve("x/sub/deep"));
    for (String file : List.of("f.md", "sub/g.md", "sub/deep/h.md")) {
      Files.writeString(folder.resolve("x").resolve(file), "# Title\n\nText of " + file + "\n");
    }
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("x/sub"));
  }

  private CollectionService open() {
    var locations =
        new AllowedLocations(
            SourceReader.of(
                Map.of("BRIMFUL_HOME", folder.resolve("home").toString()),
                Rules.standard(),
                Set.of()),
            List.of(folder));
    return CollectionService.local(
        folder.resolve("home/library"), locations, Tokenizers.named(TOKENIZER));
  }

  private void add(CollectionService collections, String location) {
    await(collections, collections.add(NAME, folder.resolve(location).toString()));
  }

  private static void await(CollectionService collections, Job job) {
    until(() -> collections.job(job.id()).state().isEnd());
    assertThat(collections.job(job.id()).error()).isEmpty();
    until(() -> collections.jobs().stream().allMatch(one -> one.state().isEnd()));
  }

  private static void until(BooleanSupplier done) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static List<String> documents(CollectionService collections) {
    try (OpenCollection reading = collections.open(NAME)) {
      return reading.ingested().outcomes().keySet().stream().map(DocumentId::value).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x x/f.md x/sub link", "x/f.md link x/sub x", "x/sub/deep x/sub x/f.md x"})
  void eachFileIsReadOnceInWhateverOrderTheSourcesCome(String locations) {
    try (CollectionService collections = open()) {
      collections.create(NAME);
      for (String location : locations.split(" ")) {
        add(collections, location);
      }

      assertThat(documents(collections))
          .containsExactlyInAnyOrder("x/f.md", "x/sub/g.md", "x/sub/deep/h.md");
    }
  }

  @Test
  void whatLiesInARemovedSourceStays() {
    try (CollectionService collections = open()) {
      collections.create(NAME);
      add(collections, "x");
      add(collections, "x/f.md");
      add(collections, "x/sub");
      assertThat(documents(collections)).hasSize(3);

      await(collections, collections.remove(NAME, "x"));

      assertThat(documents(collections))
          .containsExactlyInAnyOrder("f.md/f.md", "sub/g.md", "sub/deep/h.md");
      assertThat(collections.collection(NAME).sources())
          .allMatch(CollectionSource::isSynced)
          .hasSize(2);
    }
  }

  @Test
  void aRemovedInnerSourceTakesNothingFromTheOuterOne() {
    try (CollectionService collections = open()) {
      collections.create(NAME);
      add(collections, "x/sub");
      add(collections, "x");

      await(collections, collections.remove(NAME, "sub"));

      assertThat(documents(collections))
          .containsExactlyInAnyOrder("x/f.md", "x/sub/g.md", "x/sub/deep/h.md");
    }
  }

  /// It was asked for by its own name.
  @Test
  void whatTheOuterSourceIgnoresIsReadAsTheInnerOne() throws IOException {
    try (CollectionService collections = open()) {
      collections.create(NAME);
      add(collections, "x");
      add(collections, "x/f.md");

      Files.writeString(folder.resolve("x/.brimfulignore"), "f.md\n");
      await(collections, collections.sync(NAME, "x", false));
      assertThat(documents(collections)).contains("f.md/f.md");

      Files.delete(folder.resolve("x/.brimfulignore"));
      await(collections, collections.sync(NAME, "x", false));
      assertThat(documents(collections))
          .containsExactlyInAnyOrder("x/f.md", "x/sub/g.md", "x/sub/deep/h.md");
    }
  }

  /// Links may lead elsewhere after a source was added by one.
  @Test
  void twoSourcesThatHaveBecomeTheSameAreReadOnce() throws IOException {
    try (CollectionService collections = open()) {
      collections.create(NAME);
      Files.createDirectories(folder.resolve("y"));
      Files.writeString(folder.resolve("y/i.md"), "# Title\n\nText\n");
      Files.delete(folder.resolve("link"));
      Files.createSymbolicLink(folder.resolve("link"), folder.resolve("y"));
      add(collections, "x");
      add(collections, "link");
      assertThat(documents(collections)).contains("link/i.md");

      Files.delete(folder.resolve("link"));
      Files.createSymbolicLink(folder.resolve("link"), folder.resolve("x"));
      await(collections, collections.sync(NAME, "link", false));

      assertThat(documents(collections))
          .containsExactlyInAnyOrder("x/f.md", "x/sub/g.md", "x/sub/deep/h.md");
    }
  }

  /// The outer source has not read it either.
  @Test
  void whatIsNewInAnInnerSourceIsReadWithIt() throws IOException {
    try (CollectionService collections = open()) {
      collections.create(NAME);
      add(collections, "x");
      add(collections, "x/sub");

      Files.writeString(folder.resolve("x/sub/new.md"), "# Title\n\nNew text\n");
      await(collections, collections.sync(NAME, "sub", false));
      assertThat(documents(collections)).contains("x/sub/new.md");

      Files.writeString(folder.resolve("x/sub/newer.md"), "# Title\n\nNewer text\n");
      await(collections, collections.syncPart(NAME, "sub", ""));
      assertThat(documents(collections)).contains("x/sub/newer.md");

      Files.writeString(folder.resolve("x/sub/newest.md"), "# Title\n\nNewest text\n");
      add(collections, "x/sub/deep");
      assertThat(documents(collections)).contains("x/sub/newest.md");
    }
  }

  /// A file that has just been written is read again.
  private void age() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("x"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
      }
    }
  }

  @Test
  void aChainOfSourcesIsReadOnceEach() throws IOException {
    try (CollectionService collections = open()) {
      collections.create(NAME);
      Path inner = folder.resolve("x");
      var chain = new ArrayDeque<Path>();
      for (int depth = 1; depth <= 6; depth++) {
        inner = inner.resolve("d" + depth);
        Files.createDirectories(inner);
        Files.writeString(inner.resolve("file.md"), "# Title\n\nText " + depth + "\n");
        chain.push(inner);
      }
      for (Path source : chain) {
        add(collections, folder.relativize(source).toString());
      }
      age();
      int before = collections.jobs().size();

      add(collections, "x");
      assertThat(collections.jobs()).hasSize(before + 7);
      assertThat(documents(collections)).hasSize(9).allMatch(id -> id.startsWith("x/"));
      assertThat(collections.collection(NAME).sources()).allMatch(CollectionSource::isSynced);

      await(collections, collections.sync(NAME, "x", false));
      assertThat(collections.jobs()).hasSize(before + 8);
    }
  }

  @Test
  void anInnerSourceThatIsRemovedAfterTheOuterOneFailsNoJob() {
    try (CollectionService collections = open()) {
      collections.create(NAME);
      add(collections, "x");
      add(collections, "x/sub");

      Job outer = collections.remove(NAME, "x");
      await(collections, collections.remove(NAME, "sub"));

      assertThat(collections.job(outer.id()).state()).isEqualTo(Job.State.DONE);
      assertThat(collections.jobs())
          .extracting(Job::state)
          .doesNotContain(Job.State.FAILED)
          .contains(Job.State.DONE);
      assertThat(documents(collections)).isEmpty();
    }
  }

  /// A server that is killed there reads them again when it is restarted. What is stored is looked
  /// at often enough to see a step in between, were there one.
  @Test
  void innerSourcesAreUnreadAsSoonAsTheOuterOneIsRead() {
    try (CollectionService collections = open()) {
      collections.create(NAME);
      add(collections, "x/sub");
      for (int round = 0; round < 10; round++) {
        var _ = collections.add(NAME, folder.resolve("x").toString());
        until(() -> {
          assertThat(isReadBeforeOuter(stored())).as("the inner one counts as read").isFalse();
          return collections.jobs().stream().allMatch(one -> one.state().isEnd());
        });
        await(collections, collections.remove(NAME, "x"));
      }
    }
  }

  private Collection stored() {
    return new CollectionStore(folder.resolve("home/library"), TOKENIZER, AccessMode.READING)
        .get(NAME);
  }

  private static boolean isReadBeforeOuter(Collection collection) {
    CollectionSource inner = collection.source("sub").orElseThrow();
    return inner.isSynced()
        && collection
            .source("x")
            .filter(outer -> inner.synced().isBefore(outer.synced()))
            .isPresent();
  }

  @Test
  void siblingsAreReadAgainOnlyAfterAChange() throws IOException {
    age();
    try (CollectionService collections = open()) {
      collections.create(NAME);
      for (String inner : List.of("x/f.md", "x/sub/g.md", "x/sub/deep")) {
        add(collections, inner);
      }
      add(collections, "x");
      int before = collections.jobs().size();

      await(collections, collections.sync(NAME, "x", false));
      assertThat(collections.jobs()).hasSize(before + 1);

      Files.writeString(folder.resolve("x/.brimfulignore"), "f.md\n");
      await(collections, collections.sync(NAME, "x", false));
      assertThat(collections.jobs()).hasSize(before + 5);
      assertThat(documents(collections)).contains("f.md/f.md");
    }
  }

  @Test
  void anotherAddressReplacesOneThatWasNeverReadByIt() {
    var never =
        new CollectionSource(
            "r", "https://h.example/a/r", Instant.EPOCH, Instant.EPOCH, "", Duration.ZERO, "");
    var collection = new Collection(NAME, NAME, Instant.EPOCH, List.of(never));
    Collection read = collection.with(never.syncedAt(Instant.EPOCH.plusSeconds(1)));
    String other = "git@h.example:a/r.git";

    assertThat(collection.known(other)).map(CollectionSource::location).contains(other);
    assertThat(read.known(other)).map(CollectionSource::location).contains(never.location());
    assertThat(collection.known("https://h.example/a/s")).isEmpty();
  }

  @Test
  void theSmallestSourceAroundEachIsSaid() {
    try (CollectionService collections = open()) {
      collections.create(NAME);
      for (String location : List.of("x/sub/deep", "x", "x/sub", "x/f.md")) {
        add(collections, location);
      }

      assertThat(collections.collection(NAME).enclosed())
          .containsOnly(entry("deep", "sub"), entry("sub", "x"), entry("f.md", "x"));
    }
  }
}
