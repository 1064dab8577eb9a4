package brimful.batch;

import brimful.batch.LedgerEvent.Verdict;
import brimful.corpus.UserError;
import brimful.queue.Journal;
import brimful.store.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.h2.mvstore.MVStoreException;

/// What is known of every cell, safe before anything else happens.
///
/// A cell is [Cell.Sent] on the disk before its call leaves, and what came of it is there before
/// the next one does. So whatever kills the program, the next run knows of each call that may have
/// been billed. Cells are found by what they depend on: the unit's content, the question, the model
/// and the words of the prompt; those of changed documents stay, for their money was spent.
///
/// Workers that share a batch have a ledger each. What happens is in one journal then, and a ledger
/// is what its entries come to: a call leaves when its entry is in the journal and nothing before
/// it stands against it.
///
/// One process has the file at a time. Safe for many threads, interrupted ones too: a thread of its
/// own does what there is to do, for the file would be closed under an interrupted one.
public final class Ledger implements AutoCloseable {

  /// How long nobody looks what other workers have done.
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  /// An entry of so many keys is well below what a broker takes.
  private static final int REOPENED_MAX = 1_000;

  private final LedgerStore store;
  private final Optional<Journal> journal;
  private final Optional<Sharing> sharing;
  private final ExecutorService disk =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("ledger").factory());
  private volatile Watcher watcher = (_, _) -> {};

  private Ledger(LedgerStore store, Optional<Journal> journal, Optional<Sharing> sharing) {
    this.store = store;
    this.journal = journal;
    this.sharing = sharing;
  }

  /// What the calls came to that only store a unit's documents in the provider's cache.
  ///
  /// @param at when the last was sent
  /// @param usdMax the most that the call under way can cost; 0 if there is none
  record WarmUp(Instant at, Bill bill, double usdMax) {
    WarmUp lost() {
      return new WarmUp(at, bill.plus(Bill.unknown(usdMax)), 0);
    }
  }

  /// Is told what has come of calls, whoever made them; in the ledger's own thread.
  @FunctionalInterface
  interface Watcher {
    /// @param ended cells that were answered or have failed
    /// @param spentUsd the most that all calls together can have cost
    void changed(Map<String, Cell> ended, double spentUsd);
  }

  /// Opens a ledger, which is made if it is not there.
  ///
  /// @throws UserError if another process has it, or it belongs to a batch that workers share
  public static Ledger open(Path file) {
    LedgerStore store = store(file);
    String shared = store.fact("shared");
    if (!shared.isEmpty()) {
      store.close();
      throw new UserError(
          UserError.Kind.CONFLICT,
          "%s belongs to the batch %s, which workers share: go on with --kafka, or name another table"
              .formatted(file, shared));
    }
    return new Ledger(store, Optional.empty(), Optional.empty());
  }

  /// Opens the ledger of a batch that workers share, and brings it up to date.
  ///
  /// @throws UserError if another process has the file, or it belongs to another batch
  public static Ledger shared(Path file, Sharing sharing) {
    LedgerStore store = store(file);
    try {
      var journal = new Journal(sharing.cluster(), sharing.name());
      try {
        join(store, file, journal, sharing);
        var ledger = new Ledger(store, Optional.of(journal), Optional.of(sharing));
        ledger.refresh();
        return ledger;
      } catch (RuntimeException e) {
        journal.close();
        throw e;
      }
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static void join(LedgerStore store, Path file, Journal journal, Sharing sharing) {
    String known = store.fact("journal");
    if (known.isEmpty() && store.isEmpty()) {
      store.fact("journal", journal.id());
      store.fact("shared", sharing.name());
      store.fact("next", "0");
    } else if (!known.equals(journal.id())) {
      throw new UserError(
          UserError.Kind.CONFLICT,
          known.isEmpty()
              ? "%s was begun without --kafka: go on without, or name another table".formatted(file)
              : "%s belongs to another batch %s than the one on this cluster: name another table"
                  .formatted(file, store.fact("shared")));
    }
    journal.seek(Long.parseLong(store.fact("next")));
  }

  private static LedgerStore store(Path file) {
    return new LedgerStore(LedgerFile.open(file));
  }

  /// Returns the table as it is in a ledger, which may be in use: a copy is read.
  public static Table peek(Path file) {
    return copied(file, false);
  }

  /// Returns the table as it is in a ledger that nobody writes.
  ///
  /// @throws UserError if the ledger is not what was written
  public static Table atRest(Path file) {
    return copied(file, true);
  }

  private static Table copied(Path file, boolean atRest) {
    try {
      Path copy = Files.createTempFile("brimful-ledger", ".copy");
      try {
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        try (LedgerStore store = new LedgerStore(LedgerFile.openCopy(copy, file, atRest))) {
          return store.table();
        }
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns where it is shared; empty if one process has all of it.
  Optional<Sharing> sharing() {
    return sharing;
  }

  /// Tells somebody of all changes from now on.
  void watch(Watcher watcher) {
    this.watcher = watcher;
  }

  /// Says what the batch consists of now, and marks what was under way when the program was killed.
  ///
  /// @param run tells it from a batch of other questions or documents
  void begin(String run, String model, List<Row> rows) {
    boolean begun =
        onDisk(store -> {
          if (journal.isEmpty()) {
            store.recover();
          }
          store.begin(model, rows);
          store.flush();
          return store.fact("run").equals(run);
        });
    if (!begun) {
      Verdict _ = offer(new LedgerEvent.Begun(run));
    }
  }

  /// Returns whether this run of the batch is the one that was begun last.
  boolean isOf(String run) {
    return onDisk(store -> store.fact("run").equals(run));
  }

  /// Opens the failed cells of the batch again.
  void retryFailed() {
    List<String> failed = onDisk(LedgerStore::failed);
    for (int from = 0; from < failed.size(); from += REOPENED_MAX) {
      int to = Math.min(failed.size(), from + REOPENED_MAX);
      Verdict _ = offer(new LedgerEvent.Reopened(failed.subList(from, to)));
    }
  }

  /// Lets an event happen, and returns what has come of it when that is safe.
  Verdict offer(LedgerEvent event) {
    return onDisk(store -> offer(store, event));
  }

  /// Lets a call leave; empty if there may be money for it when those under way are over.
  Optional<Verdict> claim(LedgerEvent sending) {
    return onDisk(store -> {
      Verdict verdict = offer(store, sending);
      return verdict == Verdict.BROKE && store.reservedUsd() > 0
          ? Optional.empty()
          : Optional.of(verdict);
    });
  }

  private Verdict offer(LedgerStore store, LedgerEvent event) {
    if (journal.isEmpty()) {
      Verdict verdict = store.apply(event);
      settle(store);
      return verdict;
    }
    Verdict verdict = store.check(event);
    if (verdict != Verdict.GRANTED) {
      catchUp(store);
      verdict = store.check(event);
    }
    // What is hopeless by now would be so behind more entries, too.
    return verdict == Verdict.GRANTED ? add(store, journal.get(), event) : verdict;
  }

  /// Adds an entry, and returns what has come of it: others may have added theirs before.
  private Verdict add(LedgerStore store, Journal journal, LedgerEvent event) {
    long own = journal.add(EventJson.write(event));
    var verdict = new AtomicReference<>(Verdict.GRANTED);
    journal.readThrough(
        own,
        (place, bytes) -> {
          Verdict each = happen(store, place, bytes);
          if (place == own) {
            verdict.set(each);
          }
        });
    settle(store);
    return verdict.get();
  }

  private void catchUp(LedgerStore store) {
    journal.orElseThrow().read((place, bytes) -> happen(store, place, bytes));
    settle(store);
  }

  private static Verdict happen(LedgerStore store, long place, byte[] bytes) {
    Verdict verdict = store.apply(EventJson.read(bytes));
    store.fact("next", Long.toString(place + 1));
    return verdict;
  }

  private void settle(LedgerStore store) {
    store.flush();
    watcher.changed(store.ended(), store.spentUsd());
    synchronized (this) {
      notifyAll();
    }
  }

  /// Looks what other workers have done.
  void refresh() {
    if (journal.isPresent()) {
      boolean _ =
          onDisk(store -> {
            catchUp(store);
            return true;
          });
    }
  }

  /// Waits until something has happened, or for a moment.
  synchronized void await() throws InterruptedException {
    wait(LOOK_EVERY.toMillis());
  }

  /// Returns what is known of a cell.
  Cell cell(String key) {
    return onDisk(ledger -> ledger.cell(key));
  }

  /// Returns what is known of cells, in their order.
  List<Cell> cells(List<String> keys) {
    return onDisk(ledger -> keys.stream().map(ledger::cell).toList());
  }

  /// Returns whether none of some cells is to come yet.
  boolean isDone(List<String> keys) {
    return onDisk(ledger ->
        keys.stream()
            .map(ledger::cell)
            .noneMatch(cell -> cell.isOpen() || cell instanceof Cell.Sent));
  }

  Optional<WarmUp> warmUp(String unit) {
    return onDisk(ledger -> ledger.warmUp(unit));
  }

  /// Returns the batch as it stands.
  public Table table() {
    return onDisk(LedgerStore::table);
  }

  /// Returns the most that all runs together can have cost, cells of changed documents included.
  double spentUsd() {
    return onDisk(LedgerStore::spentUsd);
  }

  /// Returns how many calls were found to be lost since the ledger was opened, in cells.
  int lost() {
    return onDisk(LedgerStore::lost);
  }

  private <T> T onDisk(Function<LedgerStore, T> action) {
    try {
      return CompletableFuture.supplyAsync(() -> action.apply(store), disk).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof MVStoreException broken) {
        throw Disk.failure(
            broken,
            Path.of(store.file()),
            "the ledger",
            "the ledger %s cannot be written".formatted(store.file()));
      }
      throw e.getCause() instanceof RuntimeException own ? own : e;
    }
  }

  @Override
  public void close() {
    try {
      boolean _ =
          onDisk(ledger -> {
            ledger.close();
            journal.ifPresent(Journal::close);
            return true;
          });
    } finally {
      disk.shutdown();
    }
  }
}
