package brimful.library;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import brimful.ingest.Ingested;
import java.util.LinkedHashMap;

/// A collection as it is at one moment, open to be searched; the caller closes it.
///
/// @param ingested how every file of it ended
public record Reading(Snapshot snapshot, Ingested ingested) implements AutoCloseable {

  static Reading of(LuceneIndex index, Feeder feeder) {
    Snapshot snapshot = index.snapshot();
    var outcomes = new LinkedHashMap<DocumentId, Outcome>();
    snapshot
        .items()
        .forEach(
            (id, state) -> feeder.own(state).ifPresent(own -> outcomes.put(id, own.outcome())));
    return new Reading(snapshot, new Ingested(outcomes, 0, 0));
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
