package brimful.batch;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.batch.ledger.BatchLedger;
import brimful.batch.table.Cell;
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
import brimful.testing.FakeDeepSeek.Request;
import brimful.testing.FakeLlamaCpp;
import brimful.testing.FakeLlamaCpp.Terms;
import brimful.testing.FreeSpender;
import brimful.testing.Script;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Batches on a local runner whose four slots share one context.
final class RunnerBatchTest {
  private static final int CONTEXT = 16_384;
  private static final List<BatchQuestion> QUESTIONS = BatchFixture.QUESTIONS.subList(0, 2);

  private final FakeBatchModel model = new FakeBatchModel(FakeBatchModel.Faults.NONE);

  @TempDir private Path folder;

  @Test
  void loseNoCellToSlotsThatShareAContext() {
    try (var fake = FakeLlamaCpp.start(Terms.of(o200k(), CONTEXT, 4), model)) {
      assertThat(answered(fake, 8, 600)).isEqualTo(16);
      assertThat(fake.prompts()).hasSize(16).allMatch(tokens -> tokens < CONTEXT);
      // Two large windows do not fit into the context at once.
      assertThat(fake.callsMost()).isEqualTo(1);
    }
  }

  @Test
  void useTheSlotsWhereWindowsAreSmall() {
    try (var fake = FakeLlamaCpp.start(Terms.of(o200k(), CONTEXT, 4), model)) {
      assertThat(answered(fake, 8, 5)).isEqualTo(16);
      assertThat(fake.callsMost()).isBetween(2, 4);
    }
  }

  @Test
  void packUnitsSmallerOnceIfTheContextIsSharedWithOthers() {
    Function<Request, Script> crowded =
        request ->
            request.body().length() > 36_000
                ? error(500, "Context size has been exceeded.")
                : model.apply(request);
    try (var fake = FakeLlamaCpp.start(Terms.of(o200k(), CONTEXT, 4), crowded)) {
      assertThat(answered(fake, 2, 900)).isEqualTo(4);
      assertThat(fake.prompts()).hasSize(8);
    }
  }

  @Test
  void repeatCallsThatNobodyBills() {
    var failures = new AtomicInteger(2);
    Function<Request, Script> busy =
        request ->
            failures.getAndDecrement() > 0
                ? Script.stream(List.of("data: {\"error\":{\"code\":503,\"message\":\"no slot\"}}"))
                : model.apply(request);
    try (var fake = FakeLlamaCpp.start(Terms.of(o200k(), CONTEXT, 1), busy)) {
      assertThat(answered(fake, 2, 5)).isEqualTo(4);
    }
  }

  @Test
  void packUnitsSmallerOnceIfAStreamSaysThatTheContextIsFull() {
    Function<Request, Script> crowded =
        request ->
            request.body().length() > 36_000
                ? Script.stream(
                    List.of(
                        "data: {\"error\":{\"code\":500,\"message\":\"Context size has been exceeded.\",\"type\":\"server_error\"}}"))
                : model.apply(request);
    try (var fake = FakeLlamaCpp.start(Terms.of(o200k(), CONTEXT, 4), crowded)) {
      assertThat(answered(fake, 2, 900)).isEqualTo(4);
    }
  }

  @Test
  void askForTheFormOfTheReplyUntilItIsRefused() {
    Function<Request, Script> plain =
        request ->
            request.body().contains("response_format")
                ? error(400, "response_format is not supported")
                : model.apply(request);
    try (var fake = FakeLlamaCpp.start(Terms.of(o200k(), CONTEXT, 1), plain)) {
      assertThat(answered(fake, 2, 5)).isEqualTo(4);
      assertThat(fake.requests())
          .filteredOn(request -> request.body().contains("\"json_schema\""))
          .hasSizeBetween(1, 2);
    }
  }

  private static TokenCounter o200k() {
    return Tokenizers.named("o200k_base");
  }

  private static Script error(int status, String message) {
    return new Script(
        status,
        Map.of("Content-Type", "application/json"),
        List.of("{\"error\":{\"code\":%s,\"message\":\"%s\"}}".formatted(status, message)),
        true,
        Script.End.WHOLE);
  }

  /// Runs a batch, and returns how many of its cells are answered.
  private long answered(FakeLlamaCpp fake, int documents, int lines) {
    Map<String, String> environment =
        Map.of(
            "BRIMFUL_HOME", folder.resolve("home").toString(),
            "BRIMFUL_BASE_URL", fake.baseUrl(),
            "BRIMFUL_REPLY_TOKENS", "1000");
    Settings settings = Settings.read(environment);
    ModelChoice choice = ModelChoice.of(settings, environment, _ -> {});
    TokenCounter counter = Tokenizers.named(choice.model().tokenizer());
    try (LuceneIndex index = LuceneIndex.open(folder.resolve("index"), counter.name())) {
      for (int i = 0; i < documents; i++) {
        index.put(item(counter, "document-%s.md".formatted(i), BatchFixture.text(i, lines)));
      }
      index.commit();
      try (Snapshot snapshot = index.snapshot();
          BatchLedger ledger = BatchLedger.open(folder.resolve("table.csv.ledger"))) {
        int budget = choice.promptTokens();
        var plan =
            BatchPlan.of(
                new Division.PerDocument().divide(snapshot.outlines(), new LinkedHashMap<>()),
                QUESTIONS,
                choice.model().id(),
                counter,
                budget);
        var clockwork = new BatchFixture.Clockwork();
        var calls =
            new PaidCalls(
                new Admission(Admission.Observer.NONE),
                settings,
                Clock.fixed(BatchFixture.SUNDAY, ZoneOffset.UTC));
        var batch =
            new Batch(
                plan,
                choice,
                settings,
                BatchConfig.of(budget),
                new Batch.Payment(calls, new FreeSpender()),
                clockwork);
        return batch.run(snapshot, ledger, false, new BatchListener() {}).table().lines().stream()
            .filter(line -> line.cell() instanceof Cell.Answered)
            .count();
      }
    }
  }

  private static Item item(TokenCounter counter, String name, String text) {
    var id = new DocumentId(name);
    var lines = new Locator.Lines(1, (int) text.lines().count());
    var sections = List.of(new Section(lines, text));
    return new Item(
        id,
        "",
        new Outcome.Indexed(),
        new Chunker(counter, ChunkLimits.DEFAULT).chunk(id, sections).stream().toList(),
        List.of());
  }
}
