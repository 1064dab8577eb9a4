package brimful.source;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.source.git.ByteNames;
import brimful.source.git.GitEnvironment;
import brimful.source.git.WorkTree;
import brimful.source.own.OwnFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/// The files below a folder, git work tree or not.
///
/// Ignore files count as in git: those of the folder, of its subfolders and, inside a work tree, of
/// the folders around it. `.brimfulignore` files have the same syntax and the last word: a pattern
/// with `!` restores what any other rule skips. As in git, nothing inside a skipped folder can be
/// restored. Such a folder is one entry and is not read.
///
/// No symbolic link is followed: its target is either below the root and found anyway, or outside
/// and not asked for. So no link can cause a loop or lead out of the root. The root itself may be a
/// link.
///
/// A stamp holds size, modification time and inode. A file changed less than [#SETTLED_AFTER] ago
/// may change again within the same tick of the file system's clock, so its stamp is never reused,
/// and the file is read again until it has settled.
///
/// Safe for many threads. Listing reads each file's attributes once.
final class FolderSource implements Source {
  static final int DEPTH_MAX = 100;
  static final int FILES_MAX = 2_000_000;
  static final Duration SETTLED_AFTER = Duration.ofSeconds(2);

  private final Path root;
  private final Rules rules;
  private final Clock clock;
  private final GitEnvironment environment;
  private final OwnFiles own;

  /// @param root by its real path
  FolderSource(Path root, Rules rules, Clock clock, GitEnvironment environment, OwnFiles own) {
    this.root = root;
    this.rules = rules;
    this.clock = clock;
    this.environment = environment;
    this.own = own;
  }

  @Override
  public List<Listed> list() {
    var folderFilter = FolderFilter.around(root, rules, environment, own);
    var listing = new Listing(root, clock.instant(), new ArrayList<>());
    listing.folder(root, new Place("", ""), 0, folderFilter);
    return Listed.canonical(listing.found);
  }

  /// Returns whether a file is listed, and not because an ignore file names it.
  ///
  /// @param file below the root, by its real path
  boolean lists(Path file) {
    DocumentId id = FileNames.id(root, file, root.relativize(file).toString().replace('\\', '/'));
    return list().stream().anyMatch(listed -> listed.id().equals(id) && !isIgnored(listed));
  }

  private static boolean isIgnored(Listed listed) {
    return listed instanceof Listed.Left(_, Outcome outcome)
        && (outcome.equals(Rule.GITIGNORE.skipped())
            || outcome.equals(Rule.BRIMFULIGNORE.skipped()));
  }

  @Override
  public Optional<Listed.File> file(DocumentId id) {
    Optional<Path> named = FileNames.path(root, id);
    if (named.isEmpty()) {
      return Optional.empty();
    }
    Path path = named.get();
    try {
      // The real path differs where a link is in the way.
      if (path.toRealPath().equals(path)) {
        var attributes =
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return attributes.isRegularFile()
            ? Optional.of(file(id, new FolderContent(root, path), attributes, clock.instant()))
            : Optional.empty();
      }
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read the attributes of %s in %s: make it readable".formatted(id, root), e);
    }
  }

  @Override
  public String location() {
    return root.toString();
  }

  @Override
  public Optional<Extent> extent() {
    return Optional.of(Extent.of(root));
  }

  @Override
  public void close() {
    // A folder holds nothing open.
  }

  /// Returns what a file's content and its replacement can be told by; see the class.
  static String stamp(BasicFileAttributes attributes, Instant now) {
    Instant changed = attributes.lastModifiedTime().toInstant();
    String stamp =
        attributes.size()
            + "-"
            + changed.getEpochSecond()
            + "."
            + changed.getNano()
            + "-"
            + Optional.ofNullable(attributes.fileKey()).map(Object::toString).orElse("");
    boolean settled = Duration.between(changed, now).abs().compareTo(SETTLED_AFTER) > 0;
    return settled ? stamp : stamp + Listed.File.UNSETTLED + now;
  }

  static Listed.File file(
      DocumentId id, Listed.Content content, BasicFileAttributes attributes, Instant now) {
    return new Listed.File(id, stamp(attributes, now), attributes.size(), content);
  }

  /// The bytes of a file below a folder. No link is followed: the path may have become one since
  /// the listing.
  ///
  /// @param root what nothing beside the file may lie outside of, by its real path
  record FolderContent(Path root, Path path) implements Listed.Content {

    @Override
    public InputStream open() throws IOException {
      InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
      return isEmpty() ? new WatchedFile(in, WatchedFile.SILENCE_MAX) : in;
    }

    private boolean isEmpty() {
      try {
        return Files.size(path) == 0;
      } catch (IOException e) {
        // It vanished once it was open, and can be read.
        return false;
      }
    }

