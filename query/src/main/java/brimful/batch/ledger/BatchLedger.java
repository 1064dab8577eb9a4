package brimful.batch.ledger;

import brimful.batch.ledger.LedgerEvent.Verdict;
import brimful.batch.table.Bill;
import brimful.batch.table.Cell;
import brimful.batch.table.Row;
import brimful.batch.table.Table;
import brimful.corpus.UserError;
import brimful.kafka.work.EventLog;
import brimful.store.Disk;
import java.nio.file.Path;
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

/// Records the state of every cell of a batch before anything else happens.
///
/// Layout: one H2 MVStore file with maps of cells, warm-ups and facts ([LedgerStore]), changed only
/// by events ([LedgerEvent]). Cells are keyed by everything they depend on: the unit's content, the
/// question, the model and the prompt's wording. Cells of changed documents stay, because their
/// money was spent.
///
/// A shared batch has one event log in Kafka and a ledger in each worker. A ledger's state is the
/// result of the log's entries in order: a worker appends an entry, reads the log up to it, and
/// lets the call leave only if no earlier entry stands against it. The first entry wins, and all
/// workers see the same first.
///
/// Invariant: a cell is [Cell.Sent] on disk before its call leaves, and the result of a call is on
/// disk before the next call of its unit. After a kill, the next run therefore knows each call that
/// may have been billed, and repeats none. Cost: one commit for each event.
///
/// Threads: one process has the file at a time. Safe for many threads, interrupted ones too,
/// because a thread of its own does all file access: an interrupt would close the file.
public final class BatchLedger implements AutoCloseable {

  /// How long the log may go unread while nothing happens here.
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  /// An entry of this many keys is well below the broker's limit.
  private static final int REOPENED_MAX = 1_000;

  private final LedgerStore store;
  private final Optional<EventLog> journal;
  private final Optional<Sharing> sharing;

  /// The file of a copy, which goes when it is closed.
  private final Optional<Path> copy;

