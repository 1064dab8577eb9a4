package brimful.collection;

import brimful.index.Snapshot;
import brimful.ingest.Ingested;
import java.time.Duration;

/// A corpus as it is at one moment, open to be ranked and read. Safe for many threads.
public interface OpenCorpus extends AutoCloseable {
  /// Returns what is ranked; closed together with this corpus.
  Snapshot snapshot();

  /// Returns how every file ended, by its id.
  Ingested ingested();

  /// Returns how long it took to bring the index up to date; zero if that was not this call's task.
  Duration took();

  @Override
  void close();
}
