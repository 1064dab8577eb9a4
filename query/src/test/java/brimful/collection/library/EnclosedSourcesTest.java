package brimful.collection.library;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.collection.SourceReader;
import brimful.corpus.DocumentId;
import brimful.source.Rules;
import brimful.token.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
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
}