  private final ExecutorService disk =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("ledger").factory());
  private volatile Watcher watcher = (_, _) -> {};

  private BatchLedger(LedgerStore store, Optional<EventLog> journal, Optional<Sharing> sharing) {
    this(store, journal, sharing, Optional.empty());
  }

  private BatchLedger(
      LedgerStore store,
      Optional<EventLog> journal,
      Optional<Sharing> sharing,
      Optional<Path> copy) {
    this.store = store;
    this.journal = journal;
    this.sharing = sharing;
    this.copy = copy;
  }

  /// The calls that only store a unit's documents in the provider's cache.
  ///
  /// @param at when the last one was sent
  /// @param usdMax the most that the call in flight can cost; 0 if there is none
  public record WarmUp(Instant at, Bill bill, double usdMax) {
    WarmUp lost() {
      return new WarmUp(at, bill.plus(Bill.unknown(usdMax)), 0);
    }
  }

  /// Receives the results of calls, of all workers, in the ledger's own thread.
  @FunctionalInterface
  public interface Watcher {
    /// @param ended cells that were answered or have failed
    /// @param spentUsd the most that all calls together can have cost
    void changed(Map<String, Cell> ended, double spentUsd);
  }

  /// Opens a ledger, and creates it if needed.
  ///
  /// @throws UserError if another process has it, or it belongs to a shared batch
  public static BatchLedger open(Path file) {
    LedgerStore store = store(file);
    String shared = store.fact("shared");
    if (!shared.isEmpty()) {
      store.close();
      throw new UserError(
          UserError.Kind.CONFLICT,
          "%s belongs to the batch %s, which workers share: go on with --kafka, or name another table"
              .formatted(file, shared));
    }
    return new BatchLedger(store, Optional.empty(), Optional.empty());
  }

  /// Opens the ledger of a shared batch and brings it up to date.
  ///
  /// @throws UserError if another process has the file, or it belongs to another batch
  public static BatchLedger shared(Path file, Sharing sharing) {
    LedgerStore store = store(file);
    try {
      var eventLog = new EventLog(sharing.cluster(), sharing.name());
      try {
        join(store, file, eventLog, sharing);
        var ledger = new BatchLedger(store, Optional.of(eventLog), Optional.of(sharing));
        ledger.refresh();
        return ledger;
      } catch (RuntimeException e) {
        eventLog.close();
        throw e;
      }
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static void join(LedgerStore store, Path file, EventLog eventLog, Sharing sharing) {
    String known = store.fact("journal");
    if (known.isEmpty() && store.isEmpty()) {
      store.fact("journal", eventLog.id());
      store.fact("shared", sharing.name());
      store.fact("next", "0");
    } else if (!known.equals(eventLog.id())) {
      throw new UserError(
          UserError.Kind.CONFLICT,
          known.isEmpty()
              ? "%s was begun without --kafka: go on without, or name another table".formatted(file)
              : "%s belongs to another batch %s than the one on this cluster: name another table"
                  .formatted(file, store.fact("shared")));
    }
    eventLog.seek(Long.parseLong(store.fact("next")));
  }

  private static LedgerStore store(Path file) {
    return new LedgerStore(LedgerFile.open(file));
  }

  /// Opens a copy of a ledger, which may be in use, or not exist yet. What happens to the copy is
  /// forgotten when it is closed.
  public static BatchLedger copyOf(Path file) {
    Path copy = LedgerCopy.make(file);
    try {
      var store = new LedgerStore(LedgerFile.openCopy(copy, file, false));
      return new BatchLedger(store, Optional.empty(), Optional.empty(), Optional.of(copy));
    } catch (RuntimeException e) {
      LedgerCopy.delete(copy);
      throw e;
    }
  }

  /// Returns the table of a ledger, which may be in use: a copy is read.
  public static Table peek(Path file) {
    return LedgerCopy.read(file, false, LedgerStore::table);
  }

  /// A ledger that nobody is writing.
  ///
  /// @param besideUsd see [BatchLedger#besideUsd]; with the most that calls can have cost whose end
  ///   nobody saw
  public record AtRest(Table table, double besideUsd) {}

  /// Returns what a ledger has that nobody is writing.
  ///
  /// @throws UserError if the file is damaged
  public static AtRest atRest(Path file) {
    return LedgerCopy.read(
        file,
        true,
        store -> new AtRest(store.table(), store.besideUsd(store.table()) + store.reservedUsd()));
  }

  /// Returns where it is shared; empty if one process has all of it.
  public Optional<Sharing> sharing() {
    return sharing;
  }

  /// Sets the watcher of all changes from now on.
  public void watch(Watcher watcher) {
    this.watcher = watcher;
  }

  /// Declares the batch's cells, and marks calls that were in flight when the program was killed.
  ///
  /// @param run identifies the questions and documents of this run
  public void begin(String run, String model, List<Row> rows) {
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

  /// Returns whether this run is the one that began last.
  public boolean isOf(String run) {
    return onDisk(store -> store.fact("run").equals(run));
  }

  /// Reopens those of some cells that have failed.
  public void retryFailed(List<Row> rows) {
    List<String> failed =
        table(rows).lines().stream()
            .filter(line -> line.cell() instanceof Cell.Failed)
            .map(line -> line.row().key())
            .toList();
    for (int from = 0; from < failed.size(); from += REOPENED_MAX) {
      int to = Math.min(failed.size(), from + REOPENED_MAX);
      Verdict _ = offer(new LedgerEvent.Reopened(failed.subList(from, to)));
    }
  }

  /// Applies an event, and returns its verdict once it is stored.
  public Verdict offer(LedgerEvent event) {
    return onDisk(store -> offer(store, event));
  }

  /// Requests permission for a call to leave; empty if money may be available when other calls end.
  public Optional<Verdict> claim(LedgerEvent sending) {
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
    // What is hopeless now would also be so after more entries.
    return verdict == Verdict.GRANTED ? add(store, journal.get(), event) : verdict;
  }

  /// Appends an entry, and returns its verdict: others may have appended theirs before.
  private Verdict add(LedgerStore store, EventLog eventLog, LedgerEvent event) {
    long own = eventLog.add(EventJson.write(event));
    var verdict = new AtomicReference<>(Verdict.GRANTED);
    eventLog.readThrough(
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

  /// Reads what other workers have done.
  public void refresh() {
    if (journal.isPresent()) {
      boolean _ =
          onDisk(store -> {
            catchUp(store);
            return true;
          });
    }
  }

  /// Waits until something has happened, or for a moment.
  public synchronized void await() throws InterruptedException {
    wait(LOOK_EVERY.toMillis());
  }

  /// Returns the state of a cell.
  public Cell cell(String key) {
    return onDisk(ledger -> ledger.cell(key));
  }

  /// Returns the states of cells, in their order.
  public List<Cell> cells(List<String> keys) {
    return onDisk(ledger -> keys.stream().map(ledger::cell).toList());
  }

  /// Returns whether all of some cells are finished.
  public boolean isDone(List<String> keys) {
    return onDisk(ledger ->
        keys.stream()
            .map(ledger::cell)
            .noneMatch(cell -> cell.isOpen() || cell instanceof Cell.Sent));
  }

  public Optional<WarmUp> warmUp(String unit) {
    return onDisk(ledger -> ledger.warmUp(unit));
  }

  /// Returns the batch's present table.
  public Table table() {
    return onDisk(LedgerStore::table);
  }

  /// Returns the present table of some rows.
  public Table table(List<Row> rows) {
    return onDisk(store -> store.table(rows));
  }

  /// Returns the most that all runs together can have cost, cells of changed documents included.
  double spentUsd() {
    return onDisk(LedgerStore::spentUsd);
  }

  /// Returns the most that what is not in a table can have cost: windows of units whose cells are
  /// still open, and documents that have changed.
  public double besideUsd(Table table) {
    return onDisk(store -> store.besideUsd(table));
  }

  /// Returns the most that all runs can have cost, with the most that calls in flight can cost.
  public double bookedUsd() {
    return onDisk(store -> store.spentUsd() + store.reservedUsd());
  }

  /// Returns how many cells were found lost since the ledger was opened.
  public int lost() {
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
            journal.ifPresent(EventLog::close);
            return true;
          });
    } finally {
      disk.shutdown();
      copy.ifPresent(LedgerCopy::delete);
    }
  }
}
