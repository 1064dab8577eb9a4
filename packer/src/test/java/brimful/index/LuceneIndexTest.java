package brimful.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.UserError;
import brimful.testing.Seeds;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LuceneIndexTest extends ChunkIndexContract {
  @TempDir Path folder;
  private LuceneIndex index;

  @BeforeEach
  void open() {
    index = LuceneIndex.open(folder.resolve("main"), "tokenizer");
  }

  @AfterEach
  void close() {
    index.close();
  }

  @Override
  protected ChunkIndex index() {
    return index;
  }

  @Test
  void keepsTheLastCommitWhenItIsNotClosedInPeace() {
    index.put(item("a", "kept"));
    index.commit();
    index.put(item("b", "lost"));

    index.close();
    open();

    assertThat(index.startedEmpty()).isFalse();
    assertThat(index.discarded()).isEmpty();
    try (Snapshot snapshot = index.snapshot()) {
      assertThat(texts(snapshot)).containsExactly("a kept");
    }
  }

  @Test
  void findsItsNotesAgainButNotThoseOfAnother() {
    index.commit(Map.of("offset", "5"));
    index.close();
    open();

    assertThat(index.notes()).isEqualTo(Map.of("offset", "5"));
    try (LuceneIndex other = LuceneIndex.open(folder.resolve("main"), "other")) {
      assertThat(other.notes()).isEmpty();
    }
  }

  @Test
  void startsAnewForAnotherTokenizer() {
    index.put(item("a", "old"));
    index.commit();
    index.close();

    try (LuceneIndex other = LuceneIndex.open(folder.resolve("main"), "other")) {
      assertThat(other.startedEmpty()).isTrue();
      assertThat(other.discarded())
          .hasValueSatisfying(line -> assertThat(line).contains("rebuilding it"));
      other.put(item("b", "new"));
      other.commit();
      try (Snapshot snapshot = other.snapshot()) {
        assertThat(texts(snapshot)).containsExactly("b new");
      }
    }
  }

  @Test
  void saysThatItIsClosed() {
    LuceneIndex closed = LuceneIndex.open(folder.resolve("closed"), "tokenizer");
    closed.close();

    assertThatThrownBy(closed::snapshot)
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.BUSY))
        .hasMessageContaining("try again");
  }

  @Test
  void saysThatAnotherIsWriting() {
    index.put(item("a", "text"));

    try (LuceneIndex second = LuceneIndex.open(folder.resolve("main"), "tokenizer")) {
      assertThatThrownBy(() -> second.put(item("b", "text")))
          .isInstanceOfSatisfying(
              UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.BUSY))
          .hasMessageContaining("another Brimful (pid " + ProcessHandle.current().pid() + ")")
          .hasMessageContaining("that is writing this index")
          .hasMessageContaining("wait for it");
    }
  }

  @Test
  void readsWhileAnotherIsWriting() {
    index.put(item("a", "text"));
    index.commit();
    index.put(item("b", "text"));

    try (LuceneIndex second = LuceneIndex.open(folder.resolve("main"), "tokenizer");
        Snapshot snapshot = second.snapshot()) {
      assertThat(texts(snapshot)).containsExactly("a text");
    }
  }

  @Seeds
  void startsAnewWhenAFileIsTruncated(long seed) throws IOException {
    var random = new Random(seed);
    index.put(item("a", "some text", "and more"));
    index.commit();
    index.close();
    List<Path> files = files();
    Path victim = files.get(random.nextInt(files.size()));
    try (FileChannel channel = FileChannel.open(victim, StandardOpenOption.WRITE)) {
      channel.truncate(random.nextLong(channel.size()));
    }

    open();

    assertThat(index.startedEmpty()).isTrue();
    assertThat(index.discarded())
        .hasValueSatisfying(line -> assertThat(line).contains("is damaged").doesNotContain("\n"));
    index.put(item("b", "new"));
    index.commit();
    try (Snapshot snapshot = index.snapshot()) {
      assertThat(texts(snapshot)).containsExactly("b new");
    }
  }

  @Test
  void startsAnewWhenAFileIsGone() throws IOException {
    index.put(item("a", "some text"));
    index.commit();
    index.close();
    Files.delete(files().stream().filter(f -> f.toString().endsWith(".cfs")).findFirst().get());

    open();

    assertThat(index.startedEmpty()).isTrue();
    assertThat(index.discarded()).isPresent();
  }

  @Test
  void takesItemsWithNamesLongerThanATerm() {
    String name = "a/" + "x".repeat(40_000);
    index.put(item(name, "text"));
    index.put(item(name + "y", "text"));
    index.put(item(name, "again"));
    index.commit();

    try (Snapshot snapshot = index.snapshot()) {
      assertThat(snapshot.outlines()).hasSize(2);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("main"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("[_s].*"))
          .sorted()
          .toList();
    }
  }

  @Test
  void readsThousandsOfChunksInTheOrderAskedFor() {
    for (int item = 0; item < 90; item++) {
      index.put(item("i" + item, texts(item)));
      if (item == 40) {
        index.commit();
      }
    }
    index.commit();

    try (Snapshot snapshot = index.snapshot()) {
      List<ChunkRef> refs =
          new ArrayList<>(
              snapshot.outlines().stream().flatMap(one -> one.chunks().stream()).toList());
      Collections.shuffle(refs, new Random(1));
      List<Chunk> chunks = snapshot.read(refs);

      assertThat(chunks).hasSize(9_000);
      assertThat(chunks)
          .extracting(chunk -> chunk.document() + " " + chunk.ordinal())
          .isEqualTo(refs.stream().map(ref -> ref.document() + " " + ref.ordinal()).toList());
    }
  }

  @Test
  void scoresWordsOfManyChunksAsAnyOther() {
    String[] texts = Collections.nCopies(1_000, "many words").toArray(String[]::new);
    index.put(item("i10", texts));
    index.commit();
    double few = scoreByRarity(1_000);
    for (int item = 11; item < 70; item++) {
      index.put(item("i" + item, texts));
    }
    index.commit();
    index.remove(new DocumentId("i17"));
    index.commit();

    // Decoded for the first question, counted for the next, and known from then on.
    for (int question = 0; question < 3; question++) {
      assertThat(scoreByRarity(59_000)).isCloseTo(few, withinPercentage(0.01));
    }
  }

  /// Forms of words, deleted chunks, documents in parts, and counts that no byte holds.
  @Test
  void scoresAreTheSameBitsOnceAWordIsKnown() {
    var random = new Random(3);
    for (int item = 0; item < 60; item++) {
      put("i" + item, randomTexts(random), item % 3 == 0);
    }
    index.commit();
    put("i7", randomTexts(random), true);
    index.remove(new DocumentId("i9"));
    index.commit();
    var terms =
        new Terms(
            List.of(new Terms.Passage("organize the brokers rarely", 1)), Optional.empty(), true);
    try (Snapshot snapshot = index.snapshot()) {
      Snapshot.Matches decoded = snapshot.matches(terms);
      for (int question = 0; question < 3; question++) {
        Snapshot.Matches known = snapshot.matches(terms);

        assertThat(known.chunks(100_000)).isEqualTo(decoded.chunks(100_000)).hasSize(70_800);
        assertThat(known.documents(100)).isEqualTo(decoded.documents(100)).hasSize(59);
      }
    }
  }

  private static String[] randomTexts(Random random) {
    String[] texts = new String[1_200];
    Arrays.setAll(
        texts,
        _ ->
            "brokers "
                + "organize ".repeat(random.nextInt(3))
                + "organizing ".repeat(random.nextInt(2))
                + "organization ".repeat(random.nextInt(2))
                + "broker ".repeat(random.nextInt(100) == 0 ? random.nextInt(200) : 0)
                + "rarely ".repeat(random.nextInt(50) == 0 ? 1 : 0)
                + "filler ".repeat(random.nextInt(9)));
    return texts;
  }

  private void put(String name, String[] texts, boolean inParts) {
    var id = new DocumentId(name);
    try (ItemParts parts = index.begin(id)) {
      int first = inParts ? texts.length / 2 : 0;
      if (inParts) {
        parts.add(List.of(new Document(id, chunks(id, 0, Arrays.copyOf(texts, first)))));
      }
      String[] rest = Arrays.copyOfRange(texts, first, texts.length);
      parts.end(item(name, new Document(id, chunks(id, first, rest))));
    }
  }

  private static List<Chunk> chunks(DocumentId id, int first, String... texts) {
    return IntStream.range(0, texts.length)
        .mapToObj(at -> {
          var where = new Locator.Lines(first + at + 1, first + at + 1);
          return new Chunk(id, first + at, where, "", List.of(), texts[at], 5);
        })
        .toList();
  }

  /// Returns the highest score of a word that all chunks have, by the word's rarity.
  private double scoreByRarity(int chunks) {
    try (Snapshot snapshot = index.snapshot()) {
      List<Hit> hits = snapshot.matches(terms("many")).chunks(100_000);

      assertThat(hits).hasSize(chunks);
      assertThat(hits).extracting(hit -> name(snapshot, hit)).doesNotContain("i17");
      assertThat(snapshot.matches(terms("many")).documents(100)).hasSize(chunks / 1_000);
      return hits.getFirst().score() / Math.log(1 + 0.5 / (chunks + 0.5));
    }
  }

  private static String[] texts(int item) {
    return IntStream.range(0, 100)
        .mapToObj(i -> "text " + i + " of " + item)
        .toArray(String[]::new);
  }
}
