package brimful.kafka.index;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import brimful.corpus.UserError;
import brimful.index.IndexFiles;
import brimful.index.LuceneIndex;
import brimful.kafka.JobProgress;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.JobCounts;
import brimful.kafka.record.ReplicaReport;
import brimful.kafka.record.Revisions;
import brimful.store.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

final class IndexWorkerTest extends IndexWorkerFixture {
  @Test
  void everyFolderHasAGroupOfItsOwnAndSoEverything() {
    List<String> texts = publishSome(BOOKS, 20);
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");

    try (var _ = new Running(config(one, ReplicaName.of(one)));
        var _ = new Running(config(two, ReplicaName.of(two)))) {
      for (Path home : List.of(one, two)) {
        await(() -> FolderState.read(home).isPresent());
        await(() -> texts(home, BOOKS).size() == texts.size());
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }

    assertThat(ReplicaName.of(one))
        .isEqualTo(ReplicaName.of(one))
        .isNotEqualTo(ReplicaName.of(two));
    assertThat(texts(one, BOOKS)).containsExactlyInAnyOrderElementsOf(texts);
    assertThat(state(two).gaps(BOOKS)).isEmpty();
  }

  @Test
  void collectionsInAnyMixtureHaveEverything() {
    int many = CollectionIndexes.OPEN_MAX + 40;
    for (int file = 0; file < 3; file++) {
      for (int i = 0; i < many; i++) {
        var _ =
            pipeline
                .publisher()
                .publish(
                    Revisions.of(
                        new CollectionKey("c" + i, "estimate"), "file" + file, NOW, "text" + file));
      }
    }
    pipeline.publisher().flush();

    pipeline.index();

    assertThat(CollectionIndexes.list(pipeline.indexes()))
        .hasSize(many)
        .allSatisfy(key ->
            assertThat(texts(pipeline.indexes(), key)).containsExactly("text0", "text1", "text2"));
  }

  @Test
  void foldersThatShareAGroupSayWhatTheyLackUntilOneIsAlone() throws Exception {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    List<String> texts;

    try (var _ = new Running(config(one, "shared"))) {
      try (var _ = new Running(config(two, "shared"))) {
        await(() -> isPart(one) && isPart(two));
        texts = publishSome(BOOKS, 20);
        await(() -> texts(one, BOOKS).size() + texts(two, BOOKS).size() == texts.size());
        assertThat(Stream.of(one, two).map(home -> state(home).gaps(BOOKS)))
            .allSatisfy(gaps ->
                assertThat(gaps)
                    .singleElement()
                    .asString()
                    .contains("partitions (", "give each folder a --group of its own"));
      }
      await(() -> state(one).gaps(BOOKS).isEmpty() && texts(one, BOOKS).size() == texts.size());
    }

    assertThat(texts(one, BOOKS)).containsExactlyInAnyOrderElementsOf(texts);
  }

  private static boolean isPart(Path home) {
    return FolderState.read(home)
        .map(state -> !state.held().isEmpty() && state.held().size() < PARTITIONS)
        .orElse(false);
  }

  @Test
  void aRecordOfANewerVersionParksItsCollectionAloneUntilItIsSkipped() throws Exception {
    List<String> names = names(BOOKS, 2, 3);
    publish(BOOKS, names.get(0), 0, "before");
    // So large that it has slices, where reading must continue.
    String at =
        publishNewer(
            Revisions.of(BOOKS, names.get(1), NOW, "x".repeat(700_000), "y".repeat(700_000)));
    publish(BOOKS, names.get(2), 0, "after");
    publish(CODE, names(CODE, 2, 1).getFirst(), 0, "code");

    pipeline.index();

    assertThat(texts(pipeline.indexes(), CODE)).containsExactly("code");
    assertThat(texts(pipeline.indexes(), BOOKS)).containsExactly("before");
    assertThat(state(pipeline.indexes()).gaps(CODE)).isEmpty();
    assertThat(state(pipeline.indexes()).gaps(BOOKS))
        .containsExactly(
            "collection books@estimate waits at %s, its schema is version 2 and this Brimful knows 1: upgrade this one; or start it with --skip %s, which leaves that record out"
                .formatted(at, at));
    try (var progress = new JobProgress(pipeline.cluster())) {
      assertThat(progress.replicas())
          .singleElement()
          .satisfies(report ->
              assertThat(report.parked())
                  .extracting(ReplicaReport.Parked::collection, ReplicaReport.Parked::at)
                  .containsExactly(tuple(BOOKS, at)));
    }

    pipeline.index();
    assertThat(texts(pipeline.indexes(), BOOKS)).containsExactly("before");

    index(config(pipeline.indexes(), "index", at));

    assertThat(texts(pipeline.indexes(), BOOKS)).containsExactly("after", "before");
    assertThat(state(pipeline.indexes()).behind()).isEmpty();
    try (var progress = new JobProgress(pipeline.cluster())) {
      assertThat(progress.replicas()).isEmpty();
    }
  }

  @Test
  void aSkippedRecordThatCanBeReadIsTakenAllTheSame() {
    publish(BOOKS, names(BOOKS, 0, 1).getFirst(), 0, "good");

    index(config(pipeline.indexes(), "index", topic() + "-0@0"));

    assertThat(texts(pipeline.indexes(), BOOKS)).containsExactly("good");
  }

  @Test
  void anIndexThatWasDeletedIsReadAgainFromTheTopic() throws IOException {
    List<String> books = publishSome(BOOKS, 12);
    List<String> code = publishSome(CODE, 12);
    pipeline.index();
    Folders.delete(CollectionIndexes.folder(pipeline.indexes(), BOOKS));
    publish(CODE, "later", 0, "later");
    code.add("later");

    pipeline.index();

    assertThat(texts(pipeline.indexes(), BOOKS)).containsExactlyInAnyOrderElementsOf(books);
    assertThat(texts(pipeline.indexes(), CODE)).containsExactlyInAnyOrderElementsOf(code);
    assertThat(state(pipeline.indexes()).behind()).isEmpty();
  }

  /// The folder's state is written last, so a kill leaves one that claims less than the indexes
  /// have.
  @Test
  void recordsThatAreReadTwiceAfterAKillCountOnce() throws Exception {
    List<String> texts = publishSome(BOOKS, 12);
    pipeline.index();
    Files.delete(pipeline.indexes().resolve("folder.json"));

    pipeline.index();

    assertThat(texts(pipeline.indexes(), BOOKS)).containsExactlyInAnyOrderElementsOf(texts);
    try (LuceneIndex index =
        LuceneIndex.open(CollectionIndexes.folder(pipeline.indexes(), BOOKS), "estimate")) {
      var collection =
          new CollectionIndex(index, pipeline.cluster().id(topic()), Clock.systemUTC().instant());
      assertThat(collection.jobs().values()).extracting(JobCounts::done).containsExactly(12L);
    }
  }

  @Test
  void saysThatTheTopicIsAnotherOneAndKeepsItsIndexes() throws Exception {
    List<String> texts = publishSome(BOOKS, 5);
    pipeline.index();
    var worker = new IndexWorker(pipeline.cluster(), config(pipeline.indexes(), "index"));
    var task =
        new FutureTask<>(() -> {
          worker.run(false);
          return true;
        });
    Thread.ofPlatform().daemon().start(task);

    try (Admin admin = Admin.create(pipeline.cluster().connection().admin())) {
      admin.deleteTopics(List.of(topic())).all().get();
      pipeline.cluster().topics().ensure(admin);
    }

    assertThat(task)
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(UserError.class)
        .withMessageContaining("was deleted and created again");
    worker.close();
    assertThat(texts(pipeline.indexes(), BOOKS)).containsExactlyInAnyOrderElementsOf(texts);

    pipeline.index();
    publish(BOOKS, "file0", 1, "again");
    pipeline.index();

    texts.set(0, "again");
    assertThat(texts(pipeline.indexes(), BOOKS)).containsExactlyInAnyOrderElementsOf(texts);
    assertThat(reported()).isEqualTo(1);
  }

  /// Returns how many files of the present topic were reported last.
  private long reported() {
    try (var progress = new JobProgress(pipeline.cluster())) {
      return requireNonNull(
              requireNonNull(progress.inventories().get(pipeline.cluster().indexers("index")))
                  .get(BOOKS))
          .items();
    }
  }

  @Test
  void refusesTheIndexesOfAnotherCluster() {
    publishSome(BOOKS, 1);
    pipeline.index();
    FolderState last = state(pipeline.indexes());
    new FolderState(
            last.group(),
            "elsewhere",
            "other",
            last.partitions(),
            last.held(),
            last.offsets(),
            last.behind())
        .write(pipeline.indexes());

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(pipeline::index)
        .withMessageContaining("made from another Kafka cluster (id elsewhere")
        .withMessageContaining("--rebuild");
  }

  @Test
  void anIndexThatWasReplacedByAnOlderOneIsReadAgain() throws IOException {
    List<String> books = publishSome(BOOKS, 3);
    pipeline.index();
    Path index = CollectionIndexes.folder(pipeline.indexes(), BOOKS);
    Path backup = folder.resolve("backup");
    IndexFiles.copy(index, backup);
    publish(BOOKS, "later", 0, "later");
    books.add("later");
    pipeline.index();
    Folders.delete(index);
    IndexFiles.copy(backup, index);

    pipeline.index();

    assertThat(texts(pipeline.indexes(), BOOKS)).containsExactlyInAnyOrderElementsOf(books);
    assertThat(reported()).isEqualTo(4);
  }
}
