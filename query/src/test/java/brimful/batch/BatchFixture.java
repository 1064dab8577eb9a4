package brimful.batch;

import brimful.batch.ledger.BatchLedger;
import brimful.chunk.ChunkLimits;
import brimful.chunk.Chunker;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import brimful.extract.Section;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import brimful.model.ModelChoice;
import brimful.model.Settings;
import brimful.service.Admission;
import brimful.service.PaidCalls;
import brimful.testing.FakeBatchModel;
import brimful.testing.FakeDeepSeek;
import brimful.testing.FreeSpender;
import brimful.testing.Script;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A corpus, a model that answers, and time that passes at once.
final class BatchFixture implements AutoCloseable {
  static final TokenCounter COUNTER = Tokenizers.named("deepseek-v3");
  static final int BUDGET = 100_000;

  /// A Sunday: the hours are cheap.
  static final Instant SUNDAY = Instant.parse("2026-11-22T12:00:00Z");

  static final List<BatchQuestion> QUESTIONS =
      List.of(
          BatchQuestion.of("what", "What is it about?"),
          new BatchQuestion("many", "How many are there?", AnswerType.NUMBER, List.of(), ""),
          new BatchQuestion("is", "Is it so?", AnswerType.BOOLEAN, List.of(), ""),
          new BatchQuestion("when", "When was it?", AnswerType.DATE, List.of(), ""),
          new BatchQuestion("which", "Which?", AnswerType.CHOICE, List.of("red", "blue"), ""),
          new BatchQuestion("names", "Who?", AnswerType.LIST, List.of(), ""));

  final FakeBatchModel model;
  final FakeDeepSeek server;
  final LuceneIndex index;
  final Path folder;
  final Clockwork clockwork = new Clockwork();

  BatchFixture(Path folder, FakeBatchModel.Faults faults) {
    this(folder, new FakeBatchModel(faults));
  }

  private BatchFixture(Path folder, FakeBatchModel model) {
    this(folder, model, model);
  }

  /// A model that does nothing but this.
  BatchFixture(Path folder, Function<FakeDeepSeek.Request, Script> behaviour) {
    this(folder, new FakeBatchModel(FakeBatchModel.Faults.NONE), behaviour);
  }

  private BatchFixture(
      Path folder, FakeBatchModel model, Function<FakeDeepSeek.Request, Script> behaviour) {
    this.folder = folder;
    this.model = model;
    server = FakeDeepSeek.start(0, Duration.ZERO, behaviour);
    index = LuceneIndex.open(folder.resolve("index"), COUNTER.name());
  }

  /// Time that passes as soon as somebody waits.
  static final class Clockwork implements Sleeper {
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private Instant now = SUNDAY;

    @Override
    public synchronized Instant now() {
      return now;
    }

    @Override
    public synchronized void pause(Duration time) {
      pauses.add(time);
      now = now.plus(time);
    }

    List<Duration> pauses() {
      return List.copyOf(pauses);
    }

    synchronized void set(Instant time) {
      now = time;
    }
  }

  /// Writes documents of about so many tokens each.
  BatchFixture documents(int count, int lines) {
    for (int i = 0; i < count; i++) {
      document("part-%s/document-%s.md".formatted(i % 3, i), text(i, lines));
    }
    return this;
  }

  static String text(int seed, int lines) {
    return IntStream.range(0, lines)
        .mapToObj(
            line -> "Line %s of report %s says that sales were %s.".formatted(line, seed, line))
        .collect(Collectors.joining("\n"));
  }

  void document(String name, String text) {
    var id = new DocumentId(name);
    var lines = new Locator.Lines(1, (int) text.lines().count());
    var chunker = new Chunker(COUNTER, ChunkLimits.DEFAULT);
    index.put(
        new Item(
            id,
            "",
            new Outcome.Indexed(),
            chunker.chunk(id, List.of(new Section(lines, text))).stream().toList(),
            List.of()));
    index.commit();
  }

  ModelChoice choice() {
    return ModelChoice.of(settings(), environment(), _ -> {});
  }

  Settings settings() {
    return Settings.read(environment());
  }

  private Map<String, String> environment() {
    return Map.of(
        "BRIMFUL_HOME", folder.resolve("home").toString(),
        "BRIMFUL_MODEL", "deepseek-flash",
        "BRIMFUL_BASE_URL", server.baseUrl(),
        "BRIMFUL_REPLY_TOKENS", "1000",
        "DEEPSEEK_API_KEY", "sk-0123456789abcdef");
  }

  Path ledger() {
    return folder.resolve("table.csv.ledger");
  }

  BatchPlan plan(Snapshot snapshot, Map<DocumentId, Outcome> outcomes) {
    return BatchPlan.of(
        new Division.PerDocument().divide(snapshot.outlines(), outcomes),
        QUESTIONS,
        choice().model().id(),
        COUNTER,
        BUDGET);
  }

  Batch batch(Snapshot snapshot, BatchConfig config) {
    var plan = plan(snapshot, new LinkedHashMap<>());
    return new Batch(plan, choice(), settings(), config, payment(), clockwork);
  }

  Batch.Payment payment() {
    var calls =
        new PaidCalls(
            new Admission(Admission.Observer.NONE),
            settings(),
            Clock.fixed(SUNDAY, ZoneOffset.UTC));
    return new Batch.Payment(calls, new FreeSpender());
  }

  Batch.Conclusion run() {
    return run(BatchConfig.of(BUDGET), false);
  }

  Batch.Conclusion run(BatchConfig config, boolean retryFailed) {
    try (Snapshot snapshot = index.snapshot();
        BatchLedger ledger = BatchLedger.open(ledger())) {
      return batch(snapshot, config).run(snapshot, ledger, retryFailed, new BatchListener() {});
    }
  }

  @Override
  public void close() {
    index.close();
    server.close();
  }
}
