package brimful.kafka;

import brimful.chunk.ChunkLimits;
import brimful.chunk.Chunker;
import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Picture;
import brimful.corpus.Sha256;
import brimful.extract.ExtractLimits;
import brimful.extract.Extractor;
import brimful.extract.ForkLimits;
import brimful.extract.ocr.ImageMode;
import brimful.index.LuceneIndex;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.ingest.ClaimHandler;
import brimful.ingest.Claims;
import brimful.ingest.Ingester;
import brimful.ingest.MountMap;
import brimful.ingest.OpenSources;
import brimful.ingest.Progress;
import brimful.ingest.Stages;
import brimful.kafka.index.CollectionIndexes;
import brimful.kafka.index.IndexWorker;
import brimful.kafka.index.IndexWorkerConfig;
import brimful.kafka.record.Claim;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.worker.Handler;
import brimful.kafka.worker.PoisonCache;
import brimful.kafka.worker.PoisonLookup;
import brimful.kafka.worker.Worker;
import brimful.kafka.worker.WorkerLimits;
import brimful.source.Rules;
import brimful.source.Source;
import brimful.source.Sources;
import brimful.token.Tokenizers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/// One pipeline for one test: topics of its own on a shared broker, and folders of its own.
public final class Pipelines implements AutoCloseable {
  public static final CollectionKey COLLECTION = new CollectionKey("books", "estimate");

  /// Pictures are kept.
  private static final Rules RULES = ImageMode.ALL.rules(Rules.standard(), true);

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final Cluster cluster;
  private final Publisher publisher;

  public Pipelines(String broker, Path folder) {
    this.folder = folder;
    cluster =
        Cluster.open(
            Connection.of(broker, Optional.empty()),
            new Topics("test-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet()));
    publisher = new Publisher(cluster);
  }

  public Cluster cluster() {
    return cluster;
  }

  public Publisher publisher() {
    return publisher;
  }

  public Path indexes() {
    return folder.resolve("collections");
  }

  Sources sources() {
    return new Sources(RULES, folder.resolve("git"), Clock.systemUTC());
  }

  /// Submits what has changed in a folder.
  Submitter.Submitted submit(Path corpus) {
    return submit(corpus, COLLECTION);
  }

  Submitter.Submitted submit(Path corpus, CollectionKey collection) {
    try (Source source = sources().open(corpus.toString())) {
      SequencedMap<DocumentId, Claim.Work> wanted = Claims.of(source, Rules.standard());
      return new Submitter(
              publisher, collection, SubmittedItems.read(cluster, collection), Clock.systemUTC())
          .submit(wanted, _ -> false);
    }
  }

  Worker worker(Handler handler) {
    return worker(handler, new WorkerLimits(2, 1, 8, Duration.ofSeconds(30), PATIENCE, 20, 100));
  }

  Worker worker(Handler handler, WorkerLimits limits) {
    return new Worker(cluster, handler, limits, "tester");
  }

  /// Works until so many items are done by one worker.
  void work(long items) throws InterruptedException {
    try (var extractor = new Extractor(ExtractLimits.standard(), RULES, ForkLimits.standard());
        var poison = new PoisonCache(cluster);
        var open = new OpenSources(sources(), List.of(), List.of(), MountMap.NONE);
        Worker worker = worker(handler(extractor, open, poison))) {
      await(worker, items);
    }
  }

  ClaimHandler handler(Extractor extractor, OpenSources open, PoisonLookup poison) {
    return new ClaimHandler(extractor, open, poison, "tester", "parser 1", Clock.systemUTC());
  }

  static void await(Worker worker, long items) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (worker.counters().items() < items) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "%s of %s items after %s".formatted(worker.counters().items(), items, PATIENCE));
      }
      worker.await(Duration.ofMillis(50));
    }
  }

  /// Brings the indexes up to the topic's present end.
  public void index() {
    try (IndexWorker indexer = indexer("index")) {
      indexer.run(true);
    }
  }

  IndexWorker indexer(String group) {
    return new IndexWorker(
        cluster, new IndexWorkerConfig(indexes(), cluster.indexers(group), 2, Set.of()));
  }

  /// Returns `document ordinal text` for each chunk of the collection's index.
  public Set<String> indexed() {
    return indexed(COLLECTION);
  }

  Set<String> indexed(CollectionKey collection) {
    return chunks(CollectionIndexes.folder(indexes(), collection));
  }

  /// Returns the same for what the local pipeline makes of a folder.
  Set<String> local(Path corpus) {
    Path own = folder.resolve("local-" + NUMBER.incrementAndGet());
    try (Source source = sources().open(corpus.toString());
        LuceneIndex index = LuceneIndex.open(own, COLLECTION.tokenizer());
        var extractor = new Extractor(ExtractLimits.standard(), RULES)) {
      var chunker = new Chunker(Tokenizers.named(COLLECTION.tokenizer()), ChunkLimits.DEFAULT);
      new Ingester(new Stages(extractor, chunker), index, 2)
          .ingest(source.list(), Progress.silent());
    }
    return chunks(own);
  }

  private static Set<String> chunks(Path index) {
    var chunks = new TreeSet<String>();
    try (LuceneIndex open = LuceneIndex.open(index, COLLECTION.tokenizer());
        Snapshot snapshot = open.snapshot()) {
      for (Outline outline : snapshot.outlines()) {
        List<Picture> pictures = snapshot.pictures(outline.chunks());
        for (Chunk chunk : snapshot.read(outline.chunks())) {
          Picture picture = pictures.get(chunk.ordinal());
          chunks.add("%s %s".formatted(chunk.document(), chunk) + shown(picture));
        }
      }
    }
    return chunks;
  }

  private static String shown(Picture picture) {
    return picture.isNone()
        ? ""
        : " shows %s %s".formatted(picture.size(), Sha256.hex(picture.bytes()));
  }

  @Override
  public void close() {
    publisher.close();
    cluster.close();
  }
}
