package brimful.exhaustive.job;

import brimful.ask.PublicLine;
import brimful.batch.BatchListener;
import brimful.batch.RunDeletion;
import brimful.batch.RunState;
import brimful.batch.table.Cell;
import brimful.batch.table.Row;
import brimful.corpus.FailureLine;
import brimful.corpus.UserError;
import brimful.exhaustive.Exhaustive;
import brimful.exhaustive.ExhaustiveAnswer;
import brimful.exhaustive.ExhaustiveJson;
import brimful.exhaustive.ReadingEstimate;
import brimful.exhaustive.WindowReader;
import brimful.view.JsonTrees;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A reading on a server: its order, its progress, and its answer. Safe for many threads.
public final class ReadingJob implements BatchListener {
  private static final Logger LOG = LoggerFactory.getLogger(ReadingJob.class);

  private static final String STOPPED = "stopped: what was read is kept";

  private final String id;
  private final String caller;
  private final Instant created;
  private final ReadingFiles files;
  private final boolean moneyKnown;
  private ReadingOrder order;
  private RunState state;
  private Optional<JsonNode> estimate = Optional.empty();
  private Optional<JsonNode> answer;
  private Optional<Thread> worker = Optional.empty();
  private final RunDeletion deletion;
  private Instant started = Instant.MAX;
  private Instant ended = Instant.MAX;
  private int windows;
  private int done;
  private int doneBefore;
  private String notice;

  /// What earlier runs have spent, and what the ledger had spent when this one began.
  private double earlierUsd;

  private double begunUsd;
  private double usd;

  /// Returns a reading that has not begun, or that a server has left.
  ///
  /// @param caller the key that ordered it; empty for none
  /// @param money what it has cost so far
  ReadingJob(
      String id,
      String caller,
      ReadingOrder order,
      Instant created,
      ReadingFiles files,
      ReadingFiles.Money money) {
    this.id = id;
    this.caller = caller;
    this.order = order;
    this.created = created;
    this.files = files;
    deletion = new RunDeletion("reading " + id, files.folder().resolve(ReadingFiles.ORDER));
    earlierUsd = money.spentUsd();
    usd = money.spentUsd();
    moneyKnown = money.known();
    answer = files.answer();
    String problem = answer.map(ReadingJob::problem).orElse("");
    boolean stopped = answer.isEmpty() || money.killed();
    state = stopped ? RunState.STOPPED : problem.isEmpty() ? RunState.DONE : RunState.FAILED;
    notice = stopped ? "not all is read: resume it" : problem;
  }

  private boolean isWhole() {
    return answer.filter(it -> it.path("complete").asBoolean()).isPresent();
  }

  private static String problem(JsonNode answer) {
    String problem = answer.path("problem").asText();
    return problem.isEmpty() ? "" : problem + "; resume it with retry_failed";
  }

  public String id() {
    return id;
  }

  /// Returns the key that ordered it; empty for none.
  String caller() {
    return caller;
  }

  Instant created() {
    return created;
  }

  public synchronized ReadingOrder order() {
    return order;
  }

  /// Returns what a limit leaves to spend.
  ///
  /// @param usdMax infinite for no limit
  /// @throws UserError if there is a limit, and nobody knows what was spent
  synchronized double leftUsd(double usdMax) {
    if (!moneyKnown && usdMax < Double.POSITIVE_INFINITY) {
      throw new UserError(
          UserError.Kind.CONFLICT,
          "what reading %s has spent is not known, its record is missing or damaged: resume it with %s null, without a limit"
              .formatted(id, ReadingOrder.USD_MAX));
    }
    return usdMax - usd;
  }

  private ReadingFiles.Money money() {
    return new ReadingFiles.Money(usd, moneyKnown, false);
  }

  public synchronized boolean isRunning() {
    return state == RunState.RUNNING;
  }

  /// Runs in a thread from now on.
  ///
  /// @param thread not started
  /// @param limited its order from now on
  /// @throws UserError if it already runs, has its whole answer, or the machine has no room for the
  ///   thread
  synchronized void start(Thread thread, ReadingOrder limited) {
    claim(thread, limited);
    try {
      thread.start();
    } catch (RuntimeException | OutOfMemoryError e) {
      var error =
          new UserError(
              UserError.Kind.BUSY, "the server cannot start another thread: resume it later", e);
      end(RunState.FAILED, error.line());
      throw error;
    }
  }

  private void claim(Thread thread, ReadingOrder limited) {
    deletion.refuseIfWanted();
    if (state == RunState.RUNNING) {
      throw new UserError(
          UserError.Kind.CONFLICT, "reading %s is running: wait for it".formatted(id));
    }
    if (state == RunState.DONE && isWhole()) {
      throw new UserError(
          UserError.Kind.CONFLICT,
          "reading %s has its whole answer: start another to read anew".formatted(id));
    }
    state = RunState.RUNNING;
    order = limited;
    // A run whose ledger broke has booked nothing: then what it told counts.
    earlierUsd = usd;
    worker = Optional.of(thread);
    started = Instant.now();
    ended = Instant.MAX;
    windows = 0;
    done = 0;
    doneBefore = 0;
    notice = "waits for its turn, and is estimated";
  }

