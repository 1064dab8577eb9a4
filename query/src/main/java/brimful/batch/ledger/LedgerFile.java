package brimful.batch.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import brimful.corpus.UserError;
import brimful.store.Disk;
import brimful.store.Folders;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/// Opens the file of a ledger, and verifies that it is what was written.
///
/// When the end of its file is missing, the store falls back to an older version, or starts anew,
/// which would forget what was paid. Therefore the opened version is compared with the one that the
/// file's header names.
public final class LedgerFile {
  private static final int MEMORY_MB = 16;
  private static final int CAUSES_MAX = 20;
  private static final int BLOCK_BYTES = 4096;

  /// A store begins with two copies of its header.
  private static final int HEADER_BYTES = 2 * BLOCK_BYTES;

  /// How long a run that has made the file may take to lock it, or to write its header.
  private static final Duration HEADER_MAX = Duration.ofSeconds(1);

  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  private static final Pattern VERSION = Pattern.compile("[,{]version:([0-9a-f]{1,15})[,}\\n]");

  private LedgerFile() {}

  /// A damaged file.
  private static final class DamagedLedger extends IOException {
    private static final long serialVersionUID = 1;

    DamagedLedger(String message) {
      super(message);
    }

    DamagedLedger(Throwable cause) {
      super(cause);
    }
  }

  /// Opens a store, and creates it if there is no file.
  ///
  /// @throws UserError if another process has the file, or if it is damaged
  static MVStore open(Path file) {
    return open(file, file, true);
  }

  /// Opens a copy of a store.
  ///
  /// @param named the name to use in messages
  /// @param atRest whether nobody was writing meanwhile; otherwise an older version is accepted
  static MVStore openCopy(Path copy, Path named, boolean atRest) {
    return open(copy, named, atRest);
  }

  /// A file that could not be begun holds nothing, and would be taken for a damaged ledger.
  private static void deleteBeginning(Path file) {
    try {
      if (Files.isRegularFile(file) && isBeginning(file) && !isLocked(file)) {
        Files.delete(file);
      }
    } catch (IOException _) {
      // It stays, and the next run names it.
    }
  }

  private static MVStore open(Path file, Path named, boolean latest) {
    boolean isNew = !Files.exists(file);
    try {
      Folders.create(file.toAbsolutePath().resolveSibling(""));
      if (file.equals(named)) {
        awaitHeader(file);
      } else if (!latest && Files.exists(file) && Files.size(file) == 0) {
        // A copy of a file that is being begun holds nothing yet.
        deleteBeginning(file);
      }
      if (isBeginning(file) && Files.size(file) > 0) {
        throw damaged(named, new DamagedLedger("its header is cut off"));
      }
      long version = version(file);
      MVStore store =
          new MVStore.Builder()
              .fileName(file.toString())
              .autoCommitDisabled()
              .cacheSize(MEMORY_MB)
              .open();
      if (latest && store.getCurrentVersion() < version) {
        long opened = store.getCurrentVersion();
        store.closeImmediately();
        throw damaged(named, new DamagedLedger("version %s of %s".formatted(opened, version)));
      }
      return store;
    } catch (IOException e) {
      throw Disk.failure(e, file, "the ledger", "cannot keep a ledger in %s".formatted(file));
    } catch (MVStoreException e) {
      UserError failure = failure(e, file, named);
      // Another run may have begun the file meanwhile.
      if (isNew && failure.kind() != UserError.Kind.BUSY) {
        deleteBeginning(file);
      }
      throw failure;
    }
  }

  private static UserError failure(MVStoreException e, Path file, Path named) {
    if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
      return inUse(named);
    }
    if (Disk.isFull(e, file)) {
      return Disk.full("the ledger", e);
    }
    if (!Files.exists(file) || !Files.isWritable(file)) {
      return new UserError(
          UserError.Kind.CANNOT_WRITE,
          "cannot keep the ledger %s, %s: name a table in a folder that exists and is yours"
              .formatted(named, reason(e)),
          e);
    }
    return damaged(named, new DamagedLedger(e));
  }

  /// Returns why the system made no file.
  private static String reason(Exception failure) {
    return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(CAUSES_MAX)
        .filter(FileSystemException.class::isInstance)
        .map(cause -> ((FileSystemException) cause).getReason())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("there is no permission to");
  }

  private static UserError damaged(Path named, DamagedLedger cause) {
    return new UserError(
        UserError.Kind.INPUT,
        "%s is not a ledger, or is damaged: name another file for the table".formatted(named),
        cause);
  }

  private static UserError inUse(Path named) {
    return new UserError(
        UserError.Kind.BUSY,
        "%s is in use by another run: wait for it, or stop it".formatted(named));
  }

  /// Waits for the header of a file that another run is just beginning. An empty file that nobody
  /// begins is an empty ledger: its run was killed before the header.
  private static void awaitHeader(Path file) throws IOException {
    long end = System.nanoTime() + HEADER_MAX.toNanos();
    while (isBeginning(file)) {
      if (System.nanoTime() >= end) {
        if (isLocked(file)) {
          throw inUse(file);
        }
        return;
      }
      try {
        Thread.sleep(LOOK_EVERY);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw inUse(file);
      }
    }
  }

  /// Returns whether a run has a ledger, of another process than this: whoever asks must have none
  /// of it open.
  public static boolean isInUse(Path file) {
    return Files.exists(file) && isLocked(file);
  }

  private static boolean isBeginning(Path file) throws IOException {
    try {
      // One whose name cannot be is not there, and the store says why.
      return Files.exists(file) && Files.size(file) < HEADER_BYTES;
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  /// Returns whether a run has a file. Not asked of one with a header: closing it would end the
  /// lock of this process.
  private static boolean isLocked(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException _) {
      return true;
    } catch (IOException _) {
      // Whoever cannot open it is told why by the store.
      return false;
    }
  }

  /// Returns the version that the header names; 0 if there is no file.
  private static long version(Path file) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    try (InputStream in = Files.newInputStream(file)) {
      Matcher version = VERSION.matcher(new String(in.readNBytes(BLOCK_BYTES), ISO_8859_1));
      return version.find() ? Long.parseLong(version.group(1), 16) : 0;
    }
  }

  /// Returns whether reading a ledger failed because its file is damaged.
  public static boolean isDamage(RuntimeException e) {
    return switch (e) {
      case UserError user -> user.getCause() instanceof DamagedLedger;
      case UncheckedIOException io -> io.getCause() instanceof JsonProcessingException;
      default -> true;
    };
  }
}
