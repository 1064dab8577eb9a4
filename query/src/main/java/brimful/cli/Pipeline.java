package brimful.cli;

import brimful.chunk.ChunkLimits;
import brimful.chunk.Chunker;
import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.extract.ExtractLimits;
import brimful.extract.Extractor;
import brimful.index.ChunkIndex;
import brimful.index.ChunkRef;
import brimful.index.LuceneIndex;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.ingest.Ingested;
import brimful.ingest.Ingester;
import brimful.ingest.Stages;
import brimful.pack.Format;
import brimful.pack.Layout;
import brimful.pack.PackRequest;
import brimful.pack.Packer;
import brimful.pack.Prompt;
import brimful.pack.Window;
import brimful.queue.CollectionIndex;
import brimful.queue.CollectionIndexes;
import brimful.queue.CollectionKey;
import brimful.rank.Question;
import brimful.rank.Ranker;
import brimful.rank.Ranking;
import brimful.rank.Rescorer;
import brimful.source.Listed;
import brimful.source.Rules;
import brimful.source.Source;
import brimful.source.Sources;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// Joins the stages from a location to a window: list, read what changed, rank, pack.
final class Pipeline {
  /// Chunks shown as evidence where no model answers.
  static final int BEST_CHUNKS = 8;

  private final Terminal terminal;
  private final Rescorer rescorer;

  Pipeline(Terminal terminal) {
    this(terminal, Rescorer.NONE);
  }

  /// @param rescorer looks at the ranking again before the window is filled
  Pipeline(Terminal terminal, Rescorer rescorer) {
    this.terminal = terminal;
    this.rescorer = rescorer;
  }

  /// What to put together.
  ///
  /// @param question empty for none
  /// @param tokenizer the model's, by name
  /// @param budgetTokens the most that the whole prompt may cost
  record Task(
      Corpus corpus,
      String question,
      String tokenizer,
      int budgetTokens,
      Format format,
      Layout layout) {}

  /// Brings the index up to date and fills a window from it.
  ///
  /// @param ranked is given the best chunks as soon as they are known, before the window is packed;
  ///   none without a question
  Assembled assemble(Task task, Consumer<List<Chunk>> ranked) {
    return switch (task.corpus()) {
      case Corpus.Files files -> assemble(task, files, ranked);
      case Corpus.Collection collection -> assemble(task, collection, ranked);
    };
  }

  private Assembled assemble(Task task, Corpus.Files files, Consumer<List<Chunk>> ranked) {
    long start = System.nanoTime();
    TokenCounter counter = Tokenizers.named(task.tokenizer());
    return upToDate(
        files,
        task.tokenizer(),
        (index, ingested) -> filled(task, counter, index, ranked, ingested, start));
  }

  /// Brings the index of files up to date and hands it on.
  <T> T upToDate(Corpus.Files files, String tokenizer, BiFunction<ChunkIndex, Ingested, T> use) {
    Home home = Home.of(terminal.environment());
    var sources = new Sources(files.rules(), home.git(), Clock.systemUTC());
    try (Source source = files.locations().open(sources)) {
      // The listing waits for the disk, the index for the processor: side by side they take half.
      CompletableFuture<List<Listed>> listing = CompletableFuture.supplyAsync(source::list);
      TokenCounter counter = Tokenizers.named(tokenizer);
      try (ChunkIndex index = open(home.index(files.identity(tokenizer)), tokenizer)) {
        return use.apply(index, ingest(files.rules(), counter, index, result(listing)));
      }
    }
  }

  private Ingested ingest(
      Rules rules, TokenCounter counter, ChunkIndex index, List<Listed> listed) {
    try (var extractor = new Extractor(ExtractLimits.standard(), rules)) {
      var stages = new Stages(extractor, new Chunker(counter, ChunkLimits.DEFAULT));
      int workers = Runtime.getRuntime().availableProcessors();
      return new Ingester(stages, index, workers).ingest(listed, new Bar(terminal));
    }
  }

