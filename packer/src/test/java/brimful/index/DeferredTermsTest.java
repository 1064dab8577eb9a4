package brimful.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import brimful.store.LockWait;
import brimful.token.Tokenizers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeferredTermsTest {
  private static final String TOKENIZER = "deepseek-v3";
  private static final Terms BROKER =
      new Terms(List.of(new Terms.Passage("broker", 1)), Optional.empty(), false);

  @TempDir private Path home;
  private Path folder;

  @BeforeEach
  void name() {
    folder = home.resolve("index");
  }

  private static Item item(String name, String text) {
    var id = new DocumentId(name);
    var chunk = new Chunk(id, 0, new Locator.Lines(1, 1), "", List.of("Name"), text, 9);
    return new Item(
        id,
        "stamp",
        new Outcome.Indexed(),
        List.of(new Document(id, "", List.of(chunk))),
        List.of());
  }

  private static LuceneIndex open(Path folder) {
    return LuceneIndex.open(folder, TOKENIZER);
  }

  private void writeWithoutTerms() {
    try (LuceneIndex index = open(folder)) {
      index.deferTerms();
      index.put(item("a", "The broker rebalances"));
      index.put(item("b", "The worker rests"));
      index.commit(Map.of("offset", "7"));
    }
  }

  @Test
  void readsTextsButRefusesToSearch() {
    writeWithoutTerms();

    try (LuceneIndex index = open(folder);
        Snapshot snapshot = index.snapshot()) {
      assertThat(index.lacksTerms()).isTrue();
      assertThat(snapshot.read(snapshot.outlines().getFirst().chunks()).getFirst().text())
          .isEqualTo("The broker rebalances");
      assertThatThrownBy(() -> snapshot.matches(BROKER).chunks(5))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> snapshot.defining("Name")).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void isTheSameIndexOnceTheTermsAreAdded() {
    writeWithoutTerms();
    Path direct = home.resolve("direct");
    try (LuceneIndex index = open(direct)) {
      index.put(item("a", "The broker rebalances"));
      index.put(item("b", "The worker rests"));
      index.commit();
    }

    try (LuceneIndex index = open(folder)) {
      StoredItems.addTerms(index);
    }

    try (LuceneIndex index = open(folder);
        LuceneIndex expected = open(direct);
        Snapshot snapshot = index.snapshot();
        Snapshot other = expected.snapshot()) {
      assertThat(index.lacksTerms()).isFalse();
      assertThat(index.notes()).isEqualTo(Map.of("offset", "7"));
      assertThat(snapshot.items()).isEqualTo(other.items());
      assertThat(snapshot.matches(BROKER).chunks(5))
          .isEqualTo(other.matches(BROKER).chunks(5))
          .isNotEmpty();
      assertThat(snapshot.defining("Name")).hasSize(2);
    }
  }

  @Test
  void goesOnWithoutTermsUntilTheyAreAdded() {
    writeWithoutTerms();

    try (LuceneIndex index = open(folder)) {
      index.put(item("c", "The broker again"));
      index.commit();
      assertThat(index.lacksTerms()).isTrue();
      index.release();
      StoredItems.addTerms(index);

      try (Snapshot snapshot = index.snapshot()) {
        assertThat(snapshot.matches(BROKER).chunks(5)).hasSize(2);
      }
    }
  }

  @Test
  void addsTheTermsRightAfterAChange() {
    writeWithoutTerms();

    try (LuceneIndex index = open(folder)) {
      index.put(item("c", "The broker again"));
      index.commit();
      index.put(item("d", "The broker at last"));
      StoredItems.addTerms(index);

      assertThat(index.lacksTerms()).isFalse();
      try (Snapshot snapshot = index.snapshot()) {
        assertThat(snapshot.matches(BROKER).chunks(5)).hasSize(3);
      }
    }
    try (LuceneIndex index = open(folder)) {
      assertThat(index.lacksTerms()).isFalse();
    }
  }

  @Test
  void isSearchableEvenIfNothingIsLeftInIt() {
    writeWithoutTerms();
    try (LuceneIndex index = open(folder)) {
      index.remove(new DocumentId("a"));
      index.remove(new DocumentId("b"));
      index.commit(Map.of("offset", "8"));
    }

    try (LuceneIndex index = open(folder)) {
      StoredItems.addTerms(index);

      try (Snapshot snapshot = index.snapshot()) {
        assertThat(index.lacksTerms()).isFalse();
        assertThat(index.notes()).isEqualTo(Map.of("offset", "8"));
        assertThat(snapshot.matches(BROKER).chunks(5)).isEmpty();
      }
    }
  }

  @Test
  void keepsTheTermsOfAnIndexThatHasThem() {
    try (LuceneIndex index = open(folder)) {
      index.put(item("a", "The broker rebalances"));
      index.commit();
    }

    try (LuceneIndex index = open(folder)) {
      index.deferTerms();
      index.put(item("b", "The broker again"));
      index.commit();

      try (Snapshot snapshot = index.snapshot()) {
        assertThat(index.lacksTerms()).isFalse();
        assertThat(snapshot.matches(BROKER).chunks(5)).hasSize(2);
      }
    }
  }

  @Test
  void tellsAnIndexRecountedFromItThatTermsAreMissing() {
    writeWithoutTerms();
    Path other = home.resolve("other");

    boolean made =
        Recount.make(
            folder, other, Tokenizers.named("o200k_base"), LockWait.NONE, RecountListener.SILENT);

    assertThat(made).isTrue();
    try (LuceneIndex index = LuceneIndex.open(other, "o200k_base")) {
      assertThat(index.lacksTerms()).isTrue();
    }
  }
}
