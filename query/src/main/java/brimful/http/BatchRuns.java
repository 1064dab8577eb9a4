package brimful.http;

import brimful.batch.Batch;
import brimful.batch.BatchConfig;
import brimful.batch.BatchPlan;
import brimful.batch.Forecast;
import brimful.batch.RunState;
import brimful.batch.Sleeper;
import brimful.batch.TableWork;
import brimful.batch.Unit;
import brimful.batch.ledger.BatchLedger;
import brimful.batch.ledger.LedgerFile;
import brimful.collection.OpenCorpus;
import brimful.corpus.UserError;
import brimful.exhaustive.ExhaustiveBatch;
import brimful.exhaustive.job.KeptRuns;
import brimful.http.edge.HttpJson;
import brimful.model.ModelChoice;
import brimful.model.Settings;
import brimful.service.Backend;
import brimful.service.Budget;
import brimful.store.AtomicFile;
import brimful.store.Damage;
import brimful.store.Disk;
import brimful.store.Folders;
import brimful.token.Tokenizers;
import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The batches of a server. Each has a folder with its order and its ledger. A restarted server
/// lists them, and a request resumes them. Safe for many threads.
final class BatchRuns {
  private static final Logger LOG = LoggerFactory.getLogger(BatchRuns.class);

  private static final String LEDGER = "table.ledger";
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final Path folder;
  private final Backend backend;
  private final Map<String, BatchRun> runs = new TreeMap<>();

  BatchRuns(Path folder, Backend backend) {
    this.folder = folder;
    this.backend = backend;
    if (Files.isDirectory(folder)) {
      try (Stream<Path> known = Files.list(folder)) {
        known
            .filter(each -> Files.exists(each.resolve(BatchRun.ORDER)) && !Damage.isAside(each))
            .forEach(each -> load(each).ifPresent(run -> runs.put(run.id, run)));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the batches in %s".formatted(folder), e);
      }
    }
  }

  /// Reads the batches on disk. An unreadable one is skipped. A damaged one is set aside with
  /// everything that belongs to it, so that nothing of it is asked and paid twice by mistake.
  private static Optional<BatchRun> load(Path each) {
    try {
      return Optional.of(read(each));
    } catch (RuntimeException e) {
      if (!LedgerFile.isDamage(e)) {
        LOG.warn("batch cannot be read folder={} cause={}", each, e.toString());
        return Optional.empty();
      }
      try {
        LOG.warn(
            "batch is damaged, set aside folder={} cause={}", Damage.setAside(each), e.toString());
      } catch (IOException broken) {
        LOG.warn("batch is damaged, passed over folder={} cause={}", each, e.toString());
      }
      return Optional.empty();
    }
  }

