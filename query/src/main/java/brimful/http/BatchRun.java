package brimful.http;

import brimful.ask.PublicLine;
import brimful.batch.Batch;
import brimful.batch.BatchListener;
import brimful.batch.BatchQuestion;
import brimful.batch.RunDeletion;
import brimful.batch.RunState;
import brimful.batch.ledger.BatchLedger;
import brimful.batch.table.Bill;
import brimful.batch.table.Cell;
import brimful.batch.table.Row;
import brimful.batch.table.Table;
import brimful.corpus.Counted;
import brimful.corpus.FailureLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A batch on a server: its order, its progress and its watchers. Safe for many threads.
final class BatchRun implements BatchListener {
  private static final Logger LOG = LoggerFactory.getLogger(BatchRun.class);

  /// The file that says what was ordered, beside its ledger.
  static final String ORDER = "order.json";

  final String id;
  final String caller;
  final BatchOrder order;
  final List<BatchQuestion> questions;
  final Instant created;
  private final Path ledgerFile;

  /// Held for writing while the ledger is opened or closed, because its file must not be read then.
  private final ReadWriteLock handover = new ReentrantReadWriteLock();

  private final List<BlockingQueue<Table.Line>> watchers = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private RunState state = RunState.STOPPED;
  private volatile Optional<BatchLedger> ledger = Optional.empty();
  private Optional<Thread> worker = Optional.empty();
  private final RunDeletion deletion;
  private Instant started = Instant.MAX;
  private Instant ended = Instant.MAX;
  private int open;
  private int done;
  private double usd;
  private double usdMax;
  private String notice = "";
  private String model;

  /// @param caller the key that ordered it; empty for none
  BatchRun(String id, String caller, BatchOrder order, Instant created, Path ledgerFile) {
    this.id = id;
    this.caller = caller;
    this.order = order;
    questions = order.list();
    this.created = created;
    usdMax = order.usdMax();
    this.ledgerFile = ledgerFile;
    deletion = new RunDeletion("batch " + id, ledgerFile.resolveSibling(ORDER));
    model = order.model();
    if (Files.exists(ledgerFile)) {
      BatchLedger.AtRest rest = BatchLedger.atRest(ledgerFile);
      Table table = rest.table();
      counts.putAll(table.states());
      usd = table.bill().usd() + rest.besideUsd();
      model = table.model().isEmpty() ? order.model() : table.model();
      // One that was killed before it declared its cells has none.
      boolean asked = !table.lines().isEmpty() && counts.getOrDefault("pending", 0) == 0;
      state = asked ? RunState.DONE : RunState.STOPPED;
    }
    notice = state == RunState.STOPPED ? "not all is asked: resume it" : "";
  }

  /// The progress at one moment.
  ///
  /// @param usdMax the spending limit; infinite if there is none
  record Progress(
      RunState state,
      Map<String, Integer> counts,
      double usd,
      double usdMax,
      Optional<Long> etaSeconds,
      Instant ended,
      String notice) {}

  synchronized Progress progress(Instant now) {
    Optional<Long> eta = Optional.empty();
    if (state == RunState.RUNNING && done > 0) {
      double seconds = java.time.Duration.between(started, now).toMillis() / 1e3;
      eta = Optional.of((long) (seconds / done * Math.max(0, open - done)));
    }
    return new Progress(state, Map.copyOf(counts), usd, usdMax, eta, ended, notice);
  }

