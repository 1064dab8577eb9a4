package brimful.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// A small record that one process at a time replaces: each write is on condition that the record
/// is still the one that was read or written last, so that a process that was overtaken changes
/// nothing. Safe for many threads.
public final class OwnedRecord {
  private final OpenSearchCluster cluster;
  private final StoredRecords records;
  private final String name;
  private Optional<StoredRecords.Read> seen = Optional.empty();

  OwnedRecord(OpenSearchCluster cluster, StoredRecords records, String name) {
    this.cluster = cluster;
    this.records = records;
    this.name = name;
  }

  /// Returns the record as it is now; empty if there is none.
  public synchronized Optional<JsonNode> read() {
    seen = records.read(name);
    return seen.map(StoredRecords.Read::value);
  }

  /// Replaces what was read or written last; what was never read must not exist.
  ///
  /// @throws brimful.corpus.UserError if another process has changed it since
  public synchronized void write(ObjectNode value) {
    Optional<StoredRecords.Read> written = records.write(name, value, seen);
    if (written.isEmpty()) {
      throw cluster.taken();
    }
    seen = written;
  }
}
