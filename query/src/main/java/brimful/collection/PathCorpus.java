package brimful.collection;

import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.index.IndexFiles;
import brimful.index.LuceneIndex;
import brimful.index.Recount;
import brimful.index.Snapshot;
import brimful.index.StoredItems;
import brimful.ingest.Ingested;
import brimful.ingest.Ingester;
import brimful.source.Listed;
import brimful.source.Source;
import brimful.store.LockWait;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;

/// Folders, files, git repositories and pipes, with one index for each tokenizer.
///
/// The index depends on locations, rules and tokenizer alone, so all commands and libraries that
/// name the same ones share it. Opening brings it up to date: only files whose stamp has changed
/// are read. Safe for many threads and processes; one of them writes, the others wait.
public final class PathCorpus implements Corpus {
  /// How long to wait for another process that updates the same index.
  private static final Duration WRITER_WAIT_MAX = Duration.ofMinutes(10);

  private static final Duration LISTING_SHOWN_AFTER = Duration.ofSeconds(3);

  /// What an index is opened for.
  private enum Need {
    TEXTS,
    TERMS
  }

  private final Locations locations;
  private final SourceReader reader;
  private final InputStream standardInput;
  private final CorpusListener listener;
  private final Predicate<Outcome> again;

  /// @param standardInput the input for `-`
  public PathCorpus(
      Locations locations,
      SourceReader reader,
      InputStream standardInput,
      CorpusListener listener) {
    this(locations, reader, standardInput, listener, _ -> false);
  }

  private PathCorpus(
      Locations locations,
      SourceReader reader,
      InputStream standardInput,
      CorpusListener listener,
      Predicate<Outcome> again) {
    this.locations = locations;
    this.reader = reader;
    this.standardInput = standardInput;
    this.listener = listener;
    this.again = again;
  }

  /// Returns the same corpus, which also reads unchanged files again if they failed.
  public PathCorpus retryingFailed() {
    return new PathCorpus(
        locations, reader, standardInput, listener, outcome -> outcome instanceof Outcome.Failed);
  }

  /// Returns the locations of the documents.
  public Locations locations() {
    return locations;
  }

  @Override
  public String display() {
    return String.join(" ", locations.given());
  }

  @Override
  public String key() {
    return String.join("\n", locations.identity());
  }

  /// Returns the folder of the index of a tokenizer.
  public Path index(String tokenizer) {
    return PathIndexes.folder(reader.home(), locations.identity(), reader.rules(), tokenizer);
  }

  @Override
  public OpenCorpus open(String tokenizer) {
    return open(tokenizer, listener);
  }

  /// Opens it with another listener.
  public OpenCorpus open(String tokenizer, CorpusListener other) {
    try (Source source = source(other)) {
      return open(source, tokenizer, Need.TERMS, other);
    }
  }

  @Override
  public <T> T use(String tokenizer, Function<OpenCorpus, T> use) {
    return use(tokenizer, Need.TERMS, use);
  }

  @Override
  public <T> T useTexts(String tokenizer, Function<OpenCorpus, T> use) {
    return use(tokenizer, Need.TEXTS, use);
  }

  /// A pipe can be read once, so that both attempts share the source.
  private <T> T use(String tokenizer, Need need, Function<OpenCorpus, T> use) {
    try (Source source = source(listener)) {
      try {
        return use(source, tokenizer, need, use);
      } catch (UserError e) {
        if (!IndexFiles.isDamaged(index(tokenizer))) {
          throw e;
        }
        return use(source, tokenizer, need, use);
      }
    }
  }

  private <T> T use(Source source, String tokenizer, Need need, Function<OpenCorpus, T> use) {
    try (OpenCorpus open = open(source, tokenizer, need, listener)) {
      return use.apply(open);
    }
  }

  private Source source(CorpusListener listener) {
    return locations.open(reader.sources(), standardInput, listener::note);
  }

  private OpenCorpus open(Source source, String tokenizer, Need need, CorpusListener listener) {
    long start = System.nanoTime();
    // Listing waits for the disk, opening the index for the processor: side by side they take half
    // the time.
    var listing = new FutureTask<>(source::list);
    Thread.ofPlatform().daemon().name("listing").start(listing);
    TokenCounter counter = Tokenizers.named(tokenizer);
    Path folder = index(tokenizer);
    try (LuceneIndex index = index(folder, tokenizer, listener)) {
      if (index.commitId().isEmpty()) {
        recount(folder, counter, listener);
        index.refresh();
      }
      if (need == Need.TEXTS) {
        index.deferTerms();
      }
      IndexNote.of(locations.places(), tokenizer).keep(folder);
      List<Listed> listed = listed(listing, listener);
      brokenRepositories(listed).forEach(listener::note);
      Ingested ingested = read(index, counter, listed, listener);
      if (need == Need.TERMS && index.lacksTerms()) {
        listener.note("finishing the index, so that it can be searched");
        StoredItems.addTerms(index);
      }
      // The snapshot remains readable when the index is closed and others write it.
      Snapshot snapshot = index.snapshot();
      return new OpenCorpus.UpToDate(
          snapshot,
          ingested.withMembers(snapshot.items()),
          Duration.ofNanos(System.nanoTime() - start));
    } finally {
      // What it lists is of no use to anybody if this failed.
      listing.cancel(true);
    }
  }

  /// Reads what has changed, or copies it if the index of another tokenizer has it.
  private Ingested read(
      LuceneIndex index, TokenCounter counter, List<Listed> listed, CorpusListener listener) {
    try (var stored =
        new LazyStoredFiles(() ->
            PathIndexes.other(reader, locations.identity(), counter.name())
                .map(known -> StoredPaths.open(known, counter, "", reader::readsMore)))) {
      var scope = new Ingester.Scope(_ -> true, state -> again.test(state.outcome()), stored);
      return reader.read(index, counter, listed, scope, listener.progress());
    }
  }

  /// Makes the index from that of another tokenizer, if there is one, without reading files.
  private void recount(Path folder, TokenCounter counter, CorpusListener listener) {
    PathIndexes.other(reader, locations.identity(), counter.name())
        .ifPresent(other -> {
          boolean _ =
              Recount.make(
                  other.folder(),
                  folder,
                  counter,
                  new LockWait(WRITER_WAIT_MAX, listener::note),
                  listener.recount(counter.name()));
        });
  }

  private LuceneIndex index(Path folder, String tokenizer, CorpusListener listener) {
    LuceneIndex index =
        LuceneIndex.open(folder, tokenizer, new LockWait(WRITER_WAIT_MAX, listener::note));
    index.discarded().ifPresent(listener::note);
    return index;
  }

  /// Returns a line for each folder that looks like a repository and is not one.
  private static List<String> brokenRepositories(List<Listed> listed) {
    return listed.stream()
        .filter(Listed.Left.class::isInstance)
        .map(Listed.Left.class::cast)
        .filter(left -> left.id().value().endsWith(".git"))
        .filter(left -> left.outcome() instanceof Outcome.Failed)
        .map(left -> left.id() + ": " + left.outcome().display())
        .toList();
  }

  /// Waits for a listing, and says so if that takes a while; an interrupt stops it.
  private List<Listed> listed(FutureTask<List<Listed>> listing, CorpusListener listener) {
    try {
      try {
        return listing.get(LISTING_SHOWN_AFTER.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        listener.note("listing the files of %s".formatted(display()));
        return listing.get();
      }
    } catch (InterruptedException e) {
      listing.cancel(true);
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped while listing " + display());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : new CompletionException(e);
    }
  }
}
