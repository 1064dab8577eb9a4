package brimful.source;

import brimful.corpus.DocumentId;
import java.util.List;
import java.util.Optional;

/// A place that files come from.
public interface Source extends AutoCloseable {

  /// Returns every file below the root, in canonical order; reads names and attributes only, and
  /// the first bytes of what its name alone says is binary.
  List<Listed> list();

  /// Finds one file again by the id that [#list] gave it, without a look at the others.
  ///
  /// No rule is asked: that was done when it was listed. As ever, no link is followed.
  ///
  /// @return empty if there is no such file, or none any more
  default Optional<Listed.File> file(DocumentId id) {
    return list().stream()
        .filter(listed -> listed.id().equals(id))
        .filter(Listed.File.class::isInstance)
        .map(Listed.File.class::cast)
        .findFirst();
  }

  /// Returns the location under which another process of this machine, or of one that has the same
  /// folders, opens the same files: absolute, and of a repository the very commit.
  String location();

  /// Gives back what the source holds open.
  @Override
  void close();
}
