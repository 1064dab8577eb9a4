package brimful.collection.library;

import brimful.source.Extent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Which sources of a collection lie in others of it. What both list is read once, as a file of the
/// outer one.
final class Enclosure {
  private Enclosure() {}

  /// Returns the smallest source that another one lies in, of those that were read; empty if it
  /// lies in none.
  static Optional<CollectionSource> of(Collection collection, CollectionSource inner) {
    return collection.sources().stream()
        .filter(CollectionSource::isSynced)
        .filter(outer -> contains(collection, outer, inner))
        .max(Comparator.comparingInt(outer -> outer.location().length()));
  }

  /// Returns the sources that lie in another one.
  static List<CollectionSource> within(Collection collection, CollectionSource outer) {
    return collection.sources().stream()
        .filter(inner -> contains(collection, outer, inner))
        .toList();
  }

  /// Returns what to say of a source that was added, a line each.
  ///
  /// @param location by which it was named
  static List<String> lines(Collection collection, CollectionSource added, String location) {
    List<String> lines = new ArrayList<>();
    if (!added.location().equals(location)) {
      lines.add("%s is the same as %s: it is read again".formatted(location, added.location()));
    }
    for (CollectionSource other : collection.sources()) {
      if (contains(collection, other, added)) {
        lines.add(line(added, other));
      } else if (contains(collection, added, other)) {
        lines.add(line(other, added));
      }
    }
    return lines;
  }

  private static String line(CollectionSource inner, CollectionSource outer) {
    return "%s lies in %s: files of both are read once, as those of %s"
        .formatted(inner.location(), outer.location(), outer.id());
  }

  /// Of two that are the same by now, as a link may lead elsewhere, the first contains the other.
  private static boolean contains(
      Collection collection, CollectionSource outer, CollectionSource inner) {
    if (outer.id().equals(inner.id()) || outer.isUploads() || inner.isUploads()) {
      return false;
    }
    Optional<Extent> whole = Extent.at(outer.location());
    Optional<Extent> part = Extent.at(inner.location());
    if (whole.isEmpty() || part.isEmpty() || !part.get().isWithin(whole.get())) {
      return false;
    }
    List<String> ids = collection.sources().stream().map(CollectionSource::id).toList();
    return !whole.equals(part) || ids.indexOf(outer.id()) < ids.indexOf(inner.id());
  }
}
