package brimful.exhaustive;

import brimful.batch.Batch;
import brimful.batch.BatchListener;
import brimful.batch.Sleeper;
import brimful.batch.ledger.BatchLedger;
import brimful.batch.ledger.LedgerFile;
import brimful.collection.Corpus;
import brimful.collection.OpenCorpus;
import brimful.corpus.Sha256;
import brimful.corpus.UserError;
import brimful.model.ModelChoice;
import brimful.service.QueryService;
import brimful.service.Spender;
import brimful.store.Damage;
import brimful.token.Tokenizers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads corpora for questions, for every door. Safe for many threads.
///
/// There is one ledger for each corpus and model, so that questions find what earlier ones have
/// stored. Questions of one ledger take turns.
public final class WindowReader {
  private static final Logger LOG = LoggerFactory.getLogger(WindowReader.class);

  /// What a model is connected for.
  public static final String PURPOSE = "read the windows";

  private static final int NAME_CHARS = 32;

  /// What sums of the same calls may differ by.
  private static final double ROUNDING_USD = 1e-9;

  /// A process has a ledger's file once, whichever door reads it.
  private static final Map<Path, ReentrantLock> TURNS = new ConcurrentHashMap<>();

  private final Path folder;
  private final QueryService service;

  public WindowReader(QueryService service) {
    this.service = service;
    folder = service.models().home().windows();
  }

  /// A question of a corpus.
  ///
  /// @param allWindows whether windows without any word of the question are read, too
  /// @param spender pays, besides the limit of the terms
  public record Order(
      Corpus corpus,
      String question,
      ModelChoice choice,
      Exhaustive.Terms terms,
      boolean allWindows,
      Spender spender) {}

  /// Returns what an order will cost, with what is known from earlier ones; changes nothing.
  ///
  /// @param open the order's corpus
  public ReadingEstimate estimate(Order order, OpenCorpus open) {
    try (BatchLedger copy = copyOf(ledger(order.corpus(), order.choice()))) {
      return estimate(order, open, copy);
    }
  }

  /// A copy of a file that is being written may be torn: then as much is known as of a new one.
  private BatchLedger copyOf(Path file) {
    try {
      return BatchLedger.copyOf(file);
    } catch (RuntimeException e) {
      if (!LedgerFile.isDamage(e)) {
        throw e;
      }
      LOG.warn("ledger cannot be copied file={} cause={}", file, e.toString());
      return BatchLedger.copyOf(folder.resolve("none"));
    }
  }

  private ReadingEstimate estimate(Order order, OpenCorpus open, BatchLedger ledger) {
    if (open.snapshot().outlines().isEmpty()) {
      throw order.corpus().withoutText(open.ingested());
    }
    ModelChoice choice = order.choice();
    int tokensMax = order.terms().budgetTokens();
    WindowPlan plan =
        WindowPlan.of(
            order.question(),
            open.snapshot(),
            Tokenizers.named(choice.model().tokenizer()),
            tokensMax,
            order.allWindows());
    return new ReadingEstimate(
        plan,
        choice.model(),
        open.ingested(),
        exhaustive(order, order.terms()).forecast(plan, open.snapshot(), ledger),
        tokensMax);
  }

  private Exhaustive exhaustive(Order order, Exhaustive.Terms terms) {
    return new Exhaustive(
        order.choice(),
        service.models().settings(),
        new Batch.Payment(service.calls(), order.spender()),
        Sleeper.real(),
        terms);
  }

  /// A thread's turn with a ledger. The thread that has it ends it.
  public static final class Turn implements AutoCloseable {
    private final ReentrantLock lock;

    private Turn(ReentrantLock lock) {
      this.lock = lock;
    }

    @Override
    public void close() {
      lock.unlock();
    }
  }

