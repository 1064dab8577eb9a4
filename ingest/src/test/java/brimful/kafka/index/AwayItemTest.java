package brimful.kafka.index;

import static brimful.kafka.index.CollectionIndexTest.delete;
import static brimful.kafka.index.CollectionIndexTest.put;
import static brimful.kafka.index.CollectionIndexTest.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.corpus.Secrets;
import brimful.corpus.UserError;
import brimful.index.ChunkIndex;
import brimful.index.ItemState;
import brimful.index.LuceneIndex;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.JobCounts;
import brimful.kafka.record.Revision;
import brimful.kafka.record.Revisions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    return away(ITEM, version);
  }

  private static RevisionAssembler.Whole away(DocumentId id, long version) {
    Item item =
        Item.without(
            id, "", new Outcome.Failed("the site answers with status 503, try again later"));
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
      assertThat(away(index).indexed()).isOne();
      assertThat(away(index).failed()).isZero();
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
      assertThat(away(index).failed()).isZero();
    }
    assertThat(texts()).containsExactly("new");
    assertThat(outcome()).isEqualTo(new Outcome.Indexed());
  }

  /// @param first whether secrets were kept when the text was read
  /// @param second whether they may be now
  @ParameterizedTest
  @CsvSource({"false, false, text", "true, true, text", "false, true, text", "true, false, ''"})
  void aTextThatShowsSecretsStaysOnlyWhileTheyMayBeShown(
      boolean first, boolean second, String stays) {
    try (CollectionIndex index = open()) {
      index.apply(unmasked(put(VERSION, "text"), first));
      index.commit(NOW);
      // What is kept once is still what it was.
      index.apply(unmasked(away(VERSION + 1), first));
      index.commit(NOW);
    }
    assertThat(texts()).containsExactly("text");
    try (CollectionIndex index = open()) {
      index.apply(unmasked(away(VERSION + 2), second));
      index.commit(NOW);
    }

    assertThat(String.join(" ", texts())).isEqualTo(stays);
  }

  /// @param said what stood behind the parts of an item before
  @ParameterizedTest
  @CsvSource({"'', true", "u, true", "m, false"})
  void aTextOfWhichNothingIsSaidMayShowSecrets(String said, boolean unmasked) {
    String first = String.format(Locale.ROOT, "%016x", VERSION);
    String second = String.format(Locale.ROOT, "%016x", VERSION + 1);
    ItemState own = state(first + " 3" + said + " own");
    ItemState kept = state(second + " 0+" + first + "+3" + said + " own");

    assertThat(ItemVersion.of(own).unmasked()).isEqualTo(unmasked);
    assertThat(ItemVersion.of(kept).unmasked()).isEqualTo(unmasked);
    assertThat(ItemVersion.of(kept).textParts()).isEqualTo(3);
  }

  private static ItemState state(String stamp) {
    return new ItemState(stamp, new Outcome.Indexed(), List.of(), Secrets.NONE);
  }

  private static RevisionAssembler.Whole unmasked(RevisionAssembler.Whole whole, boolean is) {
    Revision one = whole.revision();
    return whole(
        new Revision(one.collection(), one.job(), one.version(), one.bytes(), is, one.change()),
        whole.parts());
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
      assertThat(away(index).failed()).isEqualTo(2);
    }
    assertThat(outcome())
        .isEqualTo(new Outcome.Failed("the site answers with status 503, try again later"));
  }

  @Test
  void aCommitThatWasBrokenOffCountsNothingTwice() {
    DocumentId other = new DocumentId("b.txt");
    var broken = new AtomicBoolean(true);
    try (CollectionIndex index =
        new CollectionIndex(
            breaking(LuceneIndex.open(folder, "estimate"), other, broken), "topic", NOW)) {
      index.apply(put(VERSION, "text"));
      index.apply(whole(Revisions.of(BOOKS, other.value(), VERSION, "other"), 1));
      index.commit(NOW);
      index.apply(away(VERSION + 1));
      index.apply(away(other, VERSION + 1));

      assertThatExceptionOfType(UserError.class).isThrownBy(() -> index.commit(NOW));
      broken.set(false);
      index.commit(NOW);

      assertThat(away(index).done()).isEqualTo(2);
      assertThat(index.inventory().items()).isEqualTo(2);
    }
    assertThat(texts()).containsExactlyInAnyOrder("text", "other");
  }

  /// Returns an index that cannot begin an item while the disk is full.
  private static ChunkIndex breaking(LuceneIndex index, DocumentId item, AtomicBoolean broken) {
    return (ChunkIndex)
        Proxy.newProxyInstance(
            ChunkIndex.class.getClassLoader(),
            new Class<?>[] {ChunkIndex.class},
            (_, method, arguments) -> {
              if (broken.get() && method.getName().equals("begin") && arguments[0].equals(item)) {
                throw new UserError(UserError.Kind.DISK_FULL, "the disk is full: free some");
              }
              try {
                return method.invoke(index, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
