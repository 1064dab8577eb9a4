package brimful.library;

import brimful.collection.OpenCorpus;
import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import brimful.ingest.Ingested;
import java.time.Duration;
import java.util.LinkedHashMap;

/// A collection as it is at one moment, open to be searched; the caller closes it.
public final class Reading implements OpenCorpus {
  private final Snapshot snapshot;
  private final Feeder feeder;

  private Reading(Snapshot snapshot, Feeder feeder) {
    this.snapshot = snapshot;
    this.feeder = feeder;
  }

  static Reading of(LuceneIndex index, Feeder feeder) {
    return new Reading(index.snapshot(), feeder);
  }

  @Override
  public Snapshot snapshot() {
    return snapshot;
  }

  /// Made anew each time, from all files: a search does without.
  @Override
  public Ingested ingested() {
    var outcomes = new LinkedHashMap<DocumentId, Outcome>();
    snapshot
        .items()
        .forEach(
            (id, state) -> feeder.own(state).ifPresent(own -> outcomes.put(id, own.outcome())));
    return new Ingested(outcomes, 0, 0);
  }

  /// Jobs bring the index up to date, not this.
  @Override
  public Duration took() {
    return Duration.ZERO;
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
