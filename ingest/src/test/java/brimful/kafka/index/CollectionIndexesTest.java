package brimful.kafka.index;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.kafka.JobProgress;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.Revision;
import brimful.kafka.record.RevisionCodec;
import brimful.kafka.record.Revisions;
import brimful.store.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
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

  private CollectionKey numbered(int number) {
    return new CollectionKey("books" + number, "estimate");
  }

  @Test
  void onlyWhatChangedIsCommittedAndReported() {
    try (CollectionIndexes indexes = open()) {
      indexes.of(BOOKS).apply(whole(BOOKS));
      indexes.commit(NOW);
      indexes.of(CODE).apply(whole(CODE));

      assertThat(indexes.commit(NOW)).containsOnlyKeys(JobProgress.jobKey(CODE, "job"));
      assertThat(indexes.commit(NOW)).isEmpty();
    }
    assertThat(CollectionIndexes.list(folder())).containsExactly(BOOKS, CODE);
  }

  @Test
  void aQuietCollectionIsCommittedWhileAnotherChanges() {
    try (CollectionIndexes indexes = open()) {
      indexes.apply(whole(CODE));
      long since = System.nanoTime();
      indexes.apply(whole(BOOKS));

      assertThat(indexes.hasQuiet(since)).isTrue();
      assertThat(indexes.commitQuiet(NOW, since)).containsOnlyKeys(JobProgress.jobKey(CODE, "job"));
      assertThat(indexes.hasQuiet(since)).isFalse();
      assertThat(indexes.commit(NOW)).containsOnlyKeys(JobProgress.jobKey(BOOKS, "job"));
    }
  }

  @Test
  void onlyTheLatestStayOpenAndTheOthersKeepWhatTheyHave() {
    int many = CollectionIndexes.OPEN_MAX + 9;
    try (CollectionIndexes indexes = open()) {
      for (int i = 0; i < many; i++) {
        indexes.of(numbered(i)).apply(whole(numbered(i)));
      }
      assertThat(indexes.isFull()).isTrue();
      indexes.trim();
      assertThat(indexes.openCount()).isEqualTo(many);
      indexes.commit(NOW);

      indexes.trim();

      assertThat(indexes.isFull()).isFalse();
      assertThat(indexes.openCount()).isEqualTo(CollectionIndexes.OPEN_MAX);
      assertThat(indexes.of(numbered(0)).apply(whole(numbered(0)))).isEmpty();
      assertThat(indexes.of(numbered(0)).isChanged()).isFalse();
    }
    try (CollectionIndexes indexes = open()) {
      assertThat(indexes.lost()).isEmpty();
    }
  }

  @Test
  void recordsOfFurtherCollectionsWaitForTheCommit() {
    int many = CollectionIndexes.OPEN_MAX + 9;
    try (CollectionIndexes indexes = open()) {
      for (int i = 0; i < many; i++) {
        assertThat(indexes.apply(whole(numbered(i)))).isEmpty();
      }
      assertThat(indexes.openCount()).isEqualTo(CollectionIndexes.OPEN_MAX);
      assertThat(indexes.hasPending()).isTrue();
      assertThat(indexes.isFull()).as("more of the same collections may follow").isFalse();

      assertThat(indexes.applyPending()).isEmpty();

      assertThat(indexes.hasPending()).isFalse();
      assertThat(indexes.commit(NOW)).hasSize(many);
      indexes.trim();
      assertThat(indexes.openCount()).isEqualTo(CollectionIndexes.OPEN_MAX);
    }
    assertThat(CollectionIndexes.list(folder())).hasSize(many);
  }

  /// Its job would never end if nobody heard of it.
  @Test
  void anIndexStaysOpenUntilItsJobsAreReported() {
    try (CollectionIndexes indexes = open()) {
      indexes.of(numbered(0)).apply(whole(numbered(0)));
      indexes.commit(NOW);
    }
    try (CollectionIndexes indexes = open()) {
      indexes.of(numbered(0)).apply(whole(numbered(0)));
      for (int i = 1; i < CollectionIndexes.OPEN_MAX + 9; i++) {
        indexes.of(numbered(i));
      }
      indexes.trim();

      assertThat(indexes.commit(NOW)).containsOnlyKeys(JobProgress.jobKey(numbered(0), "job"));
    }
  }

  @Test
  void anIndexThatIsGoneOrEmptyIsLostOnce() throws IOException {
    try (CollectionIndexes indexes = open()) {
      indexes.of(BOOKS).apply(whole(BOOKS));
      indexes.of(CODE).apply(whole(CODE));
      indexes.commit(NOW);
    }
    Folders.delete(CollectionIndexes.folder(folder(), CODE));

    try (CollectionIndexes indexes = open()) {
      assertThat(indexes.lost()).containsExactly(CODE);
      assertThat(indexes.lost()).isEmpty();
      Folders.delete(CollectionIndexes.folder(folder(), BOOKS));
      assertThat(indexes.of(BOOKS).isFresh()).isTrue();
      assertThat(indexes.lost()).containsExactly(BOOKS);
      assertThat(indexes.of(CODE).isFresh()).isTrue();
      assertThat(indexes.lost()).isEmpty();
    }
  }

  @Test
  void aNewCollectionIsNotLostThoughAKillCutItsNameOff() throws IOException {
    try (CollectionIndexes indexes = open()) {
      indexes.of(BOOKS).apply(whole(BOOKS));
      indexes.commit(NOW);
    }
    Files.writeString(folder().resolve("known"), "code/esti", StandardOpenOption.APPEND);

    try (CollectionIndexes indexes = open()) {
      indexes.of(CODE).apply(whole(CODE));
      indexes.commit(NOW);
    }

    assertThat(folder().resolve("known")).hasContent("books/estimate\ncode/estimate\n");
    try (CollectionIndexes indexes = open()) {
      assertThat(indexes.lost()).isEmpty();
    }
  }

  private static RevisionAssembler.Whole deleted(CollectionKey key, long version) {
    var revision =
        new Revision(key, "job", version, 0, new Revision.Change.Delete(new DocumentId("a.txt")));
    return new RevisionAssembler.Whole(RevisionCodec.manifestKey(revision), revision, 0);
  }

  private Path folder(CollectionKey key) {
    return CollectionIndexes.folder(folder(), key);
  }

  @Test
  void aDroppedCollectionGoesWhenItIsEmptyAndNothingLateRevivesIt() throws IOException {
    long version = Instant.now().toEpochMilli();
    try (CollectionIndexes indexes = open()) {
      indexes.of(BOOKS).apply(whole(BOOKS));
      indexes.of(BOOKS).drop(version + 1);
      indexes.of(CODE).apply(whole(CODE));
      indexes.commit(NOW);
      indexes.trim();
      assertThat(folder(BOOKS)).exists();

      indexes.of(BOOKS).apply(deleted(BOOKS, version + 1));
      indexes.commit(NOW);
      indexes.trim();

      assertThat(folder().resolve("books")).doesNotExist();
      assertThat(folder().resolve("known")).hasContent("code/estimate\n");
    }
    try (CollectionIndexes indexes = open()) {
      assertThat(indexes.lost()).isEmpty();
      assertThat(indexes.of(BOOKS).apply(whole(BOOKS))).isNotEmpty();
      assertThat(indexes.of(BOOKS).isChanged()).isFalse();
      indexes.trim();
      assertThat(folder().resolve("books")).doesNotExist();

      Revision again = Revisions.of(BOOKS, "a.txt", version + 2, "again");
      indexes
          .of(BOOKS)
          .apply(new RevisionAssembler.Whole(RevisionCodec.manifestKey(again), again, 0));
      indexes.commit(NOW);
      indexes.trim();

      assertThat(folder(BOOKS)).exists();
    }
  }

  @Test
  void tombstonesOfADroppedCollectionAreKeptForAWeek() throws IOException {
    try (CollectionIndexes indexes = open()) {
      indexes.of(BOOKS).drop(7);
      indexes.commit(NOW);
      indexes.trim();
    }
    Path aside = CollectionIndexes.folder(RetiredIndexes.beside(folder()), BOOKS);
    assertThat(aside).isNotEmptyDirectory();
    Instant last = Instant.now().minus(CollectionIndex.GRAVE_LIFE);

    Files.setLastModifiedTime(aside, FileTime.from(last.plusSeconds(60)));
    open().close();
    assertThat(aside).exists();
    Files.setLastModifiedTime(aside, FileTime.from(last.minusSeconds(60)));
    open().close();

    assertThat(aside).doesNotExist();
  }
}
