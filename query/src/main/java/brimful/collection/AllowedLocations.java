package brimful.collection;

import brimful.corpus.UserError;
import brimful.source.PublicHosts;
import brimful.source.Rules;
import brimful.source.Source;
import brimful.source.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decides what a server may read, and opens it: what lies below its roots by its real path, and
/// public git repositories.
///
/// Who may add a source may not therefore read what the server can read.
public final class AllowedLocations {
  private final SourceReader reader;
  private final List<Path> roots;

  /// @param roots the folders below which files may be read
  /// @throws UserError if one does not exist
  public AllowedLocations(SourceReader reader, List<Path> roots) {
    this.reader = reader;
    var real = new ArrayList<Path>();
    for (Path root : roots) {
      try {
        real.add(root.toRealPath());
      } catch (IOException e) {
        throw new UserError(
            UserError.Kind.NOT_FOUND,
            "root %s does not exist: name a folder that does".formatted(root),
            e);
      }
    }
    this.roots = List.copyOf(real);
  }

  /// Returns what admits no location.
  static AllowedLocations none() {
    return new AllowedLocations(SourceReader.of(Map.of(), Rules.standard(), Set.of()), List.of());
  }

  /// Returns what reads the sources.
  SourceReader reader() {
    return reader;
  }

  /// Returns the roots by their real paths.
  public List<Path> roots() {
    return roots;
  }

  /// Returns a location as it is kept: absolute, or as the address it is.
  ///
  /// @throws UserError if it is not to be read
  String admit(String given) {
    String location = reader.sources().expanded(given);
    if (Sources.isAddress(location)) {
      PublicHosts.requireAddress(location);
      return location;
    }
    Optional<Path> local = Sources.local(location);
    if (local.isEmpty() || !isBelowRoots(local.get())) {
      // The same words for what is not there and what must not be seen.
      throw new UserError(
          UserError.Kind.FORBIDDEN,
          "%s is nothing below the server's roots (%s): name a folder, file or repository there, or a git address"
              .formatted(location, String.join(", ", roots.stream().map(Path::toString).toList())));
    }
    return Path.of(location).toAbsolutePath().normalize().toString();
  }

  private boolean isBelowRoots(Path path) {
    try {
      Path real = path.toRealPath();
      return roots.stream().anyMatch(real::startsWith);
    } catch (IOException e) {
      return false;
    }
  }

  /// Opens a source that was admitted, if it still is to be read; the caller closes it.
  ///
  /// @throws UserError if not, or if it is not there
  Source open(CollectionSource source) {
    if (!source.isUploads()) {
      admit(source.location());
    }
    return reader.sources().open(source.location());
  }
}
