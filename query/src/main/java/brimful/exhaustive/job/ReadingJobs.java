package brimful.exhaustive.job;

import brimful.collection.Corpus;
import brimful.collection.OpenCorpus;
import brimful.collection.scope.Scope;
import brimful.corpus.UserError;
import brimful.exhaustive.Exhaustive;
import brimful.exhaustive.ExhaustiveJson;
import brimful.exhaustive.WindowPlan;
import brimful.exhaustive.WindowReader;
import brimful.model.ModelChoice;
import brimful.service.Backend;
import brimful.service.Budget;
import brimful.service.Spender;
import brimful.token.Tokenizers;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The readings of a server. Each has a folder; a restarted server lists them, and a request
/// resumes them. Safe for many threads.
public final class ReadingJobs {
  private static final Logger LOG = LoggerFactory.getLogger(ReadingJobs.class);

  /// The folder of readings, beside their ledgers.
  static final String FOLDER = "jobs";

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /// How many readings may run, or wait for the turn of their ledger: each has a thread.
  private static final int RUNNING_MAX = 16;

  /// Less than any call costs: what a reading without money left may spend.
  private static final double NOTHING_USD = 1e-12;

  private final Path folder;
  private final Backend backend;
  private final WindowReader reader;
  private final Map<String, ReadingJob> jobs = new TreeMap<>();

