package brimful.collection.library;

import brimful.source.Extent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Which sources of a collection lie in others of it. What both list is read once, as a file of the
/// outer one.
final class Enclosure {

  /// Where a source is.
  ///
  /// @param rank which source of the collection it is
  private record Place(CollectionSource source, Extent extent, int rank) {
    int depth() {
      return extent.path().length();
    }

    /// Of two that are the same by now, as a link may lead elsewhere, the first contains the other.
    boolean contains(Place inner) {
      return rank != inner.rank
          && inner.extent.isWithin(extent)
          && (!inner.extent.equals(extent) || rank < inner.rank);
    }
  }

  private final List<Place> places = new ArrayList<>();

  private Enclosure(Collection collection) {
    for (CollectionSource source : collection.sources()) {
      Optional<Extent> extent =
          source.isUploads() ? Optional.empty() : Extent.at(source.location());
      extent.ifPresent(it -> places.add(new Place(source, it, places.size())));
    }
  }

  /// Returns the smallest source that another one lies in, of those that were read; empty if it
  /// lies in none.
  static Optional<CollectionSource> of(Collection collection, CollectionSource inner) {
    List<CollectionSource> around = around(collection, inner);
    return around.isEmpty() ? Optional.empty() : Optional.of(around.getLast());
  }

  /// Returns the sources that another one lies in, of those that were read, the outermost first.
  static List<CollectionSource> around(Collection collection, CollectionSource inner) {
    var enclosure = new Enclosure(collection);
    return enclosure
        .place(inner)
        .flatMap(place -> enclosure.sorted(outer -> outer.contains(place)))
        .filter(CollectionSource::isSynced)
        .toList();
  }

  /// Returns the sources that lie in another one, the outermost first.
  static List<CollectionSource> within(Collection collection, CollectionSource outer) {
    var enclosure = new Enclosure(collection);
    return enclosure.place(outer).flatMap(place -> enclosure.sorted(place::contains)).toList();
  }

  /// Returns the id of the smallest source around each that lies in another one, by its id.
  static Map<String, String> all(Collection collection) {
    var enclosure = new Enclosure(collection);
    Map<String, String> all = new LinkedHashMap<>();
    for (Place inner : enclosure.places) {
      enclosure
          .sorted(outer -> outer.contains(inner))
          .forEach(outer -> all.put(inner.source().id(), outer.id()));
    }
    return all;
  }

  /// Returns what to say of a source that was added, a line each.
  ///
  /// @param location by which it was named
  static List<String> lines(Collection collection, CollectionSource added, String location) {
    List<String> lines = new ArrayList<>();
    if (!added.location().equals(location)) {
      lines.add("%s is the same as %s: it is read again".formatted(location, added.location()));
    }
    var enclosure = new Enclosure(collection);
    for (Place own : enclosure.place(added).toList()) {
      enclosure.sorted(outer -> outer.contains(own)).forEach(it -> lines.add(line(added, it)));
      enclosure.sorted(own::contains).forEach(it -> lines.add(line(it, added)));
    }
    return lines;
  }

  private static String line(CollectionSource inner, CollectionSource outer) {
    return "%s lies in %s: files of both are read once, as those of %s"
        .formatted(inner.location(), outer.location(), outer.id());
  }

  private Stream<Place> place(CollectionSource source) {
    return places.stream().filter(place -> place.source().id().equals(source.id()));
  }

  private Stream<CollectionSource> sorted(Predicate<Place> some) {
    return places.stream()
        .filter(some)
        .sorted(Comparator.comparingInt(Place::depth))
        .map(Place::source);
  }
}
