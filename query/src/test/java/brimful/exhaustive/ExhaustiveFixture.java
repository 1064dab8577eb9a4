package brimful.exhaustive;

import brimful.batch.Batch;
import brimful.batch.BatchConfig;
import brimful.batch.BatchListener;
import brimful.batch.BatchQuestion;
import brimful.batch.Forecast;
import brimful.batch.Sleeper;
import brimful.batch.Unit;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/// A corpus with facts in it, a model that reads, and time that passes at once.
final class ExhaustiveFixture implements AutoCloseable {
  static final TokenCounter COUNTER = Tokenizers.named("deepseek-v3");
  static final int BUDGET = 20_000;
  static final String QUESTION = "List all codes of stations.";

  /// A Sunday: the hours are cheap.
  private static final Instant SUNDAY = Instant.parse("2026-11-22T12:00:00Z");

  private static final String[] WORDS =
      "river stone market letter winter garden harbour engine window paper bridge valley copper lantern orchard meadow"
          .split(" ");

  final FakeDeepSeek server;
  final LuceneIndex index;
  private final Path folder;

  ExhaustiveFixture(Path folder, Function<FakeDeepSeek.Request, Script> behaviour) {
    this.folder = folder;
    server = FakeDeepSeek.start(0, Duration.ZERO, behaviour);
    index = LuceneIndex.open(folder.resolve("index"), COUNTER.name());
  }

  /// Writes documents, and a fact into every second one.
  ExhaustiveFixture documents(int count, int lines) {
    for (int i = 0; i < count; i++) {
      document(name(i), text(i, lines, i % 2 == 0 ? fact(i) : ""));
    }
    index.commit();
    return this;
  }

  static String name(int number) {
    return String.format(Locale.ROOT, "part-%02d/document-%03d.md", number / 4, number);
  }

  static String fact(int number) {
    return "The code of station Alpha%s is %s.".formatted(number, 1000 + number);
  }

  /// Returns lines of words, with a fact in one of them.
  static String text(int seed, int lines, String fact) {
    var random = new Random(seed);
    var text = new StringBuilder();
    int at = random.nextInt(lines);
    for (int line = 0; line < lines; line++) {
      for (int word = 0; word < 12; word++) {
        text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      }
      text.append(line == at ? fact : "").append('\n');
    }
    return text.toString();
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
  }

  ModelChoice choice() {
    return ModelChoice.of(settings(), environment(), _ -> {});
  }

  private Settings settings() {
    return Settings.read(environment());
  }

  private Map<String, String> environment() {
    return Map.of(
        "BRIMFUL_HOME", folder.resolve("home").toString(),
        "BRIMFUL_MODEL", "deepseek-flash",
        "BRIMFUL_BASE_URL", server.baseUrl(),
        "BRIMFUL_REPLY_TOKENS", "4000",
        "DEEPSEEK_API_KEY", "sk-0123456789abcdef");
  }

  Path ledger() {
    return folder.resolve("windows.ledger");
  }

  static Exhaustive.Terms terms(int budget, int concurrency) {
    return new Exhaustive.Terms(
        budget, concurrency, 200, Duration.ZERO, Double.POSITIVE_INFINITY, false);
  }

  Exhaustive exhaustive(Exhaustive.Terms terms) {
    return new Exhaustive(choice(), settings(), payment(), new Still(), terms);
  }

  /// Time that does not pass.
  private static final class Still implements Sleeper {
    @Override
    public Instant now() {
      return SUNDAY;
    }

    @Override
    public void pause(Duration time) {}
  }

  /// A batch that reads units larger than the window in several.
  ExhaustiveBatch batch(List<Unit> units, List<BatchQuestion> questions, double usdMax) {
    var config = new BatchConfig(BUDGET, 1, 1, usdMax, false, 200, Duration.ZERO);
    return new ExhaustiveBatch(
        units, questions, choice(), settings(), config, payment(), new Still());
  }

  private Batch.Payment payment() {
    var admission = new Admission(Admission.Observer.NONE);
    var calls = new PaidCalls(admission, settings(), Clock.fixed(SUNDAY, ZoneOffset.UTC));
    return new Batch.Payment(calls, new FreeSpender());
  }

  WindowPlan plan(Snapshot snapshot, String question, int budget, boolean all) {
    return WindowPlan.of(question, snapshot, COUNTER, budget, all);
  }

  Forecast forecast(String question, Exhaustive.Terms terms) {
    try (Snapshot snapshot = index.snapshot();
        BatchLedger ledger = BatchLedger.open(ledger())) {
      return exhaustive(terms)
          .forecast(plan(snapshot, question, terms.budgetTokens(), false), snapshot, ledger);
    }
  }

  Exhaustive.Ending run(String question, Exhaustive.Terms terms) {
    return run(question, terms, new BatchListener() {});
  }

  Exhaustive.Ending run(String question, Exhaustive.Terms terms, BatchListener listener) {
    try (Snapshot snapshot = index.snapshot();
        BatchLedger ledger = BatchLedger.open(ledger())) {
      return exhaustive(terms)
          .run(plan(snapshot, question, terms.budgetTokens(), false), snapshot, ledger, listener);
    }
  }

  @Override
  public void close() {
    index.close();
    server.close();
  }
}
