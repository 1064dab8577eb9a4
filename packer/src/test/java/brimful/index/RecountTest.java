package brimful.index;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Markup;
import brimful.corpus.Outcome;
import brimful.store.LockWait;
import brimful.testing.Pictures;
import brimful.testing.Seeds;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecountTest {
  private static final TokenCounter OLD = Tokenizers.named("deepseek-v3");
  private static final TokenCounter NEW = Tokenizers.named("o200k_base");

  @TempDir private Path folder;
  private Path from;
  private Path to;

  @BeforeEach
  void name() {
    from = folder.resolve("from");
    to = folder.resolve("to");
  }

  @Test
  void keepsPictures() {
    var id = new DocumentId("a.png");
    var chunk =
        new Chunk(id, 0, new Locator.Lines(1, 1), "", List.of(), "(picture)", 5)
            .with(Pictures.of(1, 50, 40));
    try (LuceneIndex index = LuceneIndex.open(from, OLD.name())) {
      index.put(
          new Item(
              id,
              "1",
              new Outcome.Indexed(),
              List.of(new Document(id, List.of(chunk))),
              List.of()));
      index.commit();
    }

    assertThat(Recount.make(from, to, NEW, LockWait.NONE, RecountListener.SILENT)).isTrue();

    try (LuceneIndex index = LuceneIndex.open(to, NEW.name());
        Snapshot snapshot = index.snapshot()) {
      assertThat(snapshot.pictures(snapshot.outlines().getFirst().chunks()))
          .containsExactly(chunk.picture());
      List<Document> parts = new ArrayList<>();
      Item stored = new StoredItems(snapshot).item(id, NEW, true, parts::addAll);
      assertThat(stored.documents().getFirst().chunks().getFirst().picture())
          .isEqualTo(chunk.picture());
    }
  }

  private static Item item(String name, String stamp, String... texts) {
    var id = new DocumentId(name);
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      var lines = new Locator.Lines(i + 1, i + 1);
      int tokens = OLD.count(new Markup(OLD.specials()).segment(lines, "Heading", texts[i]));
      chunks.add(new Chunk(id, i, lines, "Heading", List.of("name" + i), texts[i], tokens));
    }
    return new Item(
        id,
        stamp,
        new Outcome.Indexed(),
        chunks.isEmpty() ? List.of() : List.of(new Document(id, "Title", chunks)),
        List.of());
  }

  private void write(Item... items) {
    try (var index = LuceneIndex.open(from, OLD.name())) {
      for (Item item : items) {
        index.put(item);
      }
      index.commit(Map.of("offset", "7"));
    }
  }

  private boolean recount() {
    return Recount.make(from, to, NEW, LockWait.NONE, RecountListener.SILENT);
  }

  private static List<Chunk> chunks(Path folder, TokenCounter counter) {
    try (var index = LuceneIndex.open(folder, counter.name());
        Snapshot snapshot = index.snapshot()) {
      return snapshot.outlines().stream()
          .flatMap(outline -> snapshot.read(outline.chunks()).stream())
          .toList();
    }
  }

  private void assertSameByTheNewTokenizer() {
    List<Chunk> expected =
        chunks(from, OLD).stream().map(chunk -> Recount.chunk(chunk, NEW)).toList();
    assertThat(chunks(to, NEW)).isEqualTo(expected);
    for (Chunk chunk : expected) {
      assertThat(chunk.tokens()).isEqualTo(NEW.count(new Markup(NEW.specials()).segment(chunk)));
    }
  }

  @Seeds
  void countsEveryChunkAndChangesNothingElse(long seed) {
    var random = new Random(seed);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < random.nextInt(1, 40); i++) {
      var texts = new String[random.nextInt(5)];
      for (int j = 0; j < texts.length; j++) {
        texts[j] = "für <doc> %s 分詞器 rebalance%s();".formatted(random.nextLong(), i);
      }
      items.add(item(String.format(Locale.ROOT, "%03d.md", i), "s" + i, texts));
    }
    write(items.toArray(Item[]::new));
    // A second segment, with documents that are deleted in the first.
    write(item("000.md", "later", "Replaced by this."), item("zzz.md", "z", "The last one."));

    assertThat(recount()).isTrue();

    assertSameByTheNewTokenizer();
    try (var old = LuceneIndex.open(from, OLD.name());
        var made = LuceneIndex.open(to, NEW.name());
        Snapshot before = old.snapshot();
        Snapshot after = made.snapshot()) {
      assertThat(after.items()).isEqualTo(before.items());
      var terms =
          new Terms(List.of(new Terms.Passage("rebalance1 last", 1)), Optional.empty(), false);
      assertThat(after.matches(terms).chunks(10)).isEqualTo(before.matches(terms).chunks(10));
      assertThat(made.notes()).containsEntry("offset", "7");
    }
  }

  @Test
  void sharesTheFilesThatHoldTheTexts() throws IOException {
    write(item("a.md", "1", "text"));

    recount();

    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".cfs")).toList()) {
        assertThat(Files.getAttribute(to.resolve(file.getFileName()), "unix:ino"))
            .isEqualTo(Files.getAttribute(file, "unix:ino"));
      }
    }
  }

  @Test
  void givesAnIndexThatGoesOnByItself() {
    write(item("a.md", "1", "one", "two"), item("b.md", "1", "three"));
    recount();

    try (var index = LuceneIndex.open(to, NEW.name())) {
      index.put(item("a.md", "2", "one and a half"));
      index.remove(new DocumentId("b.md"));
      index.commit();
    }

    assertThat(chunks(to, NEW)).extracting(Chunk::text).containsExactly("one and a half");
    assertThat(chunks(from, OLD)).hasSize(3);
  }

  @Test
  void leavesAnIndexThatIsThereAndReplacesOneOfAnotherTokenizer() {
    write(item("a.md", "1", "text"));
    recount();
    var counted = new AtomicInteger();
    RecountListener listener =
        new RecountListener() {
          @Override
          public void starts(int chunks) {}

          @Override
          public void counted(int chunks) {
            counted.addAndGet(chunks);
          }

          @Override
          public void ends() {}
        };

    assertThat(Recount.make(from, to, NEW, LockWait.NONE, listener)).isTrue();
    assertThat(counted).hasValue(0);
    assertThat(Recount.make(to, from, NEW, LockWait.NONE, listener)).isTrue();
    assertThat(counted).hasValue(1);
    assertThat(chunks(from, NEW)).hasSize(1);
  }

  @Test
  void saysBeforehandHowManyChunksItCounts() {
    write(item("a.md", "1", "one", "two", "three"), item("b.md", "1", "four"));
    write(item("a.md", "2", "five", "six"), item("empty.md", "1"));
    try (var index = LuceneIndex.open(from, OLD.name())) {
      index.remove(new DocumentId("b.md"));
      index.commit(Map.of());
    }
    var announced = new AtomicInteger();
    var counted = new AtomicInteger();
    RecountListener listener =
        new RecountListener() {
          @Override
          public void starts(int chunks) {
            announced.set(chunks);
          }

          @Override
          public void counted(int chunks) {
            counted.addAndGet(chunks);
          }

          @Override
          public void ends() {}
        };

    assertThat(Recount.make(from, to, NEW, LockWait.NONE, listener)).isTrue();

    assertThat(announced).hasValue(2);
    assertThat(counted).hasValue(2);
  }

  @Test
  void makesNothingOfNothing() {
    assertThat(recount()).isFalse();
    try (var _ = LuceneIndex.open(from, OLD.name())) {
      assertThat(recount()).isFalse();
    }
    assertThat(folder).isDirectoryNotContaining("glob:**copy-*");
  }

  @Test
  void copiesOnlyWhatDiffersToAnIndexThatIsThere() {
    write(item("a.md", "1", "one"), item("b.md", "1", "two"));
    recount();
    try (var old = LuceneIndex.open(from, OLD.name())) {
      old.put(item("a.md", "2", "one, changed"));
      old.remove(new DocumentId("b.md"));
      old.put(item("c.md", "1", "three"));
      old.commit();
      try (var made = LuceneIndex.open(to, NEW.name());
          Snapshot now = old.snapshot()) {
        new StoredItems(now).copyTo(made, NEW, Map.of("base", old.commitId()));

        assertThat(made.notes()).containsEntry("base", old.commitId());
      }
    }

    assertSameByTheNewTokenizer();
    assertThat(chunks(to, NEW)).extracting(Chunk::text).containsExactly("one, changed", "three");
  }
}
