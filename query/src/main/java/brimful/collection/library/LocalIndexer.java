package brimful.collection.library;

import brimful.collection.LazyStoredFiles;
import brimful.collection.PathIndexes;
import brimful.collection.RecountedIndexes;
import brimful.collection.StoredPaths;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.index.IndexFiles;
import brimful.index.LuceneIndex;
import brimful.index.RecountListener;
import brimful.index.Snapshot;
import brimful.ingest.Ingested;
import brimful.ingest.Ingester;
import brimful.ingest.StoredFiles;
import brimful.source.JoinedSource;
import brimful.source.Listed;
import brimful.source.Rule;
import brimful.store.LockWait;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Reads sources in this process, on all cores, into indexes that no other process writes.
final class LocalIndexer implements Indexer {
  /// How long a job waits for another process that writes its index.
  private static final LockWait WRITER_WAIT = LockWait.quiet(Duration.ofMinutes(10));

  /// The folder of indexes of other tokenizers, beside the index that is read into.
  static final String RECOUNTED = "recounted";

  /// The folder of indexes whose text has its secrets, within the collection's.
  private static final String UNMASKED = "unmasked";

  private final AllowedLocations locations;
  private final String tokenizer;
  private final Path folder;
  private final RecountedIndexes recounted = new RecountedIndexes();

  /// By the collection's folder.
  private final Map<String, Base> bases = new HashMap<>();

  private final Set<String> dropped = new HashSet<>();

  /// The index that a collection's sources are read into.
  ///
  /// @param begun whether it begins empty, though the collection was read before with secrets that
  ///   were kept instead of masked, or the other way round
  private record Base(Path folder, String tokenizer, LuceneIndex index, boolean begun) {}

  /// @param tokenizer counts new collections
  /// @param folder contains a folder for each collection
  LocalIndexer(AllowedLocations locations, String tokenizer, Path folder) {
    this.locations = locations;
    this.tokenizer = tokenizer;
    this.folder = folder;
  }

  @Override
  public void sync(
      Collection collection, CollectionSource source, Predicate<Outcome> again, JobRun run) {
    Base base = base(collection);
    TokenCounter counter = Tokenizers.named(base.tokenizer());
    var parts = new TreeMap<>(Map.of(source.id(), locations.open(collection, source)));
    try (var joined = new JoinedSource(parts);
        var stored = new LazyStoredFiles(() -> stored(source, counter))) {
      ingest(base, source, joined.list(), again, stored, run);
    }
  }

  /// Returns what the index of the source's path holds. Nobody asks about uploads by their path.
  private Optional<StoredPaths> stored(CollectionSource source, TokenCounter counter) {
    return source.isUploads()
        ? Optional.empty()
        : PathIndexes.latest(locations.reader(), source.location(), counter.name())
            .map(known ->
                StoredPaths.open(known, counter, source.id(), locations.reader()::readsMore));
  }

  @Override
  public void remove(Collection collection, CollectionSource source, JobRun run) {
    ingest(base(collection), source, List.of(), _ -> false, StoredFiles.NONE, run);
  }

  private void ingest(
      Base base,
      CollectionSource source,
      List<Listed> listed,
      Predicate<Outcome> again,
      StoredFiles stored,
      JobRun run) {
    var scope =
        new Ingester.Scope(
            id -> source.holds(id.value()), state -> again.test(state.outcome()), stored);
    LuceneIndex index = base.index();
    if (index.isDamaged()) {
      // Starts anew, so that nothing counts as read.
      boolean _ = index.claim();
    }
    try {
      TokenCounter counter = Tokenizers.named(base.tokenizer());
      Ingested ingested = locations.reader().read(index, counter, listed, scope, run);
      run.count(is -> is.withRemoved(ingested.removed()));
    } finally {
      // Other processes may write it between two jobs, and a failed job leaves nothing behind.
      index.release();
    }
  }

  @Override
  public synchronized void drop(Collection collection) {
    dropped.add(collection.folder());
    Base base = bases.remove(collection.folder());
    if (base != null) {
      base.index().close();
    }
  }

  @Override
  public Snapshot snapshot(Collection collection, String wanted, RecountListener recount) {
    Base base = base(collection);
    return wanted.equals(base.tokenizer())
        ? base.index().snapshot()
        : recounted.snapshot(
            new RecountedIndexes.Base(base.folder(), base.index()),
            base.folder().resolveSibling(RECOUNTED).resolve(wanted),
            wanted,
            recount);
  }

  private synchronized Base base(Collection collection) {
    if (dropped.contains(collection.folder())) {
      throw new UserError(
          UserError.Kind.NOT_FOUND, "collection %s was deleted".formatted(collection.name()));
    }
    Base base = bases.computeIfAbsent(collection.folder(), this::opened);
    base.index().refresh();
    return base;
  }

  /// Opens the index of the tokenizer that the collection was first read with.
  private Base opened(String name) {
    boolean masked = locations.reader().rules().has(Rule.SECRETS);
    Optional<String> there = tokenizerOf(own(name, masked));
    String counted = there.orElse(tokenizer);
    Path index = own(name, masked).resolve(counted);
    boolean begun = there.isEmpty() && tokenizerOf(own(name, !masked)).isPresent();
    return new Base(index, counted, LuceneIndex.open(index, counted, WRITER_WAIT), begun);
  }

  /// Returns whether a collection's folder has an index that a server has read sources into itself.
  static boolean hasIndex(Path collection) {
    return Tokenizers.names().stream()
        .flatMap(
            name -> Stream.of(collection.resolve(name), collection.resolve(UNMASKED).resolve(name)))
        .anyMatch(IndexFiles::exist);
  }

  /// Returns the folder of a collection's indexes: one of text with secrets is never one without.
  private Path own(String name, boolean masked) {
    Path own = folder.resolve(name);
    return masked ? own : own.resolve(UNMASKED);
  }

  /// Returns the tokenizer of the index that exists in a folder; the own one, if there is a choice.
  private Optional<String> tokenizerOf(Path own) {
    return Stream.concat(Stream.of(tokenizer), Tokenizers.names().stream())
        .filter(name -> IndexFiles.exist(own.resolve(name)))
        .findFirst();
  }

  @Override
  public boolean isLost(Collection collection) {
    Base base = base(collection);
    return base.begun() || Indexer.isLost(base.index());
  }

  @Override
  public boolean sideBySide() {
    return false;
  }

  @Override
  public synchronized void close() {
    recounted.close();
    bases.values().forEach(base -> base.index().close());
    bases.clear();
  }
}