  private static BatchRun read(Path each) {
    try {
      JsonNode kept = HttpJson.read(Files.readString(each.resolve(BatchRun.ORDER)));
      return new BatchRun(
          each.getFileName().toString(),
          kept.path("caller").asText(),
          BatchOrder.of(kept),
          Instant.parse(kept.path("created").asText()),
          each.resolve(LEDGER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns the batches that a caller may see, newest first.
  synchronized List<BatchRun> list(Caller caller) {
    forgetGone();
    return runs.values().stream()
        .filter(run -> caller.test(run.order.collection()))
        .sorted(Comparator.comparing((BatchRun run) -> run.created).reversed())
        .toList();
  }

  synchronized BatchRun get(Caller caller, String id) {
    forgetGone();
    BatchRun run = runs.get(id);
    if (run == null || !caller.test(run.order.collection())) {
      throw new UserError(UserError.Kind.NOT_FOUND, "no batch %s: see the list".formatted(id));
    }
    return run;
  }

  /// Deletes the batches of a collection that was deleted: their answers quote it, and another
  /// collection may get its name. Those that run are stopped first.
  ///
  /// @param before those that were made later are of another collection of that name
  void forget(String collection, Instant before) {
    List<BatchRun> gone;
    synchronized (this) {
      gone =
          runs.values().stream()
              .filter(run -> run.order.collection().equals(collection))
              .filter(run -> run.created.isBefore(before))
              .toList();
      gone.forEach(run -> runs.remove(run.id));
    }
    gone.forEach(run -> run.delete(() -> delete(folder.resolve(run.id))));
  }

  /// Forgets what another process has deleted, and deletes what those that ran have left.
  private synchronized void forgetGone() {
    List<BatchRun> gone = runs.values().stream().filter(BatchRun::isGone).toList();
    gone.forEach(run -> {
      runs.remove(run.id);
      run.delete(() -> delete(folder.resolve(run.id)));
    });
  }

  private static void delete(Path own) {
    try {
      Folders.delete(own);
    } catch (IOException e) {
      LOG.warn("batch cannot be deleted folder={} cause={}", own, e.toString());
    }
  }

  /// Starts a batch.
  BatchRun start(Caller caller, BatchOrder order) {
    Instant now = Instant.now();
    String id =
        now.toString().replaceAll("[-:]|\\..*", "")
            + "-"
            + UUID.randomUUID().toString().substring(0, 4);
    Path own = folder.resolve(id);
    // Missing collections and spent budgets are reported at once.
    var _ = backend.collections().collection(order.collection());
    var _ = choice(order);
    var _ = config(caller, order);
    var run = new BatchRun(id, caller.name(), order, now, own.resolve(LEDGER));
    keep(run, order);
    synchronized (this) {
      runs.put(id, run);
    }
    resume(caller, run, order.usdMax(), false);
    return run;
  }

  private void keep(BatchRun run, BatchOrder order) {
    Path own = folder.resolve(run.id);
    ObjectNode kept =
        order
            .kept()
            .put("caller", run.caller)
            .put("created", run.created.toString())
            .put(KeptRuns.ORIGIN, backend.collections().origin());
    try {
      AtomicFile.write(own.resolve(BatchRun.ORDER), HttpJson.bytes(kept));
    } catch (IOException e) {
      throw Disk.failure(e, own, "the batch", "cannot keep a batch in %s".formatted(own));
    }
  }

  /// Resumes a batch in a thread of its own. The caller pays from now on.
  ///
  /// @param usdMax the spending limit of the whole batch; infinite for none
  void resume(Caller caller, BatchRun run, double usdMax, boolean retryFailed) {
    BatchOrder order = run.order.limited(usdMax);
    BatchConfig config = config(caller, order);
    ModelChoice choice = choice(order);
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("batch-" + run.id)
            .unstarted(() -> {
              work(caller, run, order, choice, config, retryFailed);
              forgetGone();
            });
    if (!run.claim(thread, choice.model().id(), usdMax)) {
      throw new UserError(
          UserError.Kind.CONFLICT, "batch %s is running: wait for it".formatted(run.id));
    }
    thread.start();
  }

  private void work(
      Caller caller,
      BatchRun run,
      BatchOrder order,
      ModelChoice choice,
      BatchConfig config,
      boolean retryFailed) {
    run.run(ledger -> {
      keep(run, order);
      try (OpenCorpus reading = open(order, choice)) {
        return work(caller, order, reading, choice, config)
            .run(reading.snapshot(), ledger, retryFailed, run);
      }
    });
  }

  private TableWork work(
      Caller caller, BatchOrder order, OpenCorpus reading, ModelChoice choice, BatchConfig config) {
    List<Unit> units = units(order, reading);
    if (units.isEmpty()) {
      throw new UserError(
          UserError.Kind.UNANSWERABLE,
          "collection %s holds no text yet: add a source, or wait for its job"
              .formatted(order.collection()));
    }
    var payment = new Batch.Payment(backend.service().calls(), caller);
    Settings settings = backend.models().settings();
    if (order.exhaustive()) {
      return new ExhaustiveBatch(
          units, order.list(), choice, settings, config, payment, Sleeper.real());
    }
    var plan =
        BatchPlan.of(
            units,
            order.list(),
            choice.model().id(),
            Tokenizers.named(choice.model().tokenizer()),
            config.budgetTokens());
    return new Batch(plan, choice, settings, config, payment, Sleeper.real());
  }

  /// Opens the collection, counted with the model's tokenizer.
  private OpenCorpus open(BatchOrder order, ModelChoice choice) {
    return backend.corpus(order.collection()).open(choice.model().tokenizer());
  }

  private static List<Unit> units(BatchOrder order, OpenCorpus reading) {
    return order.division().divide(reading.snapshot().outlines(), reading.ingested().outcomes());
  }

  /// Returns the forecast of a batch; sends nothing.
  ObjectNode forecast(Caller caller, BatchOrder order) {
    ModelChoice choice = backend.models().choose(order.model());
    try (OpenCorpus reading = open(order, choice);
        BatchLedger nothing = BatchLedger.copyOf(folder.resolve("none"))) {
      BatchConfig config = config(caller, order);
      Forecast forecast =
          work(caller, order, reading, choice, config)
              .forecast(reading.snapshot(), nothing, false, List.of(choice.model()))
              .getFirst();
      int units = units(order, reading).size();
      ObjectNode node =
          HttpJson.object()
              .put("model", choice.model().id())
              .put("calls", forecast.calls())
              .put("tokens", forecast.tokensIn())
              .put("cached_share", forecast.cachedShare())
              .put("units", units)
              .put("cells", units * order.list().size());
      node.putObject("cost_usd").put("least", forecast.usd()).put("most", forecast.usdMost());
      return node;
    }
  }

  private ModelChoice choice(BatchOrder order) {
    return backend.models().choose(order.model()).connected("fill the table");
  }

  private BatchConfig config(Caller caller, BatchOrder order) {
    ModelChoice choice = backend.models().choose(order.model());
    BatchConfig usual =
        BatchConfig.of(Budget.parse(order.budget(), choice.promptTokens()).tokens());
    caller.requireMoney();
    if (order.usdMax() < Double.POSITIVE_INFINITY) {
      choice.requirePrice(BatchOrder.USD_MAX, Instant.now());
    }
    return new BatchConfig(
        usual.budgetTokens(),
        order.group(),
        usual.concurrency(),
        order.usdMax(),
        order.offPeak(),
        usual.answerTokens(),
        usual.settle());
  }

  /// Stops all running batches, and waits for their calls to end.
  void stop(Duration grace) {
    List<BatchRun> all;
    synchronized (this) {
      all = new ArrayList<>(runs.values());
    }
    all.forEach(BatchRun::cancel);
    long end = System.nanoTime() + grace.toNanos();
    try {
      while (all.stream().anyMatch(run -> run.progress(Instant.now()).state() == RunState.RUNNING)
          && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