  private Assembled assemble(
      Task task, Corpus.Collection collection, Consumer<List<Chunk>> ranked) {
    long start = System.nanoTime();
    Home home = Home.of(terminal.environment());
    var key = new CollectionKey(collection.name(), task.tokenizer());
    TokenCounter counter = Tokenizers.named(task.tokenizer());
    try (ChunkIndex index = open(folder(home, key), task.tokenizer())) {
      Ingested ingested;
      try (Snapshot snapshot = index.snapshot()) {
        ingested = ingested(snapshot);
      }
      return filled(task, counter, index, ranked, ingested, start);
    }
  }

  /// Returns where a collection's index is, or says which there are.
  static Path folder(Home home, CollectionKey key) {
    List<CollectionKey> known = CollectionIndexes.list(home.collections());
    if (!known.contains(key)) {
      throw new Exit(
          ExitCode.NO_INPUT,
          "no collection %s in %s%s: submit it with brimful ingest --collection %s --tokenizer %s, and run an index worker here"
              .formatted(
                  key,
                  home.collections(),
                  known.isEmpty()
                      ? ""
                      : ", only "
                          + String.join(", ", known.stream().map(CollectionKey::toString).toList()),
                  key.name(),
                  key.tokenizer()));
    }
    return CollectionIndexes.folder(home.collections(), key);
  }

  private static Ingested ingested(Snapshot snapshot) {
    var outcomes = new LinkedHashMap<DocumentId, Outcome>();
    snapshot
        .items()
        .forEach((id, state) ->
            CollectionIndex.own(state).ifPresent(own -> outcomes.put(id, own.outcome())));
    return new Ingested(outcomes, 0, 0);
  }

  private Assembled filled(
      Task task,
      TokenCounter counter,
      ChunkIndex index,
      Consumer<List<Chunk>> ranked,
      Ingested ingested,
      long start) {
    try (Snapshot snapshot = index.snapshot()) {
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return new Filling(task, counter, snapshot, rescorer, ranked).fill(ingested, took);
    }
  }

  private static List<Listed> result(CompletableFuture<List<Listed>> listing) {
    try {
      return listing.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : e;
    }
  }

  private LuceneIndex open(Path folder, String tokenizer) {
    LuceneIndex index = LuceneIndex.open(folder, tokenizer);
    index.discarded().ifPresent(terminal::note);
    return index;
  }

  /// One window on its way from an index that is up to date.
  private record Filling(
      Task task,
      TokenCounter counter,
      Snapshot snapshot,
      Rescorer rescorer,
      Consumer<List<Chunk>> ranked) {

    Assembled fill(Ingested ingested, Duration ingest) {
      long start = System.nanoTime();
      List<Outline> corpus = snapshot.outlines();
      if (corpus.isEmpty()) {
        throw new Exit(ExitCode.NO_DATA, Account.nothing(task.corpus().display(), ingested));
      }
      Ranking ranking = rank();
      List<ChunkRef> best =
          ranking.chunks().stream().limit(BEST_CHUNKS).map(Ranking.RankedChunk::chunk).toList();
      List<Chunk> shown = snapshot.read(best);
      ranked.accept(shown);
      long packing = System.nanoTime();
      Window window = new Packer(counter).pack(request(corpus, ranking), snapshot::read);
      return new Assembled(
          window,
          ingested,
          shown,
          ingest,
          Duration.ofNanos(packing - start),
          Duration.ofNanos(System.nanoTime() - packing));
    }

    private PackRequest request(List<Outline> corpus, Ranking ranking) {
      Prompt prompt =
          task.question().isEmpty() ? Prompt.withoutQuestion() : Prompt.of(task.question());
      return new PackRequest(
          prompt, task.budgetTokens(), corpus, ranking, task.format(), task.layout());
    }

    private Ranking rank() {
      if (task.question().isEmpty()) {
        return new Ranking(List.of(), List.of());
      }
      int limit = Ranker.chunkLimit(task.budgetTokens());
      var question = new Question(task.question());
      return rescorer.rescored(question, new Ranker().rank(question, snapshot, limit), snapshot);
    }
  }
}
