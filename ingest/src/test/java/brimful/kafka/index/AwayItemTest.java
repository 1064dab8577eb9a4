package brimful.kafka.index;

import static brimful.kafka.index.CollectionIndexTest.delete;
import static brimful.kafka.index.CollectionIndexTest.put;
import static brimful.kafka.index.CollectionIndexTest.whole;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.index.LuceneIndex;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.JobCounts;
import brimful.kafka.record.Revision;
import brimful.kafka.record.Revisions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Items of a collection that workers could not read for now.
final class AwayItemTest {
  private static final CollectionKey BOOKS = new CollectionKey("books", "estimate");
  private static final DocumentId ITEM = new DocumentId("a.txt");
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final long VERSION = NOW.toEpochMilli();

  @TempDir Path folder;

  private CollectionIndex open() {
    return new CollectionIndex(LuceneIndex.open(folder, "estimate"), "topic", NOW);
  }

  private List<String> texts() {
    return CollectionIndexTest.texts(folder);
  }

  private static RevisionAssembler.Whole away(long version) {
    Item item =
        Item.without(
            ITEM, "", new Outcome.Failed("the site answers with status 503, try again later"));
    return whole(new Revision(BOOKS, "away", version, 0, new Revision.Change.Put(item)), 4);
  }

  private static JobCounts away(CollectionIndex index) {
    return index.jobs().getOrDefault("away", JobCounts.NONE);
  }

  private Outcome outcome() {
    return CollectionIndexTest.items(folder).values().iterator().next().outcome();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theTextOfWhatIsAwayForNowStaysUntilThereIsAnother(boolean committed) {
    RevisionAssembler.Whole first = whole(Revisions.of(BOOKS, "a.txt", VERSION, "text"), 3);
    RevisionAssembler.Whole second = away(VERSION + 1);
    RevisionAssembler.Whole third = away(VERSION + 2);
    try (CollectionIndex index = open()) {
      assertThat(index.apply(first)).isEmpty();
      if (committed) {
        index.commit(NOW);
      }
      assertThat(index.apply(second)).isEmpty();
      index.commit(NOW);

      assertThat(index.inventory().items()).isOne();
      assertThat(away(index).failed()).isOne();
    }
    assertThat(texts()).containsExactly("text");
    assertThat(outcome().display())
        .isEqualTo(
            "indexed: failed for now (the site answers with status 503, try again later), text of 2026-11-22 kept");

    try (CollectionIndex index = open()) {
      assertThat(index.apply(second)).isEmpty();
      assertThat(index.isChanged()).isFalse();
      assertThat(index.apply(third))
          .containsExactly(new CollectionIndex.Overtaken(second.key(), 4));
      index.commit(NOW);
    }
    assertThat(texts()).containsExactly("text");

    try (CollectionIndex index = open()) {
      assertThat(index.apply(put(VERSION + 3, "new")))
          .containsExactlyInAnyOrder(
              new CollectionIndex.Overtaken(third.key(), 4),
              new CollectionIndex.Overtaken(first.key(), 3));
      index.commit(NOW);
      assertThat(away(index).done()).isEqualTo(2);
    }
    assertThat(texts()).containsExactly("new");
    assertThat(outcome()).isEqualTo(new Outcome.Indexed());
  }

  @Test
  void whatIsAwayIsOvertakenBeforeItIsCommitted() {
    RevisionAssembler.Whole first = put(VERSION, "text");
    RevisionAssembler.Whole second = away(VERSION + 1);
    try (CollectionIndex index = open()) {
      index.apply(first);
      index.commit(NOW);
      index.apply(second);

      assertThat(index.apply(second)).isEmpty();
      assertThat(index.apply(put(VERSION, "late"))).isNotEmpty();
      assertThat(index.apply(delete(VERSION + 2)))
          .containsExactlyInAnyOrder(
              new CollectionIndex.Overtaken(second.key(), 4),
              new CollectionIndex.Overtaken(first.key(), 0));
      index.commit(NOW);
      assertThat(away(index).done()).isOne();
    }
    assertThat(texts()).isEmpty();
  }

  @Test
  void whatIsAwayWithoutTextHasFailed() {
    try (CollectionIndex index = open()) {
      index.apply(away(VERSION));
      assertThat(index.apply(away(VERSION + 1))).isNotEmpty();
      index.commit(NOW);
    }
    assertThat(outcome())
        .isEqualTo(new Outcome.Failed("the site answers with status 503, try again later"));
  }
}
