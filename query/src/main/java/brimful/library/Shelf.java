package brimful.library;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one collection consists of.
///
/// @param name as people say it; also the folder's
/// @param sources in the order in which they were added
public record Shelf(String name, Instant created, List<Place> sources) {
  public Shelf {
    sources = List.copyOf(sources);
  }

  /// A place that a collection's files come from.
  ///
  /// @param id goes before the ids of its documents, as `id/path`
  /// @param location a path, or a git address
  /// @param synced when it was last read to its end; [Instant#EPOCH] for never
  /// @param job the last job that read it; empty for none
  public record Place(String id, String location, Instant added, Instant synced, String job) {

    /// The id of what was uploaded; its folder is the library's own.
    static final String UPLOADS = "uploads";

    /// Returns whether it is what was uploaded.
    public boolean isUploads() {
      return id.equals(UPLOADS);
    }

    /// Returns whether it was ever read to its end.
    public boolean isSynced() {
      return !synced.equals(Instant.EPOCH);
    }

    /// Returns whether a document came from here.
    boolean holds(String document) {
      return document.startsWith(id + "/");
    }
  }

  /// Returns the source of an id.
  public Optional<Place> source(String id) {
    return sources.stream().filter(source -> source.id().equals(id)).findFirst();
  }

  /// Returns the same collection with a source added, or put in the place of the one of its id.
  Shelf with(Place place) {
    var all = new ArrayList<>(sources);
    all.removeIf(source -> source.id().equals(place.id()));
    int at = sources.stream().map(Place::id).toList().indexOf(place.id());
    all.add(at < 0 ? all.size() : at, place);
    return new Shelf(name, created, all);
  }

  /// Returns the same collection without a source.
  Shelf without(String id) {
    return new Shelf(
        name, created, sources.stream().filter(source -> !source.id().equals(id)).toList());
  }
}
