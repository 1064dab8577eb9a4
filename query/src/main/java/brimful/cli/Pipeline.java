package brimful.cli;

import brimful.chunk.ChunkLimits;
import brimful.chunk.Chunker;
import brimful.corpus.Chunk;
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
import brimful.pack.PackRequest;
import brimful.pack.Packer;
import brimful.pack.Prompt;
import brimful.pack.Window;
import brimful.rank.Question;
import brimful.rank.Ranker;
import brimful.rank.Ranking;
import brimful.source.Listed;
import brimful.source.Rules;
import brimful.source.Source;
import brimful.source.Sources;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/// Joins the stages from a location to a window: list, read what changed, rank, pack.
final class Pipeline {
  /// Chunks shown as evidence where no model answers.
  static final int BEST_CHUNKS = 8;

  /// A chunk has 150 tokens or more on most corpora: so many are ranked that they fill any budget.
  private static final int TOKENS_PER_CHUNK = 100;

  private static final int RANKED_MIN = 1_000;
  private static final int RANKED_MAX = 20_000;

  private final Terminal terminal;

  Pipeline(Terminal terminal) {
    this.terminal = terminal;
  }

  /// What to put together.
  ///
  /// @param question empty for none
  /// @param tokenizer the model's, by name
  /// @param budgetTokens the most that the whole prompt may cost
  record Task(
      Locations locations,
      String question,
      String tokenizer,
      int budgetTokens,
      Format format,
      Rules rules) {}

  /// Brings the index up to date and fills a window from it.
  ///
  /// @param ranked is given the best chunks as soon as they are known, before the window is packed;
  ///   none without a question
  Assembled assemble(Task task, Consumer<List<Chunk>> ranked) {
    Home home = Home.of(terminal.environment());
    var sources = new Sources(task.rules(), home.git(), Clock.systemUTC());
    long start = System.nanoTime();
    try (Source source = task.locations().open(sources)) {
      // The listing waits for the disk, the index for the processor: side by side they take half.
      CompletableFuture<List<Listed>> listing = CompletableFuture.supplyAsync(source::list);
      TokenCounter counter = Tokenizers.named(task.tokenizer());
      try (ChunkIndex index = open(home.index(identity(task)), task.tokenizer())) {
        Ingested ingested = ingest(task, counter, index, result(listing));
        try (Snapshot snapshot = index.snapshot()) {
          Duration took = Duration.ofNanos(System.nanoTime() - start);
          return new Filling(task, counter, snapshot, ranked).fill(ingested, took);
        }
      }
    }
  }

  private Ingested ingest(Task task, TokenCounter counter, ChunkIndex index, List<Listed> listed) {
    try (var extractor = new Extractor(ExtractLimits.standard(), task.rules())) {
      var stages = new Stages(extractor, new Chunker(counter, ChunkLimits.DEFAULT));
      int workers = Runtime.getRuntime().availableProcessors();
      return new Ingester(stages, index, workers).ingest(listed, new Bar(terminal));
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

  private static List<String> identity(Task task) {
    var parts = new ArrayList<>(task.locations().identity());
    parts.add(task.tokenizer());
    task.rules().on().stream().map(Object::toString).sorted().forEach(parts::add);
    return parts;
  }

  /// One window on its way from an index that is up to date.
  private record Filling(
      Task task, TokenCounter counter, Snapshot snapshot, Consumer<List<Chunk>> ranked) {

    Assembled fill(Ingested ingested, Duration ingest) {
      long start = System.nanoTime();
      List<Outline> corpus = snapshot.outlines();
      if (corpus.isEmpty()) {
        throw new Exit(ExitCode.NO_DATA, Account.nothing(task.locations(), ingested));
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
      return new PackRequest(prompt, task.budgetTokens(), corpus, ranking, task.format());
    }

    private Ranking rank() {
      if (task.question().isEmpty()) {
        return new Ranking(List.of(), List.of());
      }
      int limit = Math.clamp(task.budgetTokens() / TOKENS_PER_CHUNK, RANKED_MIN, RANKED_MAX);
      return new Ranker().rank(new Question(task.question()), snapshot, limit);
    }
  }
}
