package brimful.collection;

import brimful.index.Snapshot;
import brimful.ingest.Ingested;
import java.time.Duration;

/// A corpus that was brought up to date when it was opened.
record ReadCorpus(Snapshot snapshot, Ingested ingested, Duration took) implements OpenCorpus {
  @Override
  public void close() {
    snapshot.close();
  }
}
