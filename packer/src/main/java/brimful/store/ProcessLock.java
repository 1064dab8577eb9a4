package brimful.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A lock between processes: an operating-system lock on a file, which ends with its process, even
/// after a kill, and is therefore never stale.
///
/// The file names its holder, for people. Only a byte far beyond that text is locked, so that
/// others can read it on every system. POSIX drops all of a process's locks on a file as soon as
/// the process closes it anywhere; therefore this class keeps a table of what this process holds,
/// and opens no file that is in it. An exclusive lock also excludes other threads of this process.
public final class ProcessLock implements AutoCloseable {
  private static final long LOCKED_BYTE = 1L << 40;
  private static final int HOLDER_BYTES_MAX = 1024;
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /// By the file's real path.
  private static final Map<Path, Held> HELD = new HashMap<>();

  private final Path key;
  private boolean closed;

  /// A file that this process has locked.
  private static final class Held {
    final FileChannel channel;
    final boolean shared;
    final Holder holder;
    int count = 1;

    Held(FileChannel channel, boolean shared, Holder holder) {
      this.channel = channel;
      this.shared = shared;
      this.holder = holder;
    }
  }

  /// The holder of a lock.
  ///
  /// @param command what it runs, such as `serve`; empty if unknown
  public record Holder(long pid, String command, Instant since) {
    static Holder self() {
      return new Holder(
          ProcessHandle.current().pid(),
          ownCommand(),
          Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    /// The JVM knows how it was started: main class or jar, and the arguments.
    private static String ownCommand() {
      String[] words = System.getProperty("sun.java.command", "").split(" ", 3);
      return words.length > 1 && words[1].matches("[a-z][a-z-]{0,30}") ? words[1] : "";
    }

    /// Returns the holder in words for people.
    public String display() {
      return "another Brimful (pid %s)".formatted(pid);
    }

    /// Returns what the holder does and since when.
    public String more() {
      return (command.isEmpty() ? "" : "brimful " + command + ", ") + "since " + since;
    }

    private String text() {
      return "%s %s %s\n".formatted(pid, since, command);
    }

    private static Optional<Holder> of(String text) {
      String[] words = text.strip().split(" ");
      try {
        return Optional.of(
            new Holder(
                Long.parseLong(words[0]),
                words.length > 2 ? words[2] : "",
                Instant.parse(words.length > 1 ? words[1] : "")));
      } catch (IllegalArgumentException | java.time.DateTimeException e) {
        return Optional.empty();
      }
    }
  }

  private ProcessLock(Path key) {
    this.key = key;
  }

  /// Takes an exclusive lock; empty if another process or thread has it.
  public static Optional<ProcessLock> tryTake(Path file) {
    return attempt(file, false);
  }

  /// Takes an exclusive lock.
  ///
  /// @param doing what its holder does with it, as in "is writing this index"
  /// @throws UserError of kind BUSY if the wait ends first
  public static ProcessLock take(Path file, LockWait lockWait, String doing) {
    return await(file, false, lockWait, doing);
  }

  /// Takes a shared lock, which only an exclusive one excludes.
  ///
  /// @throws UserError of kind BUSY if the wait ends first
  public static ProcessLock share(Path file, LockWait lockWait, String doing) {
    return await(file, true, lockWait, doing);
  }

  private static ProcessLock await(Path file, boolean shared, LockWait lockWait, String doing) {
    long end = System.nanoTime() + lockWait.limit().toNanos();
    boolean told = false;
    while (true) {
      Optional<ProcessLock> lock = attempt(file, shared);
      if (lock.isPresent()) {
        return lock.get();
      }
      String who = who(file, doing);
      if (System.nanoTime() >= end) {
        throw new UserError(UserError.Kind.BUSY, who + ": wait for it to end, then try again");
      }
      if (!told) {
        told = true;
        lockWait.told().accept("waiting for %s%s".formatted(who, words(lockWait.limit())));
      }
      pause();
    }
  }

  private static String who(Path file, String doing) {
    return holder(file)
        .map(holder -> "%s that %s: %s".formatted(holder.display(), doing, holder.more()))
        .orElse("another Brimful that " + doing);
  }

  private static String words(Duration limit) {
    if (limit.toDays() > 0) {
      return "";
    }
    return limit.toSeconds() < 120
        ? ", for up to %s seconds".formatted(limit.toSeconds())
        : ", for up to %s minutes".formatted(limit.toMinutes());
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for another process");
    }
  }

  /// Returns the present or last holder of a file's lock; empty if unknown.
  public static Optional<Holder> holder(Path file) {
    synchronized (HELD) {
      try {
        Held own = HELD.get(key(file));
        if (own != null) {
          return Optional.of(own.holder);
        }
        if (!Files.exists(file) || Files.size(file) > HOLDER_BYTES_MAX) {
          return Optional.empty();
        }
        return Holder.of(Files.readString(file));
      } catch (IOException e) {
        return Optional.empty();
      }
    }
  }

  private static Path key(Path file) throws IOException {
    Path whole = file.toAbsolutePath();
    Path folder = whole.getParent();
    return folder == null ? whole : folder.toRealPath().resolve(whole.getFileName());
  }

  private static Optional<ProcessLock> attempt(Path file, boolean shared) {
    // An interrupt would close the channel; it is restored afterwards, and honoured while waiting.
    boolean interrupted = Thread.interrupted();
    try {
      return attemptNow(file, shared);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Optional<ProcessLock> attemptNow(Path file, boolean shared) {
    synchronized (HELD) {
      try {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
          Folders.create(folder);
        }
        Path key = key(file);
        Held own = HELD.get(key);
        if (own != null && own.shared && shared) {
          own.count++;
          return Optional.of(new ProcessLock(key));
        }
        if (own != null) {
          return Optional.empty();
        }
        return locked(file, shared)
            .map(held -> {
              HELD.put(key, held);
              return new ProcessLock(key);
            });
      } catch (IOException e) {
        throw Disk.failure(
            e, file, "a lock", "cannot lock %s: make its folder writable".formatted(file));
      }
    }
  }

  /// Locks a file, unless another holder has it, or has moved or deleted it meanwhile.
  private static Optional<Held> locked(Path file, boolean shared) throws IOException {
    try {
      Files.createFile(file, Folders.ownerOnly(file, "rw-------"));
    } catch (FileAlreadyExistsException _) {
      // Another holder had the lock before.
    }
    Object before = identity(file);
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    boolean kept = false;
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, shared);
      if (lock == null || !before.equals(identity(file))) {
        return Optional.empty();
      }
      Holder self = Holder.self();
      if (!shared) {
        describe(channel, self.text());
      }
      kept = true;
      return Optional.of(new Held(channel, shared, self));
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    } finally {
      if (!kept) {
        channel.close();
      }
    }
  }

  /// Distinguishes a file from another that has its name now.
  private static Object identity(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      @Nullable Object key = attributes.fileKey();
      return key == null ? attributes.creationTime() : key;
    } catch (NoSuchFileException e) {
      return new Object();
    }
  }

  private static void describe(FileChannel channel, String text) {
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(text.getBytes(UTF_8)), 0);
    } catch (IOException _) {
      // A full disk: the holder stays unnamed, but the lock holds.
    }
  }

  @Override
  public void close() {
    synchronized (HELD) {
      if (closed) {
        return;
      }
      closed = true;
      Held held = HELD.get(key);
      if (held == null || --held.count > 0) {
        return;
      }
      HELD.remove(key);
      try (FileChannel channel = held.channel) {
        if (!held.shared) {
          describe(channel, "");
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot release the lock %s".formatted(key), e);
      }
    }
  }
}
