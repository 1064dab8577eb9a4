package brimful.cli;

import brimful.chunk.ChunkLimits;
import brimful.chunk.Chunker;
import brimful.collection.OpenCorpus;
import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.extract.ExtractLimits;
import brimful.extract.Extractor;
import brimful.index.ChunkIndex;
import brimful.index.IndexFiles;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import brimful.ingest.Ingested;
import brimful.ingest.Ingester;
import brimful.ingest.Stages;
import brimful.collection.Home;
import brimful.collection.IndexNote;
import brimful.collection.OutputLog;
import brimful.queue.CollectionIndex;
import brimful.queue.CollectionIndexes;
import brimful.queue.CollectionKey;
import brimful.source.Listed;
import brimful.source.Rules;
import brimful.source.Source;
import brimful.source.Sources;
import brimful.store.Patience;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;

/// Joins the stages from a location to a window: list, read what changed, rank, pack.
final class Pipeline {
  /// How long to wait for another process that brings the same index up to date.
  private static final Duration WRITER_WAIT_MAX = Duration.ofMinutes(10);

  private final Terminal terminal;

  Pipeline(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Returns what the command line names as a corpus that can be asked about.
  brimful.collection.Corpus corpus(Corpus named) {
    return new brimful.collection.Corpus() {
      @Override
      public String display() {
        return named.display();
      }

      @Override
      public OpenCorpus open(String tokenizer) {
        return Pipeline.this.open(named, tokenizer);
      }
    };
  }

  private OpenCorpus open(Corpus named, String tokenizer) {
    long start = System.nanoTime();
    return switch (named) {
      case Corpus.Files files ->
          upToDate(files, tokenizer, (index, ingested) -> opened(index, ingested, start));
      case Corpus.Collection(String name) -> {
        Home home = Home.of(terminal.environment());
        try (ChunkIndex index =
            open(folder(home, new CollectionKey(name, tokenizer)), tokenizer)) {
          Snapshot snapshot = index.snapshot();
          yield new Opened(snapshot, ingested(snapshot), elapsed(start));
        }
      }
    };
  }

  private static OpenCorpus opened(ChunkIndex index, Ingested ingested, long start) {
    Snapshot snapshot = index.snapshot();
    // What is open stays readable, and others need not wait for the packing.
    index.close();
    return new Opened(snapshot, ingested, elapsed(start));
  }

  private static Duration elapsed(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private record Opened(Snapshot snapshot, Ingested ingested, Duration took)
      implements OpenCorpus {
    @Override
    public void close() {
      snapshot.close();
    }
  }

  /// Brings the index of files up to date and hands it on; one that turns out to be damaged is
  /// built anew, once.
  <T> T upToDate(Corpus.Files files, String tokenizer, BiFunction<ChunkIndex, Ingested, T> use) {
    Home home = Home.of(terminal.environment());
    Map<String, String> environment = terminal.environment();
    var sources =
        new Sources(
            files.rules(),
            home.git(),
            Clock.systemUTC(),
            environment,
            OutputLog.of(environment).own(files.own()));
    Path folder = home.index(files.identity(tokenizer));
    try (Source source = files.locations().open(sources, terminal.in())) {
      try {
        return upToDate(files, source, tokenizer, folder, use);
      } catch (UserError e) {
        if (!IndexFiles.isDamaged(folder)) {
          throw e;
        }
        return upToDate(files, source, tokenizer, folder, use);
      }
    }
  }

  private <T> T upToDate(
      Corpus.Files files,
      Source source,
      String tokenizer,
      Path folder,
      BiFunction<ChunkIndex, Ingested, T> use) {
    // The listing waits for the disk, the index for the processor: side by side they take half.
    CompletableFuture<List<Listed>> listing = CompletableFuture.supplyAsync(source::list);
    TokenCounter counter = Tokenizers.named(tokenizer);
    try (ChunkIndex index = open(folder, tokenizer)) {
      IndexNote.of(files.locations().identity(), tokenizer).keep(folder);
      List<Listed> listed = result(listing);
      brokenRepositories(listed).forEach(terminal::note);
      return use.apply(index, ingest(files.rules(), counter, index, listed));
    }
  }

  /// Returns a line for each folder that looks like a repository and is none.
  private static List<String> brokenRepositories(List<Listed> listed) {
    return listed.stream()
        .filter(Listed.Left.class::isInstance)
        .map(Listed.Left.class::cast)
        .filter(left -> left.id().value().endsWith(".git"))
        .filter(left -> left.outcome() instanceof Outcome.Failed)
        .map(left -> left.id() + ": " + left.outcome().display())
        .toList();
  }

  /// Brings a corpus up to date and hands on what it holds; others may write its index meanwhile.
  <T> T read(Corpus corpus, String tokenizer, BiFunction<Snapshot, Ingested, T> use) {
    return switch (corpus) {
      case Corpus.Files files ->
          upToDate(files, tokenizer, (index, ingested) -> read(index, ingested, use));
      case Corpus.Collection(String name) -> {
        Home home = Home.of(terminal.environment());
        var key = new CollectionKey(name, tokenizer);
        try (ChunkIndex index = open(folder(home, key), tokenizer);
            Snapshot snapshot = index.snapshot()) {
          yield read(index, ingested(snapshot), use);
        }
      }
    };
  }

  private static <T> T read(
      ChunkIndex index, Ingested ingested, BiFunction<Snapshot, Ingested, T> use) {
    try (Snapshot snapshot = index.snapshot()) {
      // What is open stays readable, and the lock is free.
      index.close();
      return use.apply(snapshot, ingested);
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

  /// Returns where a collection's index is, or says which there are.
  static Path folder(Home home, CollectionKey key) {
    List<CollectionKey> known = CollectionIndexes.list(home.collections());
    if (!known.contains(key)) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
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

  private static List<Listed> result(CompletableFuture<List<Listed>> listing) {
    try {
      return listing.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : e;
    }
  }

  private LuceneIndex open(Path folder, String tokenizer) {
    LuceneIndex index =
        LuceneIndex.open(folder, tokenizer, new Patience(WRITER_WAIT_MAX, terminal::note));
    index.discarded().ifPresent(terminal::note);
    return index;
  }
}
