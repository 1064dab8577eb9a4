package brimful.collection;

import java.time.Instant;

/// A source that a collection's files come from.
///
/// @param id goes before the ids of its documents, as `id/path`
/// @param location a path, or a git address
/// @param synced when it was last read to its end; [Instant#EPOCH] for never
/// @param job the last job that read it; empty for none
public record CollectionSource(
    String id, String location, Instant added, Instant synced, String job) {

  /// The id of what was uploaded; its folder is the collection's own.
  static final String UPLOADS = "uploads";

  /// Returns whether it is what was uploaded.
  public boolean isUploads() {
    return id.equals(UPLOADS);
  }

  /// Returns whether it was ever read to its end.
  public boolean isSynced() {
    return !synced.equals(Instant.EPOCH);
  }

  CollectionSource syncedAt(Instant time) {
    return new CollectionSource(id, location, added, time, job);
  }

  CollectionSource readBy(String latest) {
    return new CollectionSource(id, location, added, synced, latest);
  }

  /// Returns whether a document came from here.
  boolean holds(String document) {
    return document.startsWith(id + "/");
  }
}
