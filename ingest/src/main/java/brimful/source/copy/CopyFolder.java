package brimful.source.copy;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.UserError;
import brimful.store.AtomicFile;
import brimful.store.Damage;
import brimful.store.Disk;
import brimful.store.Folders;
import brimful.store.LockWait;
import brimful.store.ProcessLock;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.InvalidObjectIdException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoPackSignatureException;
import org.eclipse.jgit.errors.PackInvalidException;
import org.eclipse.jgit.errors.PackMismatchException;
import org.eclipse.jgit.errors.UnsupportedPackVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder of a clone, besides git's own files: who uses it, and which address it is a clone of.
/// Our files begin with `brimful.`, a name that git ignores.
public record CopyFolder(Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(CopyFolder.class);

  private static final String USING = "brimful.use";
  private static final String FETCHING = "brimful.fetch";
  private static final String NOTE = "brimful.url";
  private static final String USERS = "brimful.users";
  private static final String STAMP = "brimful.stamp";
  private static final int CAUSES_MAX = 20;
  private static final int USERS_MAX = 100;

  /// Whoever excludes users deletes the folder, which takes a moment.
  private static final LockWait DELETION = LockWait.quiet(Duration.ofSeconds(30));

  /// How often a watch hears that another process is still fetching.
  private static final LockWait OTHER_FETCH = LockWait.quiet(Duration.ofSeconds(1));

  public ProcessLock use() {
    return ProcessLock.share(path.resolve(USING), DELETION, "is deleting this copy");
  }

  /// Waits until no other process or thread fetches, for as long as a fetch may take.
  public ProcessLock fetch(FetchWatch watch) {
    long started = System.nanoTime();
    while (true) {
      try {
        return ProcessLock.take(path.resolve(FETCHING), OTHER_FETCH, "is fetching this repository");
      } catch (UserError e) {
        if (System.nanoTime() - started > watch.limit().toNanos()) {
          throw e;
        }
        if (watch.cancelled().getAsBoolean()) {
          throw new CancellationException("stopped while another process is fetching");
        }
        watch.moved().run();
      }
    }
  }

  /// Records the address and the time of use.
  public void note(String address) {
    Path file = path.resolve(NOTE);
    try {
      if (Files.exists(file)) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      } else {
        AtomicFile.write(file, address.getBytes(UTF_8));
      }
    } catch (IOException _) {
      // A clone without this note works all the same.
    }
  }

  /// Returns the address that it is a clone of; empty if unknown.
  public Optional<String> address() {
    try {
      return Optional.of(Files.readString(path.resolve(NOTE)).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Records on whose behalf it is read: an organisation, or the address of the repository that it
  /// is a submodule of. A source whose own address it is need not be recorded.
  public void usedBy(String user) {
    var users = new ArrayList<>(users());
    if (users.contains(user)) {
      return;
    }
    users.add(user);
    List<String> last = users.subList(Math.max(0, users.size() - USERS_MAX), users.size());
    try {
      AtomicFile.write(path.resolve(USERS), String.join("\n", last).getBytes(UTF_8));
    } catch (IOException _) {
      // It is then fetched again after it was pruned.
    }
  }

  /// Returns on whose behalf it was read, besides for its own address.
  public List<String> users() {
    try {
      return Files.readAllLines(path.resolve(USERS));
    } catch (IOException e) {
      return List.of();
    }
  }

  /// Returns the stamp of the state that was fetched last; empty if unknown.
  public String stamp() {
    try {
      return Files.readString(path.resolve(STAMP));
    } catch (IOException e) {
      return "";
    }
  }

  /// Records the stamp of what was fetched; an empty one forgets it.
  public void stamp(String stamp) {
    try {
      if (!stamp.equals(stamp())) {
        AtomicFile.write(path.resolve(STAMP), stamp.getBytes(UTF_8));
      }
    } catch (IOException _) {
      // It is then fetched again.
    }
  }

  /// Returns when it was last used.
  public Instant used() throws IOException {
    Path file = path.resolve(NOTE);
    return Files.getLastModifiedTime(Files.exists(file) ? file : path).toInstant();
  }

  /// Deletes it, unless it is in use.
  ///
  /// @return false if it is in use
  public boolean delete() throws IOException {
    Optional<ProcessLock> alone = ProcessLock.tryTake(path.resolve(USING));
    if (alone.isEmpty()) {
      return false;
    }
    try (ProcessLock _ = alone.get()) {
      Folders.delete(path);
    }
    return true;
  }

  /// Returns whether reading a clone failed because it is damaged.
  public static boolean isDamage(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < CAUSES_MAX && cause != null; i++) {
      switch (cause) {
        case CorruptObjectException _,
            MissingObjectException _,
            PackInvalidException _,
            PackMismatchException _,
            NoPackSignatureException _,
            UnsupportedPackVersionException _,
            InvalidObjectIdException _,
            ConfigInvalidException _,
            EOFException _ -> {
          return true;
        }
        default -> cause = cause.getCause();
      }
    }
    return false;
  }

  /// Moves what git keeps out of the way; the locks stay.
  public void setAside(Exception why) {
    Path aside = Damage.free(path);
    try {
      Folders.create(aside);
      for (Path each : children(path)) {
        if (!each.getFileName().toString().startsWith("brimful.")) {
          Files.move(each, aside.resolve(each.getFileName().toString()));
        }
      }
      LOG.warn("copy is damaged, set aside folder={} cause={}", aside, why.toString());
    } catch (IOException e) {
      throw Disk.failure(e, path, "the copy", "cannot set the damaged %s aside".formatted(path));
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    }
  }

  /// Deletes the remains of a failed fetch.
  public void sweep() {
    try (Stream<Path> files = Files.walk(path.resolve("objects"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith("incoming_") || name.endsWith(".tmp") || name.startsWith("noz")) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("cannot clean up after a fetch folder={} cause={}", path, e.toString());
    }
  }
}
