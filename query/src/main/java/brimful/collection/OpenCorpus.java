package brimful.collection;

import brimful.index.Snapshot;
import brimful.ingest.Ingested;
import java.time.Duration;

/// A corpus at one moment, open to be ranked and read. Safe for many threads.
public interface OpenCorpus extends AutoCloseable {
  /// Returns the snapshot to rank; closing this corpus closes it.
  Snapshot snapshot();

  /// Returns the outcome of every file, by id.
  Ingested ingested();

  /// Returns how long it took to bring the index up to date; zero if that was not this call's task.
  Duration took();

  @Override
  void close();

  /// A corpus that was brought up to date when it was opened.
  record UpToDate(Snapshot snapshot, Ingested ingested, Duration took) implements OpenCorpus {
    @Override
    public void close() {
      snapshot.close();
    }
  }
}
