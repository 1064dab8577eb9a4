package brimful.collection.library;

import brimful.source.Extent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A collection.
///
/// @param name its name for people
/// @param folder the name of its folder, which no other collection ever had: what is done to a
///   deleted collection cannot affect a later one of the same name
/// @param sources in the order in which they were added
public record Collection(
    String name, String folder, Instant created, List<CollectionSource> sources) {
  public Collection {
    sources = List.copyOf(sources);
  }

  /// Returns the source with an id.
  public Optional<CollectionSource> source(String id) {
    return sources.stream().filter(source -> source.id().equals(id)).findFirst();
  }

  /// Returns the source at a location, or at another one that has the same files.
  Optional<CollectionSource> at(String location) {
    return sources.stream()
        .filter(source -> source.location().equals(location))
        .findFirst()
        .or(() ->
            sources.stream()
                .filter(source -> Extent.isSame(source.location(), location))
                .findFirst());
  }

  /// Returns the source at a location, by that location if it was never read by its own one.
  Optional<CollectionSource> known(String location) {
    return at(location).map(is -> is.isSynced() ? is : is.locatedAt(location));
  }

  /// Returns the id of the smallest source around each that lies in another one, by its id: files
  /// of both are those of the source around it.
  public Map<String, String> enclosed() {
    return Enclosure.all(this);
  }

  /// Returns an id for a new source: the last part of its location, reduced to what a URL may
  /// contain.
  String freeId(String location) {
    String end = location.replaceAll("/+$", "").replaceAll("(\\.git)?(@[^/@]+)?$", "");
    String last = end.substring(end.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]+", "-");
    String own =
        last.isBlank() || last.startsWith(".") || last.equals(CollectionSource.UPLOADS)
            ? "source"
            : last;
    String free = own;
    for (int n = 2; source(free).isPresent(); n++) {
      free = own + "-" + n;
    }
    return free;
  }

  /// Returns the collection with a source added, or replaced if it has one of the same id.
  Collection with(CollectionSource added) {
    var all = new ArrayList<>(sources);
    all.removeIf(source -> source.id().equals(added.id()));
    int at = sources.stream().map(CollectionSource::id).toList().indexOf(added.id());
    all.add(at < 0 ? all.size() : at, added);
    return new Collection(name, folder, created, all);
  }

  /// Returns the collection without a source.
  Collection without(String id) {
    return new Collection(
        name, folder, created, sources.stream().filter(source -> !source.id().equals(id)).toList());
  }
}
