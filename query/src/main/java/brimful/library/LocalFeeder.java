package brimful.library;

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
final class LocalFeeder implements Feeder {
  /// How long a job waits for another process that writes its index.
  private static final Patience WRITER_WAIT = Patience.quiet(Duration.ofMinutes(10));

  private final Places places;
  private final TokenCounter counter;
  private final Path folder;

  /// By the collection's folder.
  private final Map<String, LuceneIndex> indexes = new HashMap<>();

  private final Set<String> dropped = new HashSet<>();

  /// @param folder has a folder for each collection
  LocalFeeder(Places places, TokenCounter counter, Path folder) {
    this.places = places;
    this.counter = counter;
    this.folder = folder;
  }

  @Override
  public void sync(Shelf shelf, Shelf.Place place, Predicate<Outcome> again, Run run) {
    List<Listed> listed;
    var parts = new TreeMap<>(Map.of(place.id(), places.open(place)));
    try (var source = new JoinedSource(parts)) {
      listed = source.list();
      ingest(shelf, place, listed, again, run);
    }
  }

  @Override
  public void remove(Shelf shelf, Shelf.Place place, Run run) {
    ingest(shelf, place, List.of(), _ -> false, run);
  }

  private void ingest(
      Shelf shelf, Shelf.Place place, List<Listed> listed, Predicate<Outcome> again, Run run) {
    var scope = new Ingester.Scope(id -> place.holds(id.value()), again);
    LuceneIndex index = index(shelf);
    if (index.isDamaged()) {
      // Begins anew, so that nothing counts as read.
      boolean _ = index.claim();
    }
    try {
      Ingested ingested = places.reader().read(index, counter, listed, scope, run);
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
  public synchronized void drop(Shelf shelf) {
    dropped.add(shelf.folder());
    LuceneIndex index = indexes.remove(shelf.folder());
    if (index != null) {
      index.close();
    }
  }

  @Override
  public synchronized LuceneIndex index(Shelf shelf) {
    if (dropped.contains(shelf.folder())) {
      throw new UserError(
          UserError.Kind.NOT_FOUND, "collection %s was deleted".formatted(shelf.name()));
    }
    LuceneIndex index =
        indexes.computeIfAbsent(
            shelf.folder(),
            name ->
                LuceneIndex.open(
                    folder.resolve(name).resolve(counter.name()), counter.name(), WRITER_WAIT));
    index.refresh();
    return index;
  }

  @Override
  public boolean isLost(Shelf shelf) {
    LuceneIndex index = index(shelf);
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