  /// Opens what an order is about, and closes it after the use.
  @FunctionalInterface
  interface Opening {
    Runnable use(Function<WindowReader.Reading, Runnable> use);
  }

  /// Runs in the calling thread, until there is an answer or it is stopped.
  void run(Opening opening) {
    Runnable end;
    try {
      end = opening.use(this::read);
    } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
      if (FailureLine.isDefect(e)) {
        LOG.error("reading failed reading={}", id, e);
      }
      boolean stopped = Thread.interrupted();
      String why = FailureLine.line(e);
      end = () -> end(stopped ? RunState.STOPPED : RunState.FAILED, stopped ? STOPPED : why);
    }
    // The ledger is closed now, so others may have it.
    Runnable due;
    synchronized (this) {
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

  /// Reads, and returns how it ends.
  private Runnable read(WindowReader.Reading reading) {
    ReadingEstimate cost = reading.estimate();
    double begun = reading.begunUsd();
    ReadingFiles.Money earlier;
    synchronized (this) {
      earlier = money();
      begunUsd = begun;
      estimate = Optional.of(ExhaustiveJson.of(cost));
      notice = "";
    }
    files.begin(reading.ledger(), begun, earlier);
    Exhaustive.Ending ending = ending(reading, begun);
    boolean stopped = Thread.interrupted();
    return switch (ending) {
      case Exhaustive.Ending.Answered(ExhaustiveAnswer read) -> {
        JsonNode whole = ExhaustiveJson.of(cost, read);
        files.answer(whole);
        yield () -> {
          answer = Optional.of(whole);
          String problem = problem(whole);
          end(problem.isEmpty() ? RunState.DONE : RunState.FAILED, problem);
        };
      }
      case Exhaustive.Ending.Halted halted -> {
        String why = "%s: %s".formatted(halted.rest(), halted.reason());
        yield () -> end(stopped ? RunState.STOPPED : RunState.HALTED, stopped ? STOPPED : why);
      }
    };
  }

  /// Runs it. Its money is booked however it ends: a failed call was paid, too.
  private Exhaustive.Ending ending(WindowReader.Reading reading, double begun) {
    try {
      return reading.run(this);
    } finally {
      // An interrupted thread can write no file.
      boolean stopped = Thread.interrupted();
      settle(reading.begunUsd() - begun);
      if (stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Books what this run has cost, so that the ledger is not asked for it any more.
  private synchronized void settle(double spentUsd) {
    earlierUsd += spentUsd;
    usd = earlierUsd;
    files.end(money());
  }

  private synchronized void end(RunState how, String why) {
    worker = Optional.empty();
    state = how;
    notice = PublicLine.of(why.lines().findFirst().orElse(""));
    ended = Instant.now();
  }

  /// Stops it: calls in flight end, and their results are kept.
  public synchronized void cancel() {
    worker.ifPresent(Thread::interrupt);
  }

  @Override
  public synchronized void starts(int cells, int open) {
    windows = cells;
    done = cells - open;
    doneBefore = done;
    started = Instant.now();
  }

  @Override
  public synchronized void finished(Row row, Cell cell) {
    done++;
    if (isGone()) {
      cancel();
    }
  }

  @Override
  public synchronized void spent(double all, double left) {
    usd = earlierUsd + Math.max(0, all - begunUsd);
  }

  /// Returns its progress, without its answer.
  public synchronized ObjectNode progress(Instant now) {
    ObjectNode node = JsonTrees.object().put("id", id).put("collection", order.collection());
    order.scope().forEach(node.putArray("scope")::add);
    node.put("question", order.question())
        .put("state", state.word())
        .put("windows", windows)
        .put("windows_read", done)
        .put("spent_usd", usd);
    if (Double.isInfinite(order.usdMax())) {
      node.putNull(ReadingOrder.USD_MAX).putNull("left_usd");
    } else {
      node.put(ReadingOrder.USD_MAX, order.usdMax())
          .put("left_usd", Math.max(0, order.usdMax() - usd));
    }
    node.put("eta_seconds", left(now).orElse(null));
    node.set("estimate", estimate.orElse(null));
    return node.put("created", created.toString())
        .put("ended", ended.equals(Instant.MAX) ? null : ended.toString())
        .put("notice", notice);
  }

  private Optional<Long> left(Instant now) {
    int read = done - doneBefore;
    return state == RunState.RUNNING && read > 0
        ? Optional.of(Duration.between(started, now).toSeconds() * (windows - done) / read)
        : Optional.empty();
  }

  /// Returns all of it; the result is null until there is one.
  public synchronized ObjectNode whole(Instant now) {
    ObjectNode node = progress(now);
    node.set("result", answer.orElse(null));
    return node;
  }
}
