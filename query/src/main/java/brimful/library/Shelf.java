package brimful.library;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one collection consists of.
///
/// @param name as people say it
/// @param folder the name of its folder, which no other collection has or had: what is done to one
///   that was deleted cannot reach one of the same name that was created since
/// @param sources in the order in which they were added
public record Shelf(String name, String folder, Instant created, List<Place> sources) {
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

    Place syncedAt(Instant time) {
      return new Place(id, location, added, time, job);
    }

    Place readBy(String latest) {
      return new Place(id, location, added, synced, latest);
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

  /// Returns the source of a location.
  Optional<Place> at(String location) {
    return sources.stream().filter(source -> source.location().equals(location)).findFirst();
  }

  /// Returns an id for a new source: the last part of its location, as far as it can stand in a
  /// URL.
  String freeId(String location) {
    String end = location.replaceAll("/+$", "").replaceAll("(\\.git)?(@[^/@]+)?$", "");
    String last = end.substring(end.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]+", "-");
    String own =
        last.isBlank() || last.startsWith(".") || last.equals(Place.UPLOADS) ? "source" : last;
    String free = own;
    for (int n = 2; source(free).isPresent(); n++) {
      free = own + "-" + n;
    }
    return free;
  }

  /// Returns the same collection with a source added, or put in the place of the one of its id.
  Shelf with(Place place) {
    var all = new ArrayList<>(sources);
    all.removeIf(source -> source.id().equals(place.id()));
    int at = sources.stream().map(Place::id).toList().indexOf(place.id());
    all.add(at < 0 ? all.size() : at, place);
    return new Shelf(name, folder, created, all);
  }

  /// Returns the same collection without a source.
  Shelf without(String id) {
    return new Shelf(
        name, folder, created, sources.stream().filter(source -> !source.id().equals(id)).toList());
  }
}
