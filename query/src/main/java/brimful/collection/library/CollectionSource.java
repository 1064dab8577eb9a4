package brimful.collection.library;

import java.time.Duration;
import java.time.Instant;

/// A source of a collection's files.
///
/// @param id prefix of its documents' ids, as in `id/path`
/// @param location a path, or an address of git, a bucket, an organisation or the web
/// @param synced when it was last read completely; [Instant#EPOCH] for never
/// @param job the last job that read it; empty for none
/// @param every how often it is read again by itself; zero for never
/// @param part the one repository that a job reads of it; empty for all of it, as it is stored
public record CollectionSource(
    String id,
    String location,
    Instant added,
    Instant synced,
    String job,
    Duration every,
    String part) {

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
    return new CollectionSource(id, location, added, time, job, every, part);
  }

  CollectionSource locatedAt(String address) {
    return new CollectionSource(id, address, added, synced, job, every, part);
  }

  CollectionSource readEvery(Duration time) {
    return new CollectionSource(id, location, added, synced, job, time, part);
  }

  /// Returns one repository of an organisation.
  CollectionSource only(String repository) {
    return new CollectionSource(id, location, added, synced, job, every, repository);
  }

  CollectionSource readBy(String latest) {
    return new CollectionSource(id, location, added, synced, latest, every, part);
  }

  /// Returns whether a document belongs to this source.
  boolean holds(String document) {
    return document.startsWith(part.isEmpty() ? id + "/" : id + "/" + part + "/");
  }
}
