package brimful.cli;

import brimful.collection.Home;
import brimful.collection.IndexNote;
import brimful.collection.SourceReader;
import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.index.ChunkIndex;
import brimful.index.IndexFiles;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import brimful.ingest.Ingested;
import brimful.ingest.Ingester;
import brimful.queue.CollectionIndex;
import brimful.queue.CollectionIndexes;
import brimful.queue.CollectionKey;
import brimful.rank.Rescorer;
import brimful.source.Listed;
import brimful.source.Source;
import brimful.store.Patience;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import brimful.window.Assembled;
import brimful.window.Filler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// Joins the stages from a location to a window: list, read what changed, rank, pack.
final class Pipeline {
  /// How long to wait for another process that brings the same index up to date.
  private static final Duration WRITER_WAIT_MAX = Duration.ofMinutes(10);

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

  /// What to put together, and of what.
  ///
  /// @param tokenizer the model's, by name
  record Task(Corpus corpus, String tokenizer, Filler.Task window) {}

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
    return upToDate(
        files, task.tokenizer(), (index, ingested) -> filled(task, index, ranked, ingested, start));
  }

  /// Brings the index of files up to date and hands it on; one that turns out to be damaged is
  /// built anew, once.
  <T> T upToDate(Corpus.Files files, String tokenizer, BiFunction<ChunkIndex, Ingested, T> use) {
    Home home = Home.of(terminal.environment());
    SourceReader reader = SourceReader.of(terminal.environment(), files.rules(), files.own());
    Path folder = home.index(files.identity(tokenizer));
    try (Source source = files.locations().open(reader.sources(), terminal.in())) {
      try {
        return upToDate(files, reader, source, tokenizer, folder, use);
      } catch (UserError e) {
        if (!IndexFiles.isDamaged(folder)) {
          throw e;
        }
        return upToDate(files, reader, source, tokenizer, folder, use);
      }
    }
  }

  private <T> T upToDate(
      Corpus.Files files,
      SourceReader reader,
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
      return use.apply(
          index, reader.read(index, counter, listed, Ingester.Scope.ALL, new Bar(terminal)));
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

  private Assembled assemble(
      Task task, Corpus.Collection collection, Consumer<List<Chunk>> ranked) {
    long start = System.nanoTime();
    Home home = Home.of(terminal.environment());
    var key = new CollectionKey(collection.name(), task.tokenizer());
    try (ChunkIndex index = open(folder(home, key), task.tokenizer())) {
      Ingested ingested;
      try (Snapshot snapshot = index.snapshot()) {
        ingested = ingested(snapshot);
      }
      return filled(task, index, ranked, ingested, start);
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

  private Assembled filled(
      Task task, ChunkIndex index, Consumer<List<Chunk>> ranked, Ingested ingested, long start) {
    try (Snapshot snapshot = index.snapshot()) {
      // What is open stays readable, and others need not wait for the packing.
      index.close();
      if (snapshot.outlines().isEmpty()) {
        throw new UserError(
            UserError.Kind.INPUT, Account.nothing(task.corpus().display(), ingested));
      }
      var arrival = new Filler.Arrival(ingested, Duration.ofNanos(System.nanoTime() - start));
      return new Filler(Tokenizers.named(task.tokenizer()), rescorer)
          .fill(task.window(), snapshot, arrival, ranked);
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
    LuceneIndex index =
        LuceneIndex.open(folder, tokenizer, new Patience(WRITER_WAIT_MAX, terminal::note));
    index.discarded().ifPresent(terminal::note);
    return index;
  }
}
