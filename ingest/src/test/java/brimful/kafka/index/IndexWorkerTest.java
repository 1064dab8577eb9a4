package brimful.kafka.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.index.LuceneIndex;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.kafka.Brokers;
import brimful.kafka.JobProgress;
import brimful.kafka.Pipelines;
import brimful.kafka.record.CborEditor;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.JobCounts;
import brimful.kafka.record.ReplicaReport;
import brimful.kafka.record.Revision;
import brimful.kafka.record.RevisionCodec;
import brimful.kafka.record.Revisions;
import brimful.store.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IndexWorkerTest {
  private static final CollectionKey BOOKS = Pipelines.COLLECTION;
  private static final CollectionKey CODE = new CollectionKey("code", "estimate");
  private static final int PARTITIONS = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long NOW = Clock.systemUTC().millis();

  @TempDir private Path folder;

  private Pipelines pipeline;

  @BeforeEach
  void open() {
    pipeline = new Pipelines(Brokers.dev().bootstrap(), folder);
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  private String topic() {
    return pipeline.cluster().topics().documents();
  }

  private IndexWorkerConfig config(Path home, String group, String... skipped) {
    return new IndexWorkerConfig(home, pipeline.cluster().indexers(group), 2, Set.of(skipped));
  }

  private void index(IndexWorkerConfig config) {
    try (var worker = new IndexWorker(pipeline.cluster(), config)) {
      worker.run(true);
    }
  }

  private void publish(CollectionKey collection, String item, int version, String text) {
    pipeline.publisher().publish(Revisions.of(collection, item, NOW + version, text)).join();
  }

  /// Returns names of items of a collection that are all in one partition.
  private static List<String> names(CollectionKey collection, int partition, int many) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> "file" + i)
        .filter(name ->
            RevisionCodec.partition(collection, new DocumentId(name), PARTITIONS) == partition)
        .limit(many)
        .toList();
  }

  /// Publishes what a version after this one writes, in as many slices as it likes.
  ///
  /// @return where the record is
  private String publishNewer(Revision revision) throws Exception {
    List<ProducerRecord<byte[], byte[]>> records =
        RevisionCodec.records(revision, topic(), PARTITIONS);
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(pipeline.cluster().connection().producer())) {
      for (ProducerRecord<byte[], byte[]> slice : records.subList(0, records.size() - 1)) {
        producer.send(slice).get();
      }
      ProducerRecord<byte[], byte[]> last = records.getLast();
      var sent =
          producer
              .send(
                  new ProducerRecord<>(
                      last.topic(), last.partition(), last.key(), CborEditor.newer(last.value())))
              .get();
      return "%s-%s@%s".formatted(sent.topic(), sent.partition(), sent.offset());
    }
  }

  /// Returns the text of all chunks of a collection that are committed.
  private static Set<String> texts(Path home, CollectionKey collection) {
    var texts = new TreeSet<String>();
    try (LuceneIndex index =
            LuceneIndex.open(CollectionIndexes.folder(home, collection), collection.tokenizer());
        Snapshot snapshot = index.snapshot()) {
      for (Outline outline : snapshot.outlines()) {
        snapshot.read(outline.chunks()).stream().map(Chunk::text).forEach(texts::add);
      }
    }
    return texts;
  }

  private static FolderState state(Path home) {
    return FolderState.read(home).orElseThrow();
  }

  private static void await(BooleanSupplier reached) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!reached.getAsBoolean()) {
      assertThat(System.nanoTime()).as("patience").isLessThan(end);
      Thread.sleep(50);
    }
  }

  /// A worker that runs in a thread of its own until it is closed.
  private final class Running implements AutoCloseable {
    private final IndexWorker worker;
    private final FutureTask<Boolean> task;

    Running(IndexWorkerConfig config) {
      worker = new IndexWorker(pipeline.cluster(), config);
      task =
          new FutureTask<>(() -> {
            worker.run(false);
            return true;
          });
      Thread.ofPlatform().daemon().start(task);
    }

    @Override
    public void close() {
      worker.stop();
      assertThat(task).succeedsWithin(PATIENCE);
      worker.close();
    }
  }

  private List<String> publishSome(CollectionKey collection, int many) {
    var texts = new ArrayList<String>();
    for (int i = 0; i < many; i++) {
      String text = "text%s of %s".formatted(i, collection.name());
      publish(collection, "file" + i, 0, text);
      texts.add(text);
    }
    return texts;
  }

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
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(pipeline::index)
        .withMessageContaining("--rebuild")
        .withMessageContaining("ingest PATH --collection NAME --again");
  }

  private void rebuild(String... skipped) {
    try (var rebuild =
        new IndexRebuild(pipeline.cluster(), config(pipeline.indexes(), "index", skipped))) {
      rebuild.run();
    }
  }

  @Test
  void aRebuildTakesThePlaceOfTheOldIndexesAndIsGoneOnFrom() throws IOException {
    List<String> texts = publishSome(BOOKS, 12);
    pipeline.index();
    String name = ReplicaName.of(pipeline.indexes());
    // What is in no topic is gone afterwards.
    try (LuceneIndex index =
        LuceneIndex.open(CollectionIndexes.folder(pipeline.indexes(), BOOKS), "estimate")) {
      index.remove(new DocumentId("file3"));
      index.commit(index.notes());
    }
    assertThat(texts(pipeline.indexes(), BOOKS)).hasSize(11);

    rebuild();
    publish(BOOKS, "later", 0, "later");
    pipeline.index();

    texts.add("later");
    assertThat(texts(pipeline.indexes(), BOOKS)).containsExactlyInAnyOrderElementsOf(texts);
    assertThat(ReplicaName.of(pipeline.indexes())).isEqualTo(name);
    assertThat(folder.resolve("collections.rebuilt")).doesNotExist();
    assertThat(folder.resolve("collections.replaced")).doesNotExist();
  }

  @Test
  void aRebuildThatLacksSomethingLeavesTheOldIndexes() throws Exception {
    List<String> texts = publishSome(BOOKS, 5);
    pipeline.index();
    String at = publishNewer(Revisions.of(BOOKS, "file1", NOW + 9, "newer"));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(this::rebuild)
        .withMessageContaining("the old ones stay in use")
        .withMessageContaining(at);

    assertThat(texts(pipeline.indexes(), BOOKS)).containsExactlyInAnyOrderElementsOf(texts);
    rebuild(at);
    assertThat(texts(pipeline.indexes(), BOOKS)).containsExactlyInAnyOrderElementsOf(texts);
  }

  @Test
  void aRebuildFromATopicWithoutACollectionLeavesTheOldIndexes() throws Exception {
    List<String> texts = publishSome(BOOKS, 5);
    pipeline.index();
    try (Admin admin = Admin.create(pipeline.cluster().connection().admin())) {
      admin.deleteTopics(List.of(topic())).all().get();
      pipeline.cluster().topics().ensure(admin);
    }

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(this::rebuild)
        .withMessageContaining("collection books@estimate is not in the topic");

    assertThat(texts(pipeline.indexes(), BOOKS)).containsExactlyInAnyOrderElementsOf(texts);
  }

  @Test
  void aSwapThatAKillInterruptedIsCompleted() throws IOException {
    List<String> texts = publishSome(BOOKS, 5);
    pipeline.index();
    Files.move(pipeline.indexes(), folder.resolve("collections.rebuilt"));

    IndexRebuild.recover(pipeline.indexes());

    assertThat(texts(pipeline.indexes(), BOOKS)).containsExactlyInAnyOrderElementsOf(texts);
  }
}
