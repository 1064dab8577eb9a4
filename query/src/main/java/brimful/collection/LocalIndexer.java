package brimful.collection;

import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.index.ItemState;
import brimful.index.LuceneIndex;
import brimful.ingest.Ingested;
import brimful.ingest.Ingester;
import brimful.source.JoinedSource;
import brimful.source.Listed;
import brimful.store.Patience;
import brimful.token.TokenCounter;
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

/// Reads sources in this process, on all its cores, into indexes that only it writes.
final class LocalIndexer implements Indexer {
  /// How long a job waits for another process that writes its index.
  private static final Patience WRITER_WAIT = Patience.quiet(Duration.ofMinutes(10));

  private final AllowedLocations locations;
  private final TokenCounter counter;
  private final Path folder;

  /// By the collection's folder.
  private final Map<String, LuceneIndex> indexes = new HashMap<>();

  private final Set<String> dropped = new HashSet<>();

  /// @param folder has a folder for each collection
  LocalIndexer(AllowedLocations locations, TokenCounter counter, Path folder) {
    this.locations = locations;
    this.counter = counter;
    this.folder = folder;
  }

  @Override
  public void sync(Collection collection, CollectionSource source, Predicate<Outcome> again, JobRun run) {
    List<Listed> listed;
    var parts = new TreeMap<>(Map.of(source.id(), locations.open(source)));
    try (var joined = new JoinedSource(parts)) {
      listed = joined.list();
      ingest(collection, source, listed, again, run);
    }
  }

  @Override
  public void remove(Collection collection, CollectionSource source, JobRun run) {
    ingest(collection, source, List.of(), _ -> false, run);
  }

  private void ingest(
      Collection collection, CollectionSource source, List<Listed> listed, Predicate<Outcome> again, JobRun run) {
    var scope = new Ingester.Scope(id -> source.holds(id.value()), again);
    LuceneIndex index = index(collection);
    if (index.isDamaged()) {
      // Begins anew, so that nothing counts as read.
      boolean _ = index.claim();
    }
    try {
      Ingested ingested = locations.reader().read(index, counter, listed, scope, run);
      run.count(is ->
          new Job.Counts(
              is.files(),
              is.read(),
              is.bytes(),
              is.bytesRead(),
              is.tokens(),
              is.failed(),
              ingested.removed()));
    } finally {
      // Other processes may write it between two jobs, and a job that failed leaves nothing behind.
      index.release();
    }
  }

  @Override
  public synchronized void drop(Collection collection) {
    dropped.add(collection.folder());
    LuceneIndex index = indexes.remove(collection.folder());
    if (index != null) {
      index.close();
    }
  }

  @Override
  public synchronized LuceneIndex index(Collection collection) {
    if (dropped.contains(collection.folder())) {
      throw new UserError(
          UserError.Kind.NOT_FOUND, "collection %s was deleted".formatted(collection.name()));
    }
    LuceneIndex index =
        indexes.computeIfAbsent(
            collection.folder(),
            name ->
                LuceneIndex.open(
                    folder.resolve(name).resolve(counter.name()), counter.name(), WRITER_WAIT));
    index.refresh();
    return index;
  }

  @Override
  public boolean isLost(Collection collection) {
    LuceneIndex index = index(collection);
    return index.discarded().isPresent() || index.isDamaged();
  }

  @Override
  public Optional<ItemState> own(ItemState state) {
    return Optional.of(state);
  }

  @Override
  public boolean sideBySide() {
    return false;
  }

  @Override
  public synchronized void close() {
    indexes.values().forEach(LuceneIndex::close);
    indexes.clear();
  }
}
