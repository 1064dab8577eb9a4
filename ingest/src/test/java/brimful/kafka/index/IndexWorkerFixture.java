package brimful.kafka.index;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.index.LuceneIndex;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.kafka.Brokers;
import brimful.kafka.Pipelines;
import brimful.kafka.record.CborEditor;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.Revision;
import brimful.kafka.record.RevisionCodec;
import brimful.kafka.record.Revisions;
import brimful.testing.Await;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Index workers on a real broker, and what they have committed.
abstract class IndexWorkerFixture {
  static final CollectionKey BOOKS = Pipelines.COLLECTION;
  static final CollectionKey CODE = new CollectionKey("code", "estimate");
  static final int PARTITIONS = 6;
  static final Duration PATIENCE = Await.PATIENCE;
  static final long NOW = Clock.systemUTC().millis();

  @TempDir Path folder;

  Pipelines pipeline;

  @BeforeEach
  void open() {
    pipeline = new Pipelines(Brokers.dev().bootstrap(), folder);
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  String topic() {
    return pipeline.cluster().topics().documents();
  }

  IndexWorkerConfig config(Path home, String group, String... skipped) {
    return new IndexWorkerConfig(home, pipeline.cluster().indexers(group), 2, Set.of(skipped));
  }

  void index(IndexWorkerConfig config) {
    try (var worker = new IndexWorker(pipeline.cluster(), config)) {
      worker.run(true);
    }
  }

  void publish(CollectionKey collection, String item, int version, String text) {
    pipeline.publisher().publish(Revisions.of(collection, item, NOW + version, text)).join();
  }

  /// Returns names of items of a collection that are all in one partition.
  static List<String> names(CollectionKey collection, int partition, int many) {
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
  String publishNewer(Revision revision) throws Exception {
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
  static Set<String> texts(Path home, CollectionKey collection) {
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

  static FolderState state(Path home) {
    return FolderState.read(home).orElseThrow();
  }

  static void await(BooleanSupplier reached) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!reached.getAsBoolean()) {
      assertThat(System.nanoTime()).as("patience").isLessThan(end);
      Thread.sleep(50);
    }
  }

  /// A worker that runs in a thread of its own until it is closed.
  final class Running implements AutoCloseable {
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

  List<String> publishSome(CollectionKey collection, int many) {
    var texts = new ArrayList<String>();
    for (int i = 0; i < many; i++) {
      String text = "text%s of %s".formatted(i, collection.name());
      publish(collection, "file" + i, 0, text);
      texts.add(text);
    }
    return texts;
  }
}
