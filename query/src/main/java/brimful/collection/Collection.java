package brimful.collection;

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
public record Collection(
    String name, String folder, Instant created, List<CollectionSource> sources) {
  public Collection {
    sources = List.copyOf(sources);
  }

  /// Returns the source of an id.
  public Optional<CollectionSource> source(String id) {
    return sources.stream().filter(source -> source.id().equals(id)).findFirst();
  }

  /// Returns the source of a location.
  Optional<CollectionSource> at(String location) {
    return sources.stream().filter(source -> source.location().equals(location)).findFirst();
  }

  /// Returns an id for a new source: the last part of its location, as far as it can stand in a
  /// URL.
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

  /// Returns the same collection with a source added, or put in the source of the one of its id.
  Collection with(CollectionSource added) {
    var all = new ArrayList<>(sources);
    all.removeIf(source -> source.id().equals(added.id()));
    int at = sources.stream().map(CollectionSource::id).toList().indexOf(added.id());
    all.add(at < 0 ? all.size() : at, added);
    return new Collection(name, folder, created, all);
  }

  /// Returns the same collection without a source.
  Collection without(String id) {
    return new Collection(
        name, folder, created, sources.stream().filter(source -> !source.id().equals(id)).toList());
  }
}
