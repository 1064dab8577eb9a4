package brimful.ingest;

import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.source.Listed;
import brimful.source.PublicHosts;
import brimful.source.Source;
import brimful.source.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The sources that claims name, kept open while they are in use. Safe for many threads.
///
/// Claims come from outside: with roots, only files below them, by real path, and public git
/// repositories are opened.
public final class OpenSources implements AutoCloseable {
  /// A repository keeps its packs mapped; a worker serves few sources at a time.
  private static final int OPEN_MAX = 16;

  private final Sources sources;
  private final List<Path> roots;
  private final SequencedMap<String, Source> open = new LinkedHashMap<>(OPEN_MAX, 0.75f, true);

  /// @param roots the folders that claims may name; none means everything that this process can
  ///   read
  public OpenSources(Sources sources, List<Path> roots) {
    this.sources = sources;
    this.roots = roots.stream().map(OpenSources::real).toList();
  }

  private static Path real(Path root) {
    try {
      return root.toRealPath();
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "root %s does not exist: name a folder that does".formatted(root),
          e);
    }
  }

  /// Finds a file.
  ///
  /// @return empty if the source exists and the file does not
  /// @throws UserError if the source is missing, or is not below a root
  Optional<Listed.File> file(String location, DocumentId path) {
    Optional<Listed.File> found = source(location).file(path);
    if (found.isEmpty() && !Sources.isAddress(location) && Sources.local(location).isEmpty()) {
      // It existed when it was opened. Nobody knows which files a missing source has.
      throw new UserError(
          UserError.Kind.UNAVAILABLE, "%s no longer exists: mount it again".formatted(location));
    }
    return found;
  }

  private synchronized Source source(String location) {
    Source known = open.get(location);
    if (known != null) {
      return known;
    }
    if (!roots.isEmpty() && !isAllowed(location)) {
      throw new UserError(
          UserError.Kind.FORBIDDEN,
          "%s is not below --roots: start a worker that may read it".formatted(location));
    }
    Source opened = sources.open(location);
    open.put(location, opened);
    if (open.size() > OPEN_MAX) {
      // It is only forgotten: another thread may still read from it, and closing would unmap what
      // the repository has mapped.
      Map.Entry<String, Source> eldest = open.firstEntry();
      open.remove(eldest.getKey());
    }
    return opened;
  }

  /// Checks the very path that would be opened.
  private boolean isAllowed(String location) {
    Optional<Path> local = Sources.local(location);
    if (local.isEmpty()) {
      return isPublic(location);
    }
    try {
      Path path = local.get().toRealPath();
      return roots.stream().anyMatch(path::startsWith);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isPublic(String location) {
    try {
      PublicHosts.requireAddress(location);
      return true;
    } catch (UserError e) {
      return false;
    }
  }

  @Override
  public synchronized void close() {
    open.values().forEach(Source::close);
    open.clear();
  }
}