  /// Waits for the turn of an order's ledger. The thread that has it may open a reading, so that
  /// those that wait have no corpus open.
  ///
  /// @throws UserError if the thread is interrupted
  public Turn turn(Order order) {
    Path file = ledger(order.corpus(), order.choice());
    ReentrantLock lock = TURNS.computeIfAbsent(file, _ -> new ReentrantLock());
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError(UserError.Kind.BUSY, "stopped before it was this question's turn", e);
    }
    return new Turn(lock);
  }

  /// Waits for the ledger's turn, and opens it. The thread that opens it closes it.
  ///
  /// @param open the order's corpus
  /// @throws UserError if another process has the ledger, or the thread is interrupted
  public Reading open(Order order, OpenCorpus open) {
    Turn turn = turn(order);
    try {
      Path file = ledger(order.corpus(), order.choice());
      BatchLedger ledger = opened(file);
      try {
        ReadingEstimate estimate = estimate(order, open, ledger);
        return new Reading(order, open, estimate, file.getFileName().toString(), ledger, turn);
      } catch (RuntimeException e) {
        ledger.close();
        throw e;
      }
    } catch (RuntimeException e) {
      turn.close();
      throw e;
    }
  }

  /// A damaged file is set aside: what it had recorded is paid anew, so the person decides.
  private static BatchLedger opened(Path file) {
    try {
      return BatchLedger.open(file);
    } catch (RuntimeException e) {
      if (e instanceof UserError error && error.kind() == UserError.Kind.BUSY) {
        throw new UserError(
            UserError.Kind.BUSY,
            "another program on this machine reads these documents for a question: wait for it, or stop it",
            e);
      }
      // Callers of a server may read the line: the file's path stays in the cause.
      if (e instanceof UserError error && error.kind() == UserError.Kind.CANNOT_WRITE) {
        LOG.warn("ledger cannot be written file={} cause={}", file, e.toString());
        throw new UserError(
            UserError.Kind.CANNOT_WRITE,
            "the record of what was read cannot be kept: make the folder where Brimful keeps its data writable, or set BRIMFUL_HOME to another",
            e);
      }
      if (!LedgerFile.isDamage(e)) {
        throw e;
      }
      try {
        LOG.warn("ledger is damaged, set aside file={}", Damage.setAside(file));
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
      throw new UserError(
          UserError.Kind.INPUT,
          "the record of what was read is damaged, and set aside: ask again to read, and pay, anew",
          e);
    }
  }

  /// Returns what an earlier reading has spent, and may have spent, since it began.
  ///
  /// @param ledger the name of its ledger
  /// @param begunUsd as [Reading#begunUsd] said it
  /// @throws UserError if the ledger is missing, damaged, or another one than that
  public double spentSince(String ledger, double begunUsd) {
    Path file = folder.resolve(ledger);
    if (!Files.exists(file)) {
      throw lost("missing");
    }
    // A copy alone would pass for a new ledger if the end of its file is missing.
    var _ = BatchLedger.atRest(file);
    try (BatchLedger copy = BatchLedger.copyOf(file)) {
      double spent = copy.bookedUsd() - begunUsd;
      if (spent < -ROUNDING_USD) {
        throw lost("begun anew");
      }
      return Math.max(0, spent);
    }
  }

  /// Deletes a ledger, unless somebody reads with it. What it has is asked and paid anew if it is
  /// wanted.
  public void delete(String ledger) {
    Path file = folder.resolve(ledger);
    ReentrantLock turn = TURNS.computeIfAbsent(file, _ -> new ReentrantLock());
    if (!turn.tryLock()) {
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      turn.unlock();
    }
  }

  private static UserError lost(String how) {
    return new UserError(UserError.Kind.INPUT, "the record of what was read is " + how);
  }

  /// Returns the file of a corpus's and model's ledger.
  private Path ledger(Corpus corpus, ModelChoice choice) {
    String name = Sha256.hex(corpus.key() + "\n" + choice.model().id());
    return folder.resolve(name.substring(0, NAME_CHARS) + ".ledger");
  }

  /// An order that is about to be carried out.
  public final class Reading implements AutoCloseable {
    private final Order order;
    private final OpenCorpus open;
    private final ReadingEstimate estimate;
    private final String name;
    private final BatchLedger ledger;
    private final Turn turn;

    private Reading(
        Order order,
        OpenCorpus open,
        ReadingEstimate estimate,
        String name,
        BatchLedger ledger,
        Turn turn) {
      this.order = order;
      this.open = open;
      this.estimate = estimate;
      this.name = name;
      this.ledger = ledger;
      this.turn = turn;
    }

    /// Returns what it will cost.
    public ReadingEstimate estimate() {
      return estimate;
    }

    /// Returns the name of its ledger.
    public String ledger() {
      return name;
    }

    /// Returns what all questions of the ledger have spent, and may have spent, so far.
    public double begunUsd() {
      return ledger.bookedUsd();
    }

    /// Reads what has not been read, and answers. To stop it, interrupt its thread.
    public Exhaustive.Ending run(BatchListener listener) {
      return exhaustive(order, order.terms())
          .run(estimate.plan(), open.snapshot(), ledger, listener);
    }

    @Override
    public void close() {
      try {
        ledger.close();
      } finally {
        turn.close();
      }
    }
  }
}
