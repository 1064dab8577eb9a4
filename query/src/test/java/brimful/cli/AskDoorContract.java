package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brimful.model.Cost;
import brimful.model.ModelCatalog;
import brimful.model.ModelProfile;
import brimful.model.Usage;
import brimful.service.SpendAccount;
import brimful.service.SpendLedger;
import brimful.testing.Await;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every door to a question keeps: the same window, the same refusals, the same booking, the
/// same cancel. A door only translates.
abstract class AskDoorContract {
  static final String QUESTION = "when does the broker rebalance?";
  static final String BUDGET = "4000";

  private static final Duration PATIENCE = Await.PATIENCE;
  private static final Pattern DOCUMENT = Pattern.compile("<document path=\"(?:notes/)?([^\"]+)\"");

  @TempDir Path folder;

  /// Opens the door to the folder `notes`, with an environment of its own.
  abstract AskDoor open(Map<String, String> environment, Path notes);

  /// Returns what the model says, in the form that the door asks for.
  String answer() {
    return "At noon [broker.md:3].";
  }

  /// Returns what the door is called where times are printed.
  abstract String name();

  /// Returns the door's word for a kind of error.
  abstract String word(String kind);

  @BeforeEach
  void write() throws IOException {
    Path notes = Files.createDirectories(notes());
    Files.writeString(notes.resolve("broker.md"), "# Broker\n\nThe broker rebalances at noon.\n");
    Files.writeString(notes.resolve("otters.md"), "# Otters\n\nThey swim in rivers.\n");
  }

  private Path notes() {
    return folder.resolve("notes");
  }

  Map<String, String> environment(FakeDeepSeek model) {
    var environment = new HashMap<String, String>();
    environment.put("BRIMFUL_HOME", folder.resolve("home").toString());
    environment.put("BRIMFUL_MODEL", "deepseek-flash");
    environment.put("BRIMFUL_BASE_URL", model.baseUrl());
    environment.put("DEEPSEEK_API_KEY", "sk-0123456789abcdef0123456789abcdef");
    return environment;
  }

  private SpendLedger.Balance balance() {
    return new SpendLedger(folder.resolve("home"), Clock.systemUTC())
        .balance(SpendAccount.LOCAL.id());
  }

  private AskDoor.Outcome asked(Script script) {
    try (FakeDeepSeek model = FakeDeepSeek.start(script);
        AskDoor door = open(environment(model), notes())) {
      return door.ask(QUESTION);
    }
  }

  @Test
  void sendsOneRequestWithTheDocumentsOfTheQuestion() {
    try (FakeDeepSeek model = FakeDeepSeek.start(Script.answer(answer()));
        AskDoor door = open(environment(model), notes())) {
      AskDoor.Outcome outcome = door.ask(QUESTION);

      assertThat(outcome.error()).isEmpty();
      assertThat(outcome.answer()).contains("At noon");
      assertThat(model.requests()).hasSize(1);
      Matcher documents = DOCUMENT.matcher(prompt(model.requests().getFirst()));
      assertThat(documents.results().map(found -> found.group(1)))
          .containsExactly("broker.md", "otters.md");
      assertThat(prompt(model.requests().getFirst()))
          .contains("The broker rebalances at noon.", QUESTION);
    }
  }

  static String prompt(FakeDeepSeek.Request request) {
    try {
      JsonNode messages = new ObjectMapper().readTree(request.body()).path("messages");
      var text = new StringBuilder();
      messages.forEach(message -> text.append(content(message)).append('\n'));
      return text.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String content(JsonNode message) {
    JsonNode content = message.path("content");
    return content.isTextual()
        ? content.asText()
        : String.join("\n", content.findValuesAsText("text"));
  }

  @Test
  void booksWhatTheProviderHasBilled() {
    asked(Script.answer(answer()));

    // What the fake says it used.
    var usage = new Usage(3353, 3328, 0, 41, 12);
    double billed = Cost.of(model(), usage, Instant.now());
    assertThat(balance().settledUsd()).isCloseTo(billed, within(1e-12));
    assertThat(balance().reservedUsd()).isZero();
  }

  private static ModelProfile model() {
    return ModelCatalog.builtIn().find("deepseek-flash");
  }

  @Test
  void booksTheMostOfAnAnswerThatBreaksOff() {
    asked(
        Script.stream(Script.answerEvents(List.of(), List.of("At ", "noon.")).subList(0, 2))
            .ending(Script.End.CUT));

    double reply =
        Cost.estimate(model(), 0, model().limits().replyTokens(), Instant.now()).mostUsd();
    assertThat(balance().settledUsd()).isGreaterThan(reply);
    assertThat(balance().reservedUsd()).isZero();
  }

  @Test
  void booksNothingForARefusalAndSaysItsKind() {
    AskDoor.Outcome outcome = asked(Script.error(400));

    assertThat(outcome.error()).isEqualTo(word("UNANSWERABLE"));
    assertThat(balance().mostUsd()).isZero();
  }

  @Test
  void sendsNothingThatMayCostMoreThanTheLimit() {
    try (FakeDeepSeek model = FakeDeepSeek.start(Script.answer("At noon."))) {
      Map<String, String> environment = environment(model);
      environment.put("BRIMFUL_SPEND_USD_MAX", "0.0000001");
      try (AskDoor door = open(environment, notes())) {
        AskDoor.Outcome outcome = door.ask(QUESTION);

        assertThat(outcome.error()).isEqualTo(word("UNPAID"));
        assertThat(model.requests()).isEmpty();
        assertThat(balance().mostUsd()).isZero();
      }
    }
  }

  @Test
  void aQuestionThatIsCancelledEndsItsCallAndIsBooked() throws Exception {
    var asked = new CountDownLatch(1);
    Function<FakeDeepSeek.Request, Script> stalls =
        _ -> {
          asked.countDown();
          return Script.stream(Script.answerEvents(List.of(), List.of("At ")).subList(0, 2))
              .ending(Script.End.STALL);
        };
    try (FakeDeepSeek model = FakeDeepSeek.start(0, Duration.ZERO, stalls);
        AskDoor door = open(environment(model), notes())) {
      var outcome = CompletableFuture.runAsync(() -> ignored(door));
      assertThat(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

      long start = System.nanoTime();
      door.cancel();

      long end = model.departure(PATIENCE);
      IO.println("cancel %s: %s ms".formatted(name(), (end - start) / 1_000_000));
      outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(balance().mostUsd()).isPositive();
    }
  }

  private static void ignored(AskDoor door) {
    try {
      AskDoor.Outcome _ = door.ask(QUESTION);
    } catch (RuntimeException e) {
      // Whoever hangs up reads no answer.
    }
  }
}