  /// Runs the batch in the calling thread, until every question is answered or it is stopped.
  ///
  /// @param work runs the batch with its ledger
  void run(Function<BatchLedger, Batch.Conclusion> work) {
    Runnable end;
    try {
      Worked worked = worked(work);
      boolean stopped = Thread.interrupted();
      end = () -> finish(worked, stopped);
    } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
      if (FailureLine.isDefect(e)) {
        LOG.error("batch failed batch={}", id, e);
      }
      String why = FailureLine.line(e);
      end = () -> end(RunState.FAILED, why);
    }
    // The ledger is closed now, so others may resume the batch.
    Runnable due;
    synchronized (this) {
      worker = Optional.empty();
      end.run();
      due = deletion.due();
    }
    due.run();
  }

  /// Deletes its files, at once or when it has ended: it is stopped.
  void delete(Runnable files) {
    Runnable now;
    synchronized (this) {
      now = deletion.want(files, state == RunState.RUNNING);
      cancel();
    }
    now.run();
  }

  /// Returns whether another process has deleted it.
  boolean isGone() {
    return deletion.isGone();
  }

  /// @param besideUsd what was paid for cells that are still open
  private record Worked(Batch.Conclusion conclusion, double besideUsd) {}

  private Worked worked(Function<BatchLedger, Batch.Conclusion> work) {
    BatchLedger opened = open();
    try {
      Batch.Conclusion conclusion = work.apply(opened);
      return new Worked(conclusion, opened.besideUsd(conclusion.table()));
    } finally {
      close(opened);
    }
  }

  private BatchLedger open() {
    handover.writeLock().lock();
    try {
      BatchLedger opened = BatchLedger.open(ledgerFile);
      ledger = Optional.of(opened);
      return opened;
    } finally {
      handover.writeLock().unlock();
    }
  }

  private void close(BatchLedger opened) {
    handover.writeLock().lock();
    try {
      ledger = Optional.empty();
      opened.close();
    } finally {
      handover.writeLock().unlock();
    }
  }

  /// Returns the id of the batch's model.
  synchronized String model() {
    return model;
  }

  /// Marks the batch as running in a thread; does nothing if it already runs.
  ///
  /// @param limit the spending limit from now on, in USD
  synchronized boolean claim(Thread thread, String asked, double limit) {
    deletion.refuseIfWanted();
    if (state == RunState.RUNNING) {
      return false;
    }
    state = RunState.RUNNING;
    model = asked;
    usdMax = limit;
    worker = Optional.of(thread);
    started = Instant.now();
    ended = Instant.MAX;
    done = 0;
    notice = "";
    return true;
  }

  private synchronized void finish(Worked worked, boolean stopped) {
    Batch.Conclusion conclusion = worked.conclusion();
    counts.putAll(conclusion.table().states());
    usd = conclusion.table().bill().usd() + worked.besideUsd();
    boolean whole = counts.getOrDefault("pending", 0) == 0;
    end(
        whole ? RunState.DONE : stopped ? RunState.STOPPED : RunState.HALTED,
        stopped && !whole ? "stopped: what was answered is kept" : conclusion.halted());
  }

  private synchronized void end(RunState how, String why) {
    state = how;
    notice = PublicLine.of(why.lines().findFirst().orElse(""));
    ended = Instant.now();
  }

  /// Stops the batch: calls in flight end, and their results are kept.
  synchronized void cancel() {
    worker.ifPresent(Thread::interrupt);
  }

  /// Returns the current table.
  Table table() {
    handover.readLock().lock();
    try {
      if (ledger.isPresent()) {
        return ledger.get().table();
      }
      return Files.exists(ledgerFile)
          ? BatchLedger.peek(ledgerFile)
          : new Table(order.model(), List.of(), Bill.NOTHING);
    } finally {
      handover.readLock().unlock();
    }
  }

  /// Returns a queue that receives each cell that finishes from now on; [#leave] ends it.
  BlockingQueue<Table.Line> watch() {
    var queue = new LinkedBlockingQueue<Table.Line>();
    watchers.add(queue);
    return queue;
  }

  void leave(BlockingQueue<Table.Line> queue) {
    watchers.remove(queue);
  }

  @Override
  public synchronized void starts(int cells, int open) {
    this.open = open;
    counts.put("answered", 0);
    counts.put("failed", 0);
    counts.put("pending", cells);
    ledger.ifPresent(known -> counts.putAll(known.table().states()));
  }

  @Override
  public void finished(Row row, Cell cell) {
    synchronized (this) {
      notice = "";
      done++;
      counts.merge(cell.state(), 1, Integer::sum);
      counts.merge("pending", -1, Integer::sum);
      stopIfGone();
    }
    var line = new Table.Line(row, cell);
    for (BlockingQueue<Table.Line> watcher : new ArrayList<>(watchers)) {
      watcher.add(line);
    }
  }

  @Override
  public synchronized void reads(String unit, int read, int windows) {
    notice =
        "%s of %s of unit %s read"
            .formatted(read, Counted.of(windows, "window"), unit.equals(".") ? "all" : unit);
    stopIfGone();
  }

  private void stopIfGone() {
    if (isGone()) {
      cancel();
    }
  }

  @Override
  public synchronized void spent(double all, double left) {
    usd = all;
  }

  @Override
  public synchronized void waits(Instant until) {
    notice = "waits for the provider's cheaper hours, until " + until;
  }
}
