package brimful.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import brimful.store.LockWait;
import brimful.testing.Seeds;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Items that reach the index in parts are what they would be at once.
final class ItemPartsTest {
  private static final TokenCounter COUNTER = Tokenizers.named("deepseek-v3");
  private static final DocumentId ZIP = new DocumentId("a.zip");
  private static final DocumentId BIG = ZIP.member("big.txt");

  @TempDir private Path home;
  private LuceneIndex index;

  @BeforeEach
  void open() {
    index = LuceneIndex.open(home.resolve("index"), COUNTER.name());
  }

  @AfterEach
  void close() {
    index.close();
  }

  private static Document document(DocumentId id, int first, int chunks) {
    return new Document(
        id,
        "Title",
        IntStream.range(first, first + chunks)
            .mapToObj(at ->
                new Chunk(
                    id,
                    at,
                    new Locator.Lines(at + 1, at + 1),
                    "Heading",
                    List.of("name" + at),
                    "broker text%s of %s".formatted(at, id),
                    20 + at))
            .toList());
  }

  private static Item last(String stamp, Document... documents) {
    return new Item(
        ZIP,
        stamp,
        new Outcome.Indexed(),
        List.of(documents),
        List.of(new Item.Member(BIG, new Outcome.Indexed())));
  }

  /// The item in three parts; the second member spans all of them.
  private static void putInParts(LuceneIndex index) {
    try (ItemParts parts = index.begin(ZIP)) {
      parts.add(List.of(document(ZIP.member("z.txt"), 0, 2), document(BIG, 0, 3)));
      parts.add(List.of(document(BIG, 3, 4)));
      parts.end(last("s", document(BIG, 7, 2), document(ZIP.member("b.txt"), 0, 1)));
    }
  }

  private static void putAtOnce(LuceneIndex index) {
    index.put(
        last(
            "s",
            document(ZIP.member("z.txt"), 0, 2),
            document(BIG, 0, 9),
            document(ZIP.member("b.txt"), 0, 1)));
  }

  private static Item other(String name) {
    return new Item(
        new DocumentId(name),
        "s",
        new Outcome.Indexed(),
        List.of(document(new DocumentId(name), 0, 2)),
        List.of());
  }

  private static List<Chunk> chunks(Snapshot snapshot) {
    return snapshot.outlines().stream()
        .flatMap(outline -> snapshot.read(outline.chunks()).stream())
        .toList();
  }

  private void assertSameAs(LuceneIndex expected) {
    var broker = new Terms(List.of(new Terms.Passage("broker text5", 1)), Optional.empty(), false);
    try (Snapshot is = index.snapshot();
        Snapshot should = expected.snapshot()) {
      assertThat(is.items()).isEqualTo(should.items());
      assertThat(is.outlines())
          .extracting(Outline::document)
          .isEqualTo(should.outlines().stream().map(Outline::document).toList());
      assertThat(chunks(is)).isEqualTo(chunks(should)).isNotEmpty();
      if (!index.lacksTerms()) {
        assertThat(is.matches(broker).chunks(20))
            .isEqualTo(should.matches(broker).chunks(20))
            .isNotEmpty();
        assertThat(is.matches(broker).documents(20))
            .isEqualTo(should.matches(broker).documents(20));
        assertThat(is.defining("name8")).isEqualTo(should.defining("name8")).hasSize(1);
      }
    }
  }

  private LuceneIndex atOnce() {
    LuceneIndex expected = LuceneIndex.open(home.resolve("expected"), COUNTER.name());
    putAtOnce(expected);
    expected.commit();
    return expected;
  }

  @Test
  void isTheSameItemAsAtOnce() {
    putInParts(index);
    index.commit();

    try (LuceneIndex expected = atOnce()) {
      assertSameAs(expected);
      close();
      open();
      assertSameAs(expected);
    }
  }

  @Test
  void replacesAllPartsByFewer() {
    putInParts(index);
    index.put(other("b"));
    index.commit();

    index.put(Item.without(ZIP, "new", new Outcome.Skipped("empty")));
    index.commit();

    try (Snapshot snapshot = index.snapshot()) {
      assertThat(snapshot.items()).hasSize(2);
      assertThat(snapshot.outlines())
          .extracting(outline -> outline.document().value())
          .containsExactly("b");
    }
    index.remove(ZIP);
    putInParts(index);
    index.remove(ZIP);
    index.commit();
    try (Snapshot snapshot = index.snapshot()) {
      assertThat(snapshot.items()).doesNotContainKey(ZIP);
      assertThat(chunks(snapshot)).hasSize(2);
    }
  }