  public ReadingJobs(Backend backend) {
    this.backend = backend;
    reader = new WindowReader(backend.service());
    folder = backend.models().home().windows().resolve(FOLDER);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> known = Files.list(folder)) {
        known
            .filter(each -> Files.exists(each.resolve(ReadingFiles.ORDER)))
            .forEach(each -> load(each).ifPresent(job -> jobs.put(job.id(), job)));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the readings in %s".formatted(folder), e);
      }
    }
  }

  /// Reads a reading on disk. An unreadable one is passed over: what it paid for is in its ledger.
  private Optional<ReadingJob> load(Path each) {
    try {
      return Optional.of(new ReadingFiles(each).job(reader));
    } catch (RuntimeException e) {
      LOG.warn("reading cannot be read folder={} cause={}", each, e.toString());
      return Optional.empty();
    }
  }

  /// Returns the readings of some collections, newest first.
  ///
  /// @param allowed the collections that a caller may use, by name
  public synchronized List<ReadingJob> list(Predicate<String> allowed) {
    forgetGone();
    return jobs.values().stream()
        .filter(job -> isSeen(job, allowed))
        .sorted(Comparator.comparing(ReadingJob::created).reversed())
        .toList();
  }

  private static boolean isSeen(ReadingJob job, Predicate<String> allowed) {
    return job.order().collections().stream().allMatch(allowed);
  }

  /// Returns a reading.
  ///
  /// @param allowed the collections that a caller may use, by name
  /// @throws UserError if there is none that the caller may see
  public synchronized ReadingJob get(Predicate<String> allowed, String id) {
    forgetGone();
    return Optional.ofNullable(jobs.get(id))
        .filter(job -> isSeen(job, allowed))
        .orElseThrow(() ->
            new UserError(UserError.Kind.NOT_FOUND, "no reading %s: see the list".formatted(id)));
  }

  /// Deletes the readings of a collection that was deleted: their answers quote it, and another
  /// collection may get its name. Those that run are stopped first.
  ///
  /// @param before those that were made later are of another collection of that name
  public void forget(String collection, Instant before) {
    List<ReadingJob> gone;
    synchronized (this) {
      gone =
          jobs.values().stream()
              .filter(job -> job.order().collections().contains(collection))
              .filter(job -> job.created().isBefore(before))
              .toList();
      gone.forEach(job -> jobs.remove(job.id()));
    }
    gone.forEach(this::delete);
  }

  private void delete(ReadingJob job) {
    job.delete(() -> new ReadingFiles(folder.resolve(job.id())).delete(reader::delete));
  }

  /// Forgets what another process has deleted, and deletes what those that ran have left.
  private synchronized void forgetGone() {
    List<ReadingJob> gone = jobs.values().stream().filter(ReadingJob::isGone).toList();
    gone.forEach(job -> {
      jobs.remove(job.id());
      delete(job);
    });
  }

  /// Returns what an order will cost; sends nothing.
  public ObjectNode estimate(Spender payer, ReadingOrder order) {
    ModelChoice choice = backend.models().choose(order.model());
    WindowReader.Order wanted = wanted(payer, order, choice, order.usdMax(), false);
    return backend
        .service()
        .admission()
        .pack(
            "pack",
            () -> {
              try (WindowReader.Turn _ = reader.turn(wanted);
                  OpenCorpus open = wanted.corpus().open(choice.model().tokenizer())) {
                return ExhaustiveJson.of(reader.estimate(wanted, open));
              }
            });
  }

  /// Starts a reading.
  ///
  /// @param payer pays for its calls
  /// @param caller the key that orders it; empty for none
  public ReadingJob start(Spender payer, String caller, ReadingOrder order) {
    Instant now = Instant.now();
    String id =
        now.toString().replaceAll("[-:]|\\..*", "")
            + "-"
            + UUID.randomUUID().toString().substring(0, 4);
    // What is wrong with the order is reported at once.
    var _ = wanted(payer, order, connected(order), order.usdMax(), false);
    var files = new ReadingFiles(folder.resolve(id));
    var job = new ReadingJob(id, caller, order, now, files, ReadingFiles.Money.NONE);
    synchronized (this) {
      requireRoom();
      files.order(caller, now, order, backend.collections().origin());
      jobs.put(id, job);
    }
    resume(payer, job, order.usdMax(), false);
    return job;
  }

  /// Resumes a reading in a thread of its own. The payer pays from now on.
  ///
  /// @param usdMax the most that all of the reading may cost; infinite for no limit
  public void resume(Spender payer, ReadingJob job, double usdMax, boolean retryFailed) {
    ReadingOrder order = job.order().limited(usdMax);
    ModelChoice choice = connected(order);
    double left = Math.max(NOTHING_USD, job.leftUsd(usdMax));
    WindowReader.Order wanted = wanted(payer, order, choice, left, retryFailed);
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("reading-" + job.id())
            .unstarted(() -> {
              work(job, order, wanted);
              forgetGone();
            });
    synchronized (this) {
      requireRoom();
      job.start(thread, order);
    }
  }

  private void requireRoom() {
    long running = jobs.values().stream().filter(ReadingJob::isRunning).count();
    if (running >= RUNNING_MAX) {
      throw new UserError(
          UserError.Kind.BUSY,
          "%s readings run or wait, which is the most: wait for one to end".formatted(running));
    }
  }

  private void work(ReadingJob job, ReadingOrder order, WindowReader.Order wanted) {
    job.run(use -> {
      new ReadingFiles(folder.resolve(job.id()))
          .order(job.caller(), job.created(), order, backend.collections().origin());
      try (OpenCorpus open = wanted.corpus().open(wanted.choice().model().tokenizer());
          WindowReader.Reading reading = reader.open(wanted, open)) {
        return use.apply(reading);
      }
    });
  }

  private WindowReader.Order wanted(
      Spender payer, ReadingOrder order, ModelChoice choice, double usdMax, boolean retryFailed) {
    Budget budget = Budget.parse(order.budget(), choice.promptTokens());
    if (budget.auto()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "budget %s sizes one window, and all are read: give a number of tokens"
              .formatted(order.budget()));
    }
    if (order.usdMax() < Double.POSITIVE_INFINITY) {
      choice.requirePrice(ReadingOrder.USD_MAX, Instant.now());
    }
    WindowPlan.requireFits(
        order.question(), Tokenizers.named(choice.model().tokenizer()), budget.tokens());
    Corpus corpus = backend.corpus(order.collections(), new Scope(order.scope()));
    return new WindowReader.Order(
        corpus,
        order.question(),
        choice,
        Exhaustive.Terms.of(choice, budget.tokens(), usdMax, retryFailed),
        order.allWindows(),
        payer);
  }

  private ModelChoice connected(ReadingOrder order) {
    return backend.models().choose(order.model()).connected(WindowReader.PURPOSE);
  }

  /// Stops all that run, and waits for their calls to end.
  public void stop(Duration grace) {
    List<ReadingJob> all;
    synchronized (this) {
      all = new ArrayList<>(jobs.values());
    }
    all.forEach(ReadingJob::cancel);
    long end = System.nanoTime() + grace.toNanos();
    try {
      while (all.stream().anyMatch(ReadingJob::isRunning) && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
