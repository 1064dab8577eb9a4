package brimful.kafka.index;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.corpus.Secrets;
import brimful.index.IndexFiles;
import brimful.index.ItemState;
import brimful.index.LuceneIndex;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.Inventory;
import brimful.kafka.record.JobCounts;
import brimful.kafka.record.Revision;
import brimful.kafka.record.RevisionCodec;
import brimful.kafka.record.Revisions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CollectionIndexTest {
  private static final CollectionKey BOOKS = new CollectionKey("books", "estimate");
  private static final DocumentId ITEM = new DocumentId("a.txt");
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final long VERSION = NOW.toEpochMilli();

  @TempDir Path folder;

  private CollectionIndex open() {
    return open("topic", NOW);
  }

  private CollectionIndex open(String topic, Instant now) {
    return new CollectionIndex(LuceneIndex.open(folder, "estimate"), topic, now);
  }

  static RevisionAssembler.Whole whole(Revision revision, int parts) {
    return new RevisionAssembler.Whole(RevisionCodec.manifestKey(revision), revision, parts);
  }

  static RevisionAssembler.Whole put(long version, String text) {
    return whole(Revisions.of(BOOKS, "a.txt", version, text), 0);
  }

  static RevisionAssembler.Whole delete(long version) {
    return whole(new Revision(BOOKS, "job", version, 0, new Revision.Change.Delete(ITEM)), 0);
  }

  private List<String> texts() {
    return texts(folder);
  }

  private Map<DocumentId, ItemState> items() {
    return items(folder);
  }

  /// Returns the text of all chunks that are committed.
  static List<String> texts(Path folder) {
    var texts = new ArrayList<String>();
    try (LuceneIndex index = LuceneIndex.open(folder, "estimate");
        Snapshot snapshot = index.snapshot()) {
      for (Outline outline : snapshot.outlines()) {
        snapshot.read(outline.chunks()).stream().map(Chunk::text).forEach(texts::add);
      }
    }
    return texts;
  }

  static Map<DocumentId, ItemState> items(Path folder) {
    try (LuceneIndex index = LuceneIndex.open(folder, "estimate");
        Snapshot snapshot = index.snapshot()) {
      return snapshot.items();
    }
  }

  @Test
  void newerReplacesOlderWhichIsToBeSwept() {
    RevisionAssembler.Whole older = whole(Revisions.of(BOOKS, "a.txt", VERSION, "old"), 3);
    try (CollectionIndex index = open()) {
      assertThat(index.apply(older)).isEmpty();

      List<CollectionIndex.Overtaken> overtaken = index.apply(put(VERSION + 1, "new"));

      assertThat(overtaken).contains(new CollectionIndex.Overtaken(older.key(), 3));
      index.commit(NOW);
    }
    assertThat(texts()).containsExactly("new");
  }

  @Test
  void olderIsOvertakenAndChangesNothing() {
    RevisionAssembler.Whole older = whole(Revisions.of(BOOKS, "a.txt", VERSION, "old"), 2);
    try (CollectionIndex index = open()) {
      index.apply(put(VERSION + 1, "new"));
      index.commit(NOW);

      List<CollectionIndex.Overtaken> overtaken = index.apply(older);

      assertThat(overtaken).contains(new CollectionIndex.Overtaken(older.key(), 2));
      assertThat(index.isChanged()).isFalse();
      assertThat(index.jobs().values()).extracting(JobCounts::done).containsExactly(1L);
    }
    assertThat(texts()).containsExactly("new");
  }

  @Test
  void theSameVersionAgainCountsOnceAlsoAfterReopening() {
    try (CollectionIndex index = open()) {
      index.apply(put(VERSION, "text"));
      assertThat(index.apply(put(VERSION, "text"))).isEmpty();
      index.commit(NOW);
    }

    try (CollectionIndex index = open()) {
      assertThat(index.apply(put(VERSION, "text"))).isEmpty();

      assertThat(index.isChanged()).isFalse();
      assertThat(index.jobs().values()).extracting(JobCounts::done).containsExactly(1L);
    }
  }

  @Test
  void aGraveOutlivesReopening() {
    try (CollectionIndex index = open()) {
      index.apply(put(VERSION, "text"));
      index.apply(delete(VERSION + 2));
      index.commit(NOW);
    }

    try (CollectionIndex index = open()) {
      assertThat(index.apply(put(VERSION + 1, "late"))).isNotEmpty();
      index.commit(NOW);
    }
    assertThat(texts()).isEmpty();
    assertThat(items().values()).allMatch(state -> CollectionIndex.own(state).isEmpty());
  }

  @Test
  void anItemCanComeBackFromItsGrave() {
    try (CollectionIndex index = open()) {
      index.apply(delete(VERSION));

      assertThat(index.apply(put(VERSION + 1, "back"))).isNotEmpty();
      index.commit(NOW);
    }
    assertThat(texts()).containsExactly("back");
  }

  @Test
  void aGraveIsClearedWhenNothingOfItCanBeOnItsWay() {
    try (CollectionIndex index = open()) {
      index.apply(delete(VERSION));
      index.commit(NOW);
    }
    Instant last = NOW.plus(CollectionIndex.GRAVE_LIFE);

    open("topic", last).close();
    reopenAndCommit(last);
    assertThat(items()).hasSize(1);
    reopenAndCommit(last.plus(Duration.ofMillis(1)));

    assertThat(items()).isEmpty();
  }

  @Test
  void aGraveThatIsClearedIsToBeCommitted() {
    try (CollectionIndex index = open()) {
      index.apply(delete(VERSION));
      index.commit(NOW);
    }
    Instant last = NOW.plus(CollectionIndex.GRAVE_LIFE);

    try (CollectionIndex index = open("topic", last)) {
      assertThat(index.isChanged()).isFalse();
    }
    try (CollectionIndex index = open("topic", last.plus(Duration.ofMillis(1)))) {
      assertThat(index.isChanged()).isTrue();
      index.commit(NOW);
      assertThat(index.isChanged()).isFalse();
    }
    try (CollectionIndex index = open("topic", last.plus(Duration.ofMillis(1)))) {
      assertThat(index.isChanged()).isFalse();
    }
  }

  private void reopenAndCommit(Instant now) {
    try (CollectionIndex index = open("topic", now)) {
      index.commit(NOW);
    }
  }

  @Test
  void anItemThatIsOldIsNoGrave() {
    try (CollectionIndex index = open()) {
      index.apply(put(VERSION, "old but good"));
      index.commit(NOW);
    }

    reopenAndCommit(NOW.plus(Duration.ofDays(999)));

    assertThat(texts()).containsExactly("old but good");
  }

  @Test
  void itemsAreGivenBackAsTheirSourceKnowsThem() {
    Item item = Item.without(ITEM, "a stamp with spaces", new Outcome.Encrypted());
    var revision = new Revision(BOOKS, "job", VERSION, 1, new Revision.Change.Put(item));
    try (CollectionIndex index = open()) {
      index.apply(whole(revision, 0));
      index.commit(NOW);
    }

    assertThat(items()).hasSize(1);
    assertThat(CollectionIndex.own(items().values().iterator().next()))
        .contains(
            new ItemState("a stamp with spaces", new Outcome.Encrypted(), List.of(), Secrets.NONE));
  }

  @Test
  void countsAreThoseOfTheLastCommit() {
    CollectionIndex killed = open();
    assertThat(killed.isFresh()).isTrue();
    killed.apply(put(VERSION, "committed"));
    killed.commit(NOW);
    killed.apply(put(VERSION + 1, "lost"));
    killed.close();

    try (CollectionIndex index = open()) {
      assertThat(index.isFresh()).isFalse();
      assertThat(index.jobs())
          .isEqualTo(
              Map.of("job", JobCounts.NONE.plus(put(VERSION, "committed").revision()).at(NOW)));
    }
    assertThat(texts()).containsExactly("committed");
  }

  /// The process may have ended between the commit and the report.
  @Test
  void aRecordThatIsReadAgainIsReportedThoughItChangesNothing() {
    try (CollectionIndex index = open()) {
      index.apply(put(VERSION, "text"));
      index.commit(NOW);
    }

    try (CollectionIndex index = open()) {
      assertThat(index.report()).isEmpty();
      index.apply(put(VERSION, "text"));

      assertThat(index.isChanged()).isFalse();
      assertThat(index.report()).containsOnlyKeys("job").isEqualTo(index.jobs());
      assertThat(index.report()).isEmpty();
    }
  }

  @Test
  void keepsTheCountsOfTheLatestJobsOnly() {
    try (CollectionIndex index = open()) {
      for (int i = 0; i < 40; i++) {
        Item item = Item.without(new DocumentId("f" + i), "s", new Outcome.Encrypted());
        index.apply(
            whole(new Revision(BOOKS, "job" + i, VERSION, 1, new Revision.Change.Put(item)), 0));

        index.commit(NOW.plusSeconds(i));
      }

      assertThat(index.jobs()).hasSize(32).containsKeys("job8", "job39").doesNotContainKey("job7");
    }
  }

  @Test
  void theInventoryFollowsWhatIsPutReplacedAndDeleted() {
    var tally = new Inventory.Tally();
    try (CollectionIndex index = open()) {
      index.apply(put(VERSION, "one"));
      index.apply(whole(Revisions.of(BOOKS, "b.txt", VERSION, "other"), 0));
      index.apply(put(VERSION + 1, "two"));
      index.apply(put(VERSION, "late"));
      tally.add(ITEM, VERSION + 1);
      tally.add(new DocumentId("b.txt"), VERSION);
      assertThat(index.inventory()).isEqualTo(tally.inventory("topic"));

      index.apply(delete(VERSION + 2));
      tally.remove(ITEM, VERSION + 1);
      index.commit(NOW);
    }

    assertThat(CollectionIndex.committed(IndexFiles.notes(folder)))
        .contains(tally.inventory("topic"));
    try (CollectionIndex index = open()) {
      assertThat(index.inventory()).isEqualTo(tally.inventory("topic"));
    }
  }

  @Test
  void itemsOfAFormerTopicStayAndCountAsMissing() {
    try (CollectionIndex index = open("old-topic", NOW)) {
      index.apply(put(VERSION, "one"));
      index.commit(NOW);
    }

    for (int start = 0; start < 2; start++) {
      try (CollectionIndex index = open("new-topic", NOW)) {
        assertThat(index.inventory()).isEqualTo(Inventory.empty("new-topic"));
        index.commit(NOW);
      }
    }
    assertThat(texts()).containsExactly("one");

    try (CollectionIndex index = open("new-topic", NOW)) {
      index.apply(put(VERSION + 1, "two"));
      assertThat(index.inventory().items()).isEqualTo(1);
    }
  }
}
