package brimful.collection.library;

import brimful.collection.OpenCorpus;
import brimful.corpus.DocumentId;
import brimful.index.ItemState;
import brimful.index.Snapshot;
import brimful.ingest.Ingested;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/// A collection at one moment, open for searches; the caller closes it.
public final class OpenCollection implements OpenCorpus {
  private final Snapshot snapshot;
  private final Indexer indexer;
  private final List<String> gaps;

  /// @param gaps why files may be missing, a line each
  OpenCollection(Snapshot snapshot, Indexer indexer, List<String> gaps) {
    this.snapshot = snapshot;
    this.indexer = indexer;
    this.gaps = List.copyOf(gaps);
  }

  @Override
  public Snapshot snapshot() {
    return snapshot;
  }

  /// Computed once for a commit, from all files.
  @Override
  public Ingested ingested() {
    return snapshot.derived(Known.class, _ -> known()).ingested().withGaps(gaps);
  }

  private Known known() {
    var states = new LinkedHashMap<DocumentId, ItemState>();
    snapshot
        .items()
        .forEach((id, state) -> indexer.own(state).ifPresent(own -> states.put(id, own)));
    return new Known(Ingested.of(states, List.of()));
  }

  /// What a commit holds of the files.
  private record Known(Ingested ingested) {}

  /// Jobs bring the index up to date, so opening takes no time.
  @Override
  public Duration took() {
    return Duration.ZERO;
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
