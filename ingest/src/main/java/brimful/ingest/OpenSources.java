package brimful.ingest;

import brimful.bucket.BucketAddress;
import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.source.Listed;
import brimful.source.Source;
import brimful.source.Sources;
import brimful.source.copy.FetchWatch;
import brimful.source.forge.PublicHosts;
import brimful.web.WebAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;

/// The sources that claims name, kept open while they are in use. Safe for many threads: each
/// source is opened once, and the fetch of one does not hold up another.
///
/// Claims come from outside: with roots, only files below them, by real path, objects below their
/// buckets, public git repositories and pages of public hosts are opened.
public final class OpenSources implements AutoCloseable {
  /// A repository keeps its packs mapped; a worker serves few sources at a time.
  private static final int OPEN_MAX = 16;

  private final Sources sources;
  private final List<Path> roots;
  private final List<BucketAddress> buckets;
  private final List<WebAddress> sites;
  private final MountMap mounts;
  private final SequencedMap<String, OpeningSource> open =
      new LinkedHashMap<>(OPEN_MAX, 0.75f, true);

  /// @param roots the folders that claims may name; with none, and no buckets, they may name
  ///   everything that this process can read
  /// @param buckets the buckets and prefixes that claims may name
  /// @param mounts where folders that claims name are on this machine; only then are they compared
  ///   with the roots
  public OpenSources(
      Sources sources, List<Path> roots, List<BucketAddress> buckets, MountMap mounts) {
    this(sources, roots, buckets, List.of(), mounts);
  }

  /// @param sites those of the own network that claims may name, beside the public ones
  public OpenSources(
      Sources sources,
      List<Path> roots,
      List<BucketAddress> buckets,
      List<WebAddress> sites,
      MountMap mounts) {
    this.sources = sources;
    this.mounts = mounts;
    this.sites = List.copyOf(sites);
    this.buckets = List.copyOf(buckets);
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
  /// @param moved called while a fetch that it waits for goes on
  /// @return empty if the source exists and the file does not
  /// @throws UserError if the source cannot be opened here: it is missing, unreadable or not below
  ///   a root
  /// @throws UncheckedIOException if the source is there, and the file cannot be read at present
  /// @throws CancellationException if this thread is interrupted meanwhile
  Optional<Listed.File> file(String claimed, DocumentId path, Runnable moved) {
    String location = mounts.here(claimed);
    Source source = source(location, moved);
    Optional<Listed.File> found;
    try {
      found = FetchWatch.hearing(moved).during(() -> source.file(path));
    } catch (UserError e) {
      if (BucketAddress.isMeant(location)) {
        // Opening it made no request, so this is the first to tell that the store is away.
        throw e;
      }
      throw new UncheckedIOException(new IOException(e.line(), e));
    }
    if (found.isEmpty()) {
      requireThere(location);
    }
    return found;
  }

  /// Tries to open a source.
  ///
  /// @return why it cannot be opened here; empty if it can
  Optional<String> trouble(String claimed) {
    String location = mounts.here(claimed);
    try {
      source(location, () -> {}).requireThere();
      requireThere(location);
      return Optional.empty();
    } catch (UserError e) {
      return Optional.of(e.line());
    }
  }

  /// A source that was opened may be away by now, and nobody knows which files a missing source
  /// has. Where nothing is mounted, an empty folder is left.
  private static void requireThere(String location) {
    if (Sources.isAddress(location)) {
      return;
    }
    Path path = Sources.local(location).orElseThrow(() -> missing(location));
    if (Files.isDirectory(path) && isEmpty(path)) {
      throw new UserError(UserError.Kind.UNAVAILABLE, "%s is empty: mount it".formatted(location));
    }
  }

  private static boolean isEmpty(Path folder) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      return !entries.iterator().hasNext();
    } catch (IOException | DirectoryIteratorException e) {
      throw new UserError(
          UserError.Kind.UNAVAILABLE, "%s cannot be read: check its mount".formatted(folder), e);
    }
  }

  private static UserError missing(String location) {
    return new UserError(
        UserError.Kind.UNAVAILABLE, "%s is not there: mount it".formatted(location));
  }

  private Source source(String location, Runnable moved) {
    while (true) {
      var own = new OpeningSource();
      OpeningSource opening = known(location, own);
      if (opening == own) {
        own.open(() -> opened(location), moved);
        if (own.isFailed()) {
          forget(location, own);
        }
      }
      try {
        return opening.await(moved);
      } catch (CancellationException e) {
        if (opening == own || !opening.isCancelled()) {
          throw e;
        }
        // The thread that was opening it was stopped: this one goes on.
      }
    }
  }

  /// Returns what is open or being opened, else the new one, which the caller then opens.
  private synchronized OpeningSource known(String location, OpeningSource own) {
    OpeningSource known = open.putIfAbsent(location, own);
    if (known != null) {
      return known;
    }
    if (open.size() > OPEN_MAX) {
      // It is only forgotten: another thread may still read from it, and closing would unmap what
      // the repository has mapped.
      open.pollFirstEntry();
    }
    return own;
  }

  private synchronized void forget(String location, OpeningSource failed) {
    open.remove(location, failed);
  }

  private Source opened(String location) {
    boolean missing = !Sources.isAddress(location) && Sources.local(location).isEmpty();
    if (missing && (isFree() || isNamedBelowRoot(location))) {
      throw missing(location);
    }
    requireAllowed(location);
    try {
      return sources.open(location, this::requireAllowed);
    } catch (UncheckedIOException e) {
      throw new UserError(UserError.Kind.UNAVAILABLE, String.valueOf(e.getMessage()), e);
    }
  }

  /// Checks a location, and each address that it leads to.
  private void requireAllowed(String location) {
    if (!isFree() && !isAllowed(location)) {
      throw new UserError(
          UserError.Kind.FORBIDDEN,
          "%s is not below --roots%s: start a worker that may read it"
              .formatted(location, notPublic(location)));
    }
  }

  /// Returns why pages are not those of a public host: it may also be one that is not found now.
  private static String notPublic(String location) {
    if (WebAddress.isMeant(location)) {
      try {
        PublicHosts.require(WebAddress.of(location).host());
      } catch (UserError e) {
        return " (%s)".formatted(e.line());
      }
    }
    return "";
  }

  private boolean isFree() {
    return roots.isEmpty() && buckets.isEmpty() && sites.isEmpty();
  }

  private boolean isNamedBelowRoot(String location) {
    try {
      Path path = Path.of(location).toAbsolutePath().normalize();
      return roots.stream().anyMatch(path::startsWith);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /// Checks the very path that would be opened.
  private boolean isAllowed(String location) {
    Optional<Path> local = Sources.local(location);
    if (local.isEmpty()) {
      return BucketAddress.isMeant(location)
          ? BucketAddress.of(location).isBelow(buckets)
          : WebAddress.isMeant(location) ? isAllowed(WebAddress.of(location)) : isPublic(location);
    }
    try {
      Path path = local.get().toRealPath();
      return roots.stream().anyMatch(path::startsWith);
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isAllowed(WebAddress page) {
    return sites.stream().anyMatch(page::isSameSite) || PublicHosts.isPublic(page.host());
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
    open.values().forEach(one -> one.source().ifPresent(Source::close));
    open.clear();
  }
}