    @Override
    public Optional<Listed.File> beside(String relative) throws IOException {
      Path other = path.resolveSibling(relative).normalize();
      if (!other.startsWith(root) || other.equals(root)) {
        return Optional.empty();
      }
      try {
        // The real path differs where a link is in the way.
        if (!other.toRealPath().equals(other)) {
          return Optional.empty();
        }
        var attributes =
            Files.readAttributes(other, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return attributes.isRegularFile()
            ? Optional.of(
                file(
                    DocumentId.of(root.relativize(other).toString()),
                    new FolderContent(root, other),
                    attributes,
                    Instant.MAX))
            : Optional.empty();
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    }
  }

  /// Where a folder or a file lies below the root; a folder's ends in a slash.
  ///
  /// @param path as this machine reads its names
  /// @param bytes as git sees it, see [ByteNames]
  private record Place(String path, String bytes) {
    Place with(Path child, String name) {
      return of(path + name, ByteNames.of(child, name), name);
    }

    Place folder() {
      return of(path + "/", "/", "/");
    }

    /// Most names are their own byte strings, and so is their path.
    private Place of(String longer, String added, String name) {
      boolean same = bytes.equals(path) && added.equals(name);
      return new Place(longer, same ? longer : bytes + added);
    }
  }

  /// A listing in progress.
  private record Listing(Path root, Instant now, List<Listed> found) {

    void folder(Path folder, Place at, int depth, FolderFilter level) {
      if (depth > DEPTH_MAX) {
        left(
            folder,
            at.path(),
            new Outcome.Failed("lies deeper than %s folders".formatted(DEPTH_MAX)));
        return;
      }
      List<Path> children = children(folder, at.path());
      FolderFilter here = level.into(folder, at.bytes(), children::contains);
      here.problem()
          .ifPresent(problem ->
              left(
                  folder.resolve(WorkTree.DOT_GIT), at.path() + WorkTree.DOT_GIT, broken(problem)));
      for (Path child : children) {
        entry(child, at, depth, here);
      }
    }

    private static Outcome broken(String problem) {
      return new Outcome.Failed(
          "no git repository, for %s: the folder is read as a plain one".formatted(problem));
    }

    private List<Path> children(Path folder, String path) {
      var children = new ArrayList<Path>();
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
        stream.forEach(children::add);
      } catch (DirectoryIteratorException e) {
        unreadable(folder, path, new IOException(e));
      } catch (IOException e) {
        unreadable(folder, path, e);
      }
      children.sort(null);
      return children;
    }

    private void unreadable(Path folder, String path, IOException e) {
      if (path.isEmpty()) {
        throw new UncheckedIOException(e);
      }
      if (!(e instanceof NoSuchFileException)) {
        left(folder, path, new Outcome.Failed(cause(e)));
      }
    }

    private void entry(Path child, Place folder, int depth, FolderFilter level) {
      String name = child.getFileName().toString();
      Place at = folder.with(child, name);
      String path = at.path();
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("stopped while listing " + root);
      }
      if (found.size() >= FILES_MAX) {
        throw new UserError(
            UserError.Kind.TOO_LARGE,
            String.format(
                Locale.ROOT,
                "more than %,d files: name a folder further down, or leave some out by a .brimfulignore",
                FILES_MAX));
      }
      try {
        var attributes =
            Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
          left(child, path, new Outcome.Skipped("link"));
        } else if (attributes.isDirectory()) {
          Optional<Outcome> out = level.folder(at.bytes(), name, child);
          if (out.isEmpty()) {
            folder(child, at.folder(), depth + 1, level);
          } else if (!out.get().equals(Rule.GIT.skipped())) {
            // The folder of the version control system is not part of the corpus, not even as
            // skipped.
            left(child, path, out.get());
          }
        } else if (attributes.isRegularFile()) {
          Optional<Outcome> out = level.file(at.bytes(), name, child, attributes.size());
          if (out.isEmpty()) {
            Listed.File file =
                file(
                    FileNames.id(root, child, path),
                    new FolderContent(root, child),
                    attributes,
                    now);
            found.add(level.takesBack(at.bytes()) ? file.takenBack() : file);
          } else if (!name.equals(WorkTree.DOT_GIT)) {
            left(child, path, out.get());
          }
        } else {
          left(child, path, new Outcome.Skipped("special file"));
        }
      } catch (NoSuchFileException e) {
        // It vanished while the folder was read, so it is not listed.
      } catch (IOException e) {
        left(child, path, new Outcome.Failed(cause(e)));
      }
    }

    private void left(Path file, String path, Outcome outcome) {
      String shown = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
      found.add(new Listed.Left(FileNames.id(root, file, shown), outcome));
    }

    private static String cause(IOException e) {
      return e instanceof AccessDeniedException ? "permission denied" : "cannot be listed";
    }
  }
}