  @Test
  void commitsNothingWhileAnItemIsBetweenItsParts() {
    putAtOnce(index);
    index.commit();
    CompletableFuture<Void> commit;
    try (ItemParts parts = index.begin(ZIP)) {
      assertThat(index.tryCommit()).isTrue();
      parts.add(List.of(document(BIG, 0, 3)));
      assertThat(index.tryCommit()).isFalse();

      commit = CompletableFuture.runAsync(index::commit);

      try (LuceneIndex reader = LuceneIndex.open(home.resolve("index"), COUNTER.name());
          Snapshot snapshot = reader.snapshot()) {
        assertThat(chunks(snapshot)).hasSize(12);
      }
      assertThat(commit).isNotDone();
      parts.end(last("later", document(BIG, 3, 1)));
    }
    commit.join();
    try (Snapshot snapshot = index.snapshot()) {
      assertThat(chunks(snapshot)).hasSize(4);
      assertThat(snapshot.items())
          .hasEntrySatisfying(ZIP, state -> assertThat(state.stamp()).isEqualTo("later"));
    }
  }

  @Test
  void losesNothingIfTheProcessEndsBetweenTwoParts() {
    putAtOnce(index);
    index.commit();
    ItemParts parts = index.begin(ZIP);
    parts.add(List.of(document(BIG, 0, 3)));

    close();
    open();

    try (LuceneIndex expected = atOnce()) {
      assertSameAs(expected);
    }
  }

  @Test
  void holdsNothingOfAnItemThatWasGivenUpOrFailed() {
    index.put(other("b"));
    try (ItemParts parts = index.begin(ZIP)) {
      parts.add(List.of(document(BIG, 0, 3)));
    }
    assertThat(index.tryCommit()).isTrue();
    try (Snapshot snapshot = index.snapshot()) {
      assertThat(snapshot.items().keySet()).containsExactly(new DocumentId("b"));
      assertThat(chunks(snapshot)).hasSize(2);
    }

    try (ItemParts parts = index.begin(ZIP)) {
      parts.add(List.of(document(BIG, 0, 3)));
      parts.end(Item.without(ZIP, "s", new Outcome.Failed("broke off")));
    }
    assertThat(index.tryCommit()).isTrue();
    try (Snapshot snapshot = index.snapshot()) {
      assertThat(snapshot.items())
          .hasEntrySatisfying(
              ZIP, state -> assertThat(state.outcome()).isEqualTo(new Outcome.Failed("broke off")));
      assertThat(chunks(snapshot)).hasSize(2);
    }
  }

  @Test
  void refusesPartsThatDoNotGoOn() {
    try (ItemParts parts = index.begin(ZIP)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> parts.add(List.of(document(BIG, 3, 1))))
          .withMessageContaining("begins with chunk 3");
      parts.add(List.of(document(BIG, 0, 3)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> parts.end(last("s", document(BIG, 4, 1))))
          .withMessageContaining("go on with chunk 3");
    }
    assertThat(index.tryCommit()).isTrue();
  }

  /// Merges join segments in any order; readers tell the parts by their numbers.
  @Seeds
  void staysWholeAmongOthersAndThroughMerges(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 14; round++) {
      index.put(other("o" + random.nextInt(9)));
      if (round % 5 == random.nextInt(2)) {
        putInParts(index);
      }
      index.commit();
    }
    putInParts(index);
    index.commit();

    try (LuceneIndex expected = atOnce();
        Snapshot is = index.snapshot();
        Snapshot should = expected.snapshot()) {
      List<Chunk> own =
          chunks(is).stream().filter(chunk -> chunk.document().item().equals(ZIP)).toList();
      assertThat(own).isEqualTo(chunks(should));
    }
  }

  @Test
  void isRecountedCopiedAndGivenItsTerms() {
    TokenCounter counter = Tokenizers.named("o200k_base");
    index.deferTerms();
    var large = new ArrayList<Document>();
    try (ItemParts parts = index.begin(ZIP)) {
      large.add(document(BIG, 0, 3));
      parts.add(List.of(large.getLast()));
      large.add(document(BIG, 3, StoredItems.CHUNKS_A_PART));
      parts.end(last("s", large.getLast()));
    }
    index.commit(Map.of());
    List<Chunk> expected = large.stream().flatMap(part -> part.chunks().stream()).toList();

    StoredItems.addTerms(index);
    boolean made =
        Recount.make(
            home.resolve("index"),
            home.resolve("recount"),
            counter,
            LockWait.NONE,
            RecountListener.SILENT);

    assertThat(made).isTrue();
    List<Chunk> counted = expected.stream().map(chunk -> Recount.chunk(chunk, counter)).toList();
    try (Snapshot snapshot = index.snapshot();
        LuceneIndex recount = LuceneIndex.open(home.resolve("recount"), counter.name());
        LuceneIndex copy = LuceneIndex.open(home.resolve("copy"), counter.name())) {
      assertThat(chunks(snapshot)).isEqualTo(expected);
      assertThat(snapshot.defining("name4000")).hasSize(1);
      new StoredItems(snapshot).copyTo(copy, counter, Map.of());
      try (Snapshot first = recount.snapshot();
          Snapshot second = copy.snapshot()) {
        assertThat(chunks(first)).isEqualTo(counted);
        assertThat(chunks(second)).isEqualTo(counted);
        assertThat(second.items()).isEqualTo(snapshot.items());
      }
    }
  }
}
