package brimful.http.key;

import brimful.bucket.BucketAddress;
import brimful.corpus.UserError;
import brimful.source.Sources;
import brimful.source.forge.PublicHosts;
import brimful.web.WebAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a key opens.
///
/// @param collections the names of its collections; `*` for all
/// @param rights its rights beyond asking
/// @param roots the only folders it may add sources from, and then no buckets; empty for all roots
///   of the server
public record Grant(List<String> collections, Set<Right> rights, List<Path> roots) {
  static final String ALL = "*";

  public Grant {
    collections = List.copyOf(collections);
    rights = Set.copyOf(rights);
    roots = List.copyOf(roots);
    if (collections.isEmpty()) {
      throw new UserError(UserError.Kind.USAGE, "a key for no collections: name at least one");
    }
    if (!roots.isEmpty() && !rights.contains(Right.MANAGE)) {
      throw new UserError(
          UserError.Kind.USAGE, "folders for a key that may not add them: add --manage");
    }
  }

  /// Returns a grant to ask about collections, and no more.
  public static Grant asking(String... collections) {
    return new Grant(List.of(collections), Set.of(), List.of());
  }

  /// Returns a grant of everything.
  public static Grant everything() {
    return new Grant(List.of(ALL), Set.of(Right.values()), List.of());
  }

  /// Returns whether it opens a collection.
  public boolean opens(String collection) {
    return collections.contains(ALL) || collections.contains(collection);
  }

  /// Returns whether this grant allows sources from a location. Roots restrict folders and buckets,
  /// not git addresses, and leave pages of public hosts.
  public boolean reaches(String location) {
    if (roots.isEmpty()) {
      return true;
    }
    Optional<Path> local = Sources.local(location);
    if (local.isEmpty() && WebAddress.isMeant(location)) {
      return PublicHosts.isPublic(WebAddress.of(location).host());
    }
    return local.isEmpty()
        ? Sources.isAddress(location) && !BucketAddress.isMeant(location)
        : Path.of(location).isAbsolute() && isBelowRoots(local.get());
  }

  private boolean isBelowRoots(Path path) {
    try {
      Path real = path.toRealPath();
      for (Path root : roots) {
        if (real.startsWith(root.toRealPath())) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }
}
