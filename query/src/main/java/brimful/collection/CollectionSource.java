package brimful.collection;

import java.time.Instant;

/// A source of a collection's files.
///
/// @param id prefix of its documents' ids, as in `id/path`
/// @param location a path, or a git address
/// @param synced when it was last read completely; [Instant#EPOCH] for never
/// @param job the last job that read it; empty for none
public record CollectionSource(
    String id, String location, Instant added, Instant synced, String job) {

  /// The id of the uploads; their folder belongs to the collection.
  static final String UPLOADS = "uploads";

  /// Returns whether this source is the uploads.
  public boolean isUploads() {
    return id.equals(UPLOADS);
  }

  /// Returns whether it was ever read completely.
  public boolean isSynced() {
    return !synced.equals(Instant.EPOCH);
  }

  CollectionSource syncedAt(Instant time) {
    return new CollectionSource(id, location, added, time, job);
  }

  CollectionSource readBy(String latest) {
    return new CollectionSource(id, location, added, synced, latest);
  }

  /// Returns whether a document belongs to this source.
  boolean holds(String document) {
    return document.startsWith(id + "/");
  }
}
