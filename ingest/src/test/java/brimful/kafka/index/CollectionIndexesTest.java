package brimful.kafka.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import brimful.kafka.JobProgress;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.Revision;
import brimful.kafka.record.RevisionCodec;
import brimful.kafka.record.Revisions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CollectionIndexesTest {
  private static final CollectionKey BOOKS = new CollectionKey("books", "estimate");
  private static final CollectionKey CODE = new CollectionKey("code", "estimate");
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir Path temp;

  private Path folder() {
    return temp.resolve("collections");
  }

  private CollectionIndexes open() {
    return CollectionIndexes.open(folder(), "topic");
  }

  private static RevisionAssembler.Whole whole(CollectionKey key) {
    Revision revision = Revisions.of(key, "a.txt", NOW.toEpochMilli(), "text");
    return new RevisionAssembler.Whole(RevisionCodec.manifestKey(revision), revision, 0);
  }

  @Test
  void aNewCollectionIsCommittedAtOnceWithThePositions() {
    try (CollectionIndexes killed = open()) {
      killed.of(BOOKS, Map.of(2, 20L)).apply(whole(BOOKS));
    }

    try (CollectionIndexes indexes = open()) {
      assertThat(CollectionIndexes.list(folder())).containsExactly(BOOKS);
      assertThat(indexes.offset(2)).isEqualTo(20);
      assertThat(indexes.jobs()).isEmpty();
    }
  }

  @Test
  void thePositionsOfAKnownCollectionStay() {
    try (CollectionIndexes indexes = open()) {
      indexes.of(BOOKS, Map.of(2, 20L));

      indexes.of(BOOKS, Map.of(2, 99L));

      assertThat(indexes.offset(2)).isEqualTo(20);
    }
  }

  @Test
  void readsFromWhereTheLeastOfThemEnded() {
    try (CollectionIndexes indexes = open()) {
      assertThat(indexes.offset(0)).isZero();
      indexes.of(BOOKS, Map.of(0, 5L, 1, 100L));
      indexes.of(CODE, Map.of(0, 7L, 1, 50L));

      assertThat(indexes.offset(0)).isEqualTo(5);
      assertThat(indexes.offset(1)).isEqualTo(50);
      assertThat(indexes.offset(2)).isZero();
    }
  }

  @Test
  void oneCommitIsOfAllOfThem() {
    try (CollectionIndexes indexes = open()) {
      indexes.of(BOOKS, Map.of(0, 5L));
      indexes.of(CODE, Map.of(0, 5L)).apply(whole(CODE));
      assertThat(indexes.isChanged()).isTrue();

      indexes.commit(Map.of(0, 9L), NOW);

      assertThat(indexes.isChanged()).isFalse();
    }
    try (CollectionIndexes indexes = open()) {
      assertThat(indexes.offset(0)).isEqualTo(9);
      assertThat(indexes.jobs()).containsOnlyKeys(JobProgress.jobKey(CODE, "job"));
    }
  }

  @Test
  void whatIsDeletedStartsFromTheBeginning() {
    try (CollectionIndexes indexes = open()) {
      indexes.of(BOOKS, Map.of(0, 5L)).apply(whole(BOOKS));
      indexes.commit(Map.of(0, 6L), NOW);
    }

    CollectionIndexes.delete(folder());

    assertThat(folder()).doesNotExist();
    try (CollectionIndexes indexes = open()) {
      assertThat(indexes.offset(0)).isZero();
    }
  }

  @Test
  void refusesIndexesOfAnotherTopic() {
    try (CollectionIndexes indexes = open()) {
      indexes.of(BOOKS, Map.of());
    }

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> CollectionIndexes.open(folder(), "other").close())
        .withMessageContaining("start with --rebuild");
  }
}
