package brimful.source;

import brimful.corpus.DocumentId;
import java.util.List;
import java.util.Optional;

/// A place that files come from.
public interface Source extends AutoCloseable {

  /// Returns every file below the root, in canonical order. Reads names and attributes only, and
  /// the first bytes of files whose names suggest binary data.
  List<Listed> list();

  /// Finds one file by the id that [#list] returned, without looking at the others.
  ///
  /// Rules do not apply, because the listing applied them. As always, links are not followed.
  ///
  /// @return empty if there is no such file, or no longer
  default Optional<Listed.File> file(DocumentId id) {
    return list().stream()
        .filter(listed -> listed.id().equals(id))
        .filter(Listed.File.class::isInstance)
        .map(Listed.File.class::cast)
        .findFirst();
  }

  /// Returns where a worker finds a listed file below [#location], if that is not its id.
  default DocumentId stored(Listed.File file) {
    return file.id();
  }

  /// Checks that what was opened can still be read. By default, opening it was the check.
  ///
  /// @throws brimful.corpus.UserError if it cannot
  default void requireThere() {
    // What was opened stays open.
  }

  /// Returns a location by which another process, with the same folders, opens the same files:
  /// absolute and, for a repository, with the exact commit.
  String location();

  /// Returns which part of a larger whole its files are; empty for what can be read only once, and
  /// for several sources.
  default Optional<Extent> extent() {
    return Optional.of(Extent.of(location()));
  }

  /// Releases everything that the source holds open.
  @Override
  void close();
}
