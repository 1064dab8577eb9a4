package brimful.opensearch;

import brimful.corpus.UserError;
import brimful.store.LockWait;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The collections of a prefix in an OpenSearch cluster. Safe for many threads.
public final class OpenSearchCluster implements AutoCloseable {
  /// Each means that another process was faster, of which there are few.
  private static final int CHANGES_MAX = 20;

  private final OpenSearchClient client;
  private final OpenSearchSchema schema;
  private final StoredRecords records;

  private OpenSearchCluster(OpenSearchClient client) {
    this.client = client;
    schema = new OpenSearchSchema(client);
    records = new StoredRecords(client, schema.commits());
  }

  /// Opens a cluster to read it.
  ///
  /// @param patience for how long to try again while it is away or busy
  /// @throws brimful.corpus.UserError if it cannot be used
  public static OpenSearchCluster open(OpenSearchAddress address, Duration patience) {
    var cluster = new OpenSearchCluster(new OpenSearchClient(address, patience));
    try {
      boolean _ = cluster.schema.exists();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /// Opens a collection, which need not exist. The caller closes it, and the cluster after it.
  ///
  /// @param name tells it from the other collections of the prefix
  public OpenSearchIndex index(String name, String tokenizer) {
    return index(name, tokenizer, OpenSearchIndex.KEPT);
  }

  /// @param kept for how long removed records stay
  OpenSearchIndex index(String name, String tokenizer, Duration kept) {
    return new OpenSearchIndex(client, schema, records, name, tokenizer, kept);
  }

  /// Creates the indexes of the prefix that are missing.
  public void create() {
    schema.create();
  }

  /// Returns the notes of a collection's last commit; empty if there is none that this program can
  /// read.
  public Optional<Map<String, String>> notes(String name, String tokenizer) {
    return records
        .read(name)
        .map(read -> CommitRecord.of(read.value()))
        .filter(commit -> commit.committed() > 0)
        .filter(commit -> commit.identity().equals(OpenSearchIndex.identity(tokenizer)))
        .map(CommitRecord::notes);
  }

  /// Deletes a collection.
  public void drop(String name) {
    try (var index = index(name, "")) {
      index.drop();
    }
  }

  /// Deletes what was removed from a collection that nobody has open.
  public void sweep(String name) {
    try (var index = index(name, "")) {
      index.sweep();
    }
  }

  /// Returns a small record of the caller; empty if there is none.
  ///
  /// @param name begins with `~`, as no collection's does
  public Optional<JsonNode> note(String name) {
    return records.read(name).map(StoredRecords.Read::value);
  }

  /// Changes a small record of the caller. What another process writes meanwhile is not lost: the
  /// change is made again, of that.
  ///
  /// @param change returns the record's new value; empty to leave it as it is
  /// @return the record as it is afterwards
  public Optional<JsonNode> change(
      String name, Function<Optional<JsonNode>, Optional<ObjectNode>> change) {
    for (int tries = 0; tries < CHANGES_MAX; tries++) {
      Optional<StoredRecords.Read> before = records.read(name);
      Optional<JsonNode> old = before.map(StoredRecords.Read::value);
      Optional<ObjectNode> next = change.apply(old);
      if (next.isEmpty()) {
        return old;
      }
      Optional<StoredRecords.Read> written = records.write(name, next.get(), before);
      if (written.isPresent()) {
        return written.map(StoredRecords.Read::value);
      }
    }
    throw taken();
  }

  /// Returns a small record that this process alone is to replace.
  public OwnedRecord owned(String name) {
    return new OwnedRecord(this, records, name);
  }

  UserError taken() {
    return new UserError(
        UserError.Kind.BUSY,
        "another index worker writes %s: let only one write a prefix".formatted(display()));
  }

  /// Waits until no other process writes the prefix.
  public ClusterLease lease(LockWait lockWait) {
    return lease(lockWait, ClusterLease.Times.STANDARD);
  }

  ClusterLease lease(LockWait lockWait, ClusterLease.Times times) {
    return ClusterLease.take(client, records, lockWait, times);
  }

  /// Returns whether a process writes the prefix now.
  public boolean isWritten() {
    return ClusterLease.isHeld(records);
  }

  /// Returns where it is, without secrets.
  public String display() {
    return client.address().display();
  }

  @Override
  public void close() {
    client.close();
  }
}
