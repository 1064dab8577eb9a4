package brimful.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/// What is known of every cell, on disk before anything else happens.
///
/// A cell is [Cell.Sent] on the disk before its call leaves, and what came of it is there before
/// the next one does. So whatever kills the program, the next run knows of each call that may have
/// been billed. Cells are found by what they depend on: the unit's content, the question, the model
/// and the words of the prompt; those of changed documents stay, for their money was spent.
///
/// One process has the file at a time. Safe for many threads, interrupted ones too: a thread of its
/// own does what there is to do, for the file would be closed under an interrupted one.
public final class Ledger implements AutoCloseable {
  private static final int MEMORY_MB = 16;

  private final LedgerStore store;
  private final ExecutorService disk =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("ledger").factory());

  private Ledger(LedgerStore store) {
    this.store = store;
  }

  /// Another process has the ledger.
  public static final class InUse extends RuntimeException {
    private static final long serialVersionUID = 1;

    InUse(Path file) {
      super(
          "%s is in use by another run: wait for it, or stop it".formatted(file),
          null,
          false,
          false);
    }
  }

  /// A call that only stored a unit's documents in the provider's cache.
  ///
  /// @param at when it was sent
  record WarmUp(Instant at, Bill bill) {}

  /// Opens a ledger, which is made if it is not there.
  ///
  /// @throws InUse if another process has it
  public static Ledger open(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return new Ledger(
          new LedgerStore(
              new MVStore.Builder()
                  .fileName(file.toString())
                  .autoCommitDisabled()
                  .cacheSize(MEMORY_MB)
                  .open()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep a ledger in %s".formatted(file), e);
    } catch (MVStoreException e) {
      if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
        throw new InUse(file);
      }
      throw new UncheckedIOException(
          "%s is no ledger, or is damaged: name another file for the table".formatted(file),
          new IOException(e));
    }
  }

  /// Returns the table as it is in a ledger, which may be in use: a copy is read.
  public static Table peek(Path file) {
    try {
      Path copy = Files.createTempFile("brimful-ledger", ".copy");
      try {
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        try (Ledger ledger = open(copy)) {
          return ledger.table();
        }
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Says what the batch consists of now.
  void begin(String model, List<Row> wanted) {
    onDisk(ledger -> {
      ledger.begin(model, wanted);
      return true;
    });
  }

  /// Marks what was under way when the program was killed, and returns how many cells that were.
  int recover() {
    return onDisk(LedgerStore::recover);
  }

  /// Opens the failed cells of the batch again, and returns how many they were.
  int retryFailed() {
    return onDisk(LedgerStore::retryFailed);
  }

  /// Returns what is known of a cell.
  Cell cell(String key) {
    return onDisk(ledger -> ledger.cell(key));
  }

  /// Writes cells, all or none, and returns when they are on the disk.
  void put(Map<String, ? extends Cell> changed) {
    onDisk(ledger -> {
      ledger.put(changed);
      return true;
    });
  }

  Optional<WarmUp> warmUp(String key) {
    return onDisk(ledger -> ledger.warmUp(key));
  }

  /// Writes a warm-up; before it is answered, its bill is that of a call of unknown fate.
  void put(String key, WarmUp warmUp) {
    onDisk(ledger -> {
      ledger.put(key, warmUp);
      return true;
    });
  }

  /// Returns the batch as it stands.
  public Table table() {
    return onDisk(LedgerStore::table);
  }

  /// Returns the most that all runs together can have cost, cells of changed documents included.
  double mostUsd() {
    return onDisk(LedgerStore::mostUsd);
  }

  private <T> T onDisk(Function<LedgerStore, T> action) {
    try {
      return CompletableFuture.supplyAsync(() -> action.apply(store), disk).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : e;
    }
  }

  @Override
  public void close() {
    try {
      onDisk(ledger -> {
        ledger.close();
        return true;
      });
    } finally {
      disk.shutdown();
    }
  }
}
