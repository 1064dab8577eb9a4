package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brimful.http.key.Grant;
import brimful.http.key.Right;
import brimful.testing.FakeDeepSeek;
import brimful.testing.FakeReader;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExhaustiveApiTest {
  private static final int REQUESTS_PER_MINUTE = 6_000;
  private static final String QUESTION = "List all codes of stations.";
  static final int WINDOWS = 6;

  @TempDir private Path folder;

  private final FakeReader reader = new FakeReader(true, Duration.ZERO);

  static FakeDeepSeek model(Function<FakeDeepSeek.Request, Script> behaviour) {
    return FakeDeepSeek.start(0, Duration.ZERO, behaviour);
  }

  /// Fills windows with one document each; all but the last two have a fact.
  static TestServer docs(TestServer testServer) {
    for (int i = 0; i < WINDOWS; i++) {
      var text = new StringBuilder("# Notes\n\n");
      for (int line = 0; line < 220; line++) {
        text.append(
            "Note %s of year %s tells of rain, wind and a quiet harbour.\n".formatted(line, i));
      }
      text.append(
          i < WINDOWS - 2 ? "The code of station Alpha%s is %s.\n".formatted(i, 1000 + i) : "");
      testServer.file("notes-%s.md".formatted(i), text.toString());
    }
    return testServer.collection("docs");
  }

  /// A model whose cache stores nothing ahead, so that no test waits for it to settle.
  static ObjectNode order() {
    return TestServer.JSON
        .createObjectNode()
        .put("collection", "docs")
        .put("question", QUESTION)
        .put("budget", "13k")
        .put("model", "gpt-5-mini");
  }

  static String start(TestServer testServer, ObjectNode order) {
    HttpResponse<String> started = testServer.post("/v1/exhaustive", order.toString());
    assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
    return "/v1/exhaustive/" + TestServer.tree(started.body()).path("id").asText();
  }

  static JsonNode ended(TestServer testServer, String reading) {
    List<TestServer.Event> events = TestServer.events(testServer.get(reading + "/events").body());
    assertThat(events.getFirst().name()).isEqualTo("progress");
    assertThat(events.getLast().name()).isEqualTo("end");
    return events.getLast().data();
  }

  @Test
  void anAnswerFromAllWindowsWithItsFindingsAndCost() {
    try (FakeDeepSeek model = model(reader);
        TestServer testServer = docs(TestServer.with(folder, model))) {
      JsonNode estimate =
          TestServer.tree(
              testServer
                  .post("/v1/exhaustive/forecast", order().put("model", "").toString())
                  .body());
      int sent = model.requests().size();

      JsonNode end = ended(testServer, start(testServer, order().put("model", "")));

      assertThat(sent).isZero();
      assertThat(estimate.path("windows").asInt()).isEqualTo(WINDOWS);
      assertThat(estimate.path("windows_to_read").asInt()).isEqualTo(WINDOWS - 2);
      assertThat(estimate.path("windows_skipped").path(1).path("last").asText())
          .isEqualTo("root/notes-5.md");
      assertThat(end.path("state").asText()).as("%s", end).isEqualTo("done");
      assertThat(end.path("windows_read").asInt()).isEqualTo(WINDOWS - 2);
      JsonNode result = end.path("result");
      assertThat(result.path("answer").asText())
          .contains("Alpha0 has 1000 [root/notes-0.md:")
          .contains("Alpha3 has 1003 [root/notes-3.md:");
      assertThat(result.path("findings")).hasSize(WINDOWS - 2);
      assertThat(result.path("findings").path(0).path("quote").asText()).contains("Alpha0");
      assertThat(result.path("citations")).hasSize(WINDOWS - 2);
      assertThat(result.path("citations").path(0).path("verified").asBoolean()).isTrue();
      JsonNode receipt = result.path("receipt");
      assertThat(receipt.path("windows_skipped").path(0).path("reason").asText())
          .contains("a word of the question");
      assertThat(receipt.path("quotes_dropped").asInt()).isEqualTo(WINDOWS - 2);
      double billed = reader.log().stream().mapToDouble(FakeReader.Entry::usd).sum();
      assertThat(receipt.path("usage").path("prompt_tokens").asLong()).isPositive();
      // Off-peak; in the other hours the provider charges twice as much.
      double factor = receipt.path("cost_usd").asDouble() / billed;
      assertThat(Math.abs(factor - 1) < 1e-6 || Math.abs(factor - 2) < 1e-6).isTrue();
      assertThat(end.path("spent_usd").asDouble()).isEqualTo(receipt.path("cost_usd").asDouble());
      assertThat(estimate.path("cost_usd").path("least").asDouble())
          .isCloseTo(
              receipt.path("cost_usd").asDouble(),
              within(receipt.path("cost_usd").asDouble() / 20));
    }
  }

  @Test
  void anAnswerFromAWindowSaysIfItWantsEverythingAndABudgetMayBeANumber() {
    try (FakeDeepSeek model = model(reader);
        TestServer testServer = docs(TestServer.with(folder, model))) {
      JsonNode part = asked(testServer, QUESTION, 13_000);
      JsonNode all = asked(testServer, QUESTION, 100_000);
      JsonNode one = asked(testServer, "What is the code of station Alpha0?", 13_000);

      assertThat(part.path("evidence").path("wants_everything").asBoolean()).isTrue();
      assertThat(all.path("evidence").path("wants_everything").asBoolean(true)).isFalse();
      assertThat(one.path("evidence").path("wants_everything").asBoolean(true)).isFalse();
    }
  }

  private static JsonNode asked(TestServer testServer, String question, int budget) {
    ObjectNode body =
        TestServer.JSON
            .createObjectNode()
            .put("collection", "docs")
            .put("question", question)
            .put("budget", budget);
    HttpResponse<String> answer = testServer.post("/v1/ask", body.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestServer.tree(answer.body());
  }

  @Test
  void theSameQuestionAgainCostsNothingAndBothAreListed() {
    try (FakeDeepSeek model = model(reader);
        TestServer testServer = docs(TestServer.with(folder, model))) {
      JsonNode first = ended(testServer, start(testServer, order()));
      int sent = model.requests().size();

      JsonNode second = ended(testServer, start(testServer, order()));

      assertThat(model.requests()).hasSize(sent);
      assertThat(second.path("result").path("answer"))
          .isEqualTo(first.path("result").path("answer"));
      assertThat(second.path("spent_usd").asDouble()).isZero();
      JsonNode list = TestServer.tree(testServer.get("/v1/exhaustive").body()).path("data");
      assertThat(list.findValuesAsText("id"))
          .containsExactlyInAnyOrder(first.path("id").asText(), second.path("id").asText());
    }
  }

  @Test
  void questionsOfOneCollectionTakeTurns() {
    try (FakeDeepSeek model = model(new FakeReader(false, Duration.ofMillis(50)));
        TestServer testServer = docs(TestServer.with(folder, model))) {
      String first = start(testServer, order());
      String second = start(testServer, order().put("question", "Which codes have stations?"));

      assertThat(ended(testServer, second).path("state").asText()).isEqualTo("done");
      assertThat(ended(testServer, first).path("state").asText()).isEqualTo("done");
    }
  }

  @Test
  void stoppedItGoesOnAfterARestartAndPaysNothingTwice() throws InterruptedException {
    try (FakeDeepSeek model = model(new FakeReader(false, Duration.ofMillis(300)))) {
      String reading;
      double spent;
      try (TestServer testServer = docs(TestServer.with(folder, model))) {
        reading = start(testServer, order());
        while (model.requests().isEmpty()) {
          Thread.sleep(5);
        }
        assertThat(testServer.delete(reading).statusCode()).isEqualTo(202);

        JsonNode stopped = ended(testServer, reading);

        assertThat(stopped.path("state").asText()).isEqualTo("stopped");
        assertThat(stopped.path("result").isNull()).isTrue();
        spent = stopped.path("spent_usd").asDouble();
      }

      try (TestServer restarted = TestServer.with(folder, model)) {
        JsonNode known = TestServer.tree(restarted.get(reading).body());
        assertThat(known.path("state").asText()).isEqualTo("stopped");
        assertThat(known.path("spent_usd").asDouble()).isEqualTo(spent);

        restarted.post(reading + "/resume", "{}");

        JsonNode done = ended(restarted, reading);
        assertThat(done.path("state").asText()).as("%s", done).isEqualTo("done");
        assertThat(done.path("spent_usd").asDouble()).isGreaterThan(spent);
        assertThat(bodies(model)).doesNotHaveDuplicates();
      }
      try (TestServer again = TestServer.with(folder, model)) {
        JsonNode known = TestServer.tree(again.get(reading).body());
        assertThat(known.path("state").asText()).isEqualTo("done");
        assertThat(known.path("result").path("answer").asText()).contains("Alpha");
      }
    }
  }

  private static List<String> bodies(FakeDeepSeek model) {
    return model.requests().stream().map(FakeDeepSeek.Request::body).toList();
  }

  /// What a kill leaves is what is on disk when a request comes.
  @Test
  void killedItPaysNothingTwiceAndKnowsWhatItSpent() {
    Path left = folder.resolve("left");
    Path lived = folder.resolve("lived");
    var killed = new AtomicBoolean();
    Function<FakeDeepSeek.Request, Script> killing =
        request -> {
          // One after the other: nothing may be billed while the disk is copied, or later.
          synchronized (killed) {
            if (killed.get()) {
              return Script.error(402);
            }
            if (reader.log().size() == 2) {
              copy(lived, left);
              killed.set(true);
            }
            return reader.apply(request);
          }
        };
    String reading;
    try (FakeDeepSeek model = model(killing);
        TestServer testServer = docs(TestServer.with(lived, model))) {
      reading = start(testServer, order());
      ended(testServer, reading);
    }
    int before = reader.log().size();

    try (FakeDeepSeek model = model(reader);
        TestServer restarted = TestServer.with(left, model)) {
      JsonNode known = TestServer.tree(restarted.get(reading).body());
      assertThat(known.path("state").asText()).isEqualTo("stopped");
      assertThat(known.path("spent_usd").asDouble()).isPositive();
      restarted.post(reading + "/resume", "{}");
      JsonNode first = ended(restarted, reading);
      List<String> asked = bodies(model);
      restarted.post(reading + "/resume", "{\"retry_failed\": true}");
      JsonNode last = ended(restarted, reading);

      assertThat(asked)
          .doesNotHaveDuplicates()
          .doesNotContainAnyElementsOf(
              reader.log().subList(0, before).stream().map(FakeReader.Entry::body).toList());
      assertThat(first.path("result").path("complete").asBoolean()).isFalse();
      assertThat(first.path("result").path("receipt").path("windows_failed").path(0).asText())
          .contains("maybe billed");
      assertThat(last.path("result").path("complete").asBoolean()).isTrue();
      assertThat(last.path("result").path("findings")).hasSize(WINDOWS - 2);
      assertThat(last.path("spent_usd").asDouble())
          .isGreaterThan(first.path("spent_usd").asDouble());
    }
  }

  static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path one : all.toList()) {
        Path target = to.resolve(from.relativize(one).toString());
        if (Files.isDirectory(one)) {
          Files.createDirectories(target);
        } else {
          Files.copy(one, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aLimitHoldsForAllRunsTogether() {
    // Two calls with what they cost at most, after what they cost.
    double limit = 0.069;
    try (FakeDeepSeek model = model(reader);
        TestServer testServer = docs(TestServer.with(folder, model))) {
      String reading = start(testServer, order().put("max_cost_usd", limit));
      JsonNode halted = ended(testServer, reading);
      int sent = model.requests().size();
      testServer.post(reading + "/resume", "{}");
      JsonNode again = ended(testServer, reading);
      int sentAgain = model.requests().size();
      testServer.post(reading + "/resume", "{\"max_cost_usd\": null}");
      JsonNode done = ended(testServer, reading);

      assertThat(halted.path("state").asText()).as("%s", halted).isEqualTo("halted");
      assertThat(halted.path("notice").asText()).contains("left to read").contains("limit");
      assertThat(halted.path("spent_usd").asDouble()).isPositive().isLessThan(limit);
      assertThat(again.path("state").asText()).isEqualTo("halted");
      assertThat(again.path("spent_usd")).isEqualTo(halted.path("spent_usd"));
      assertThat(sent).isBetween(1, 3);
      assertThat(sentAgain).isEqualTo(sent);
      assertThat(done.path("state").asText()).isEqualTo("done");
      assertThat(done.path("left_usd").isNull()).isTrue();
      assertThat(bodies(model)).doesNotHaveDuplicates();
    }
  }

  @Test
  void keysPayAndSeeTheirCollectionsOnly() {
    try (FakeDeepSeek model = model(reader);
        TestServer testServer = docs(TestServer.locked(folder, model)).collection("else")) {
      String asks = key(testServer, "asks", new Grant(List.of("docs"), Set.of(), List.of()), 0);
      String poor = key(testServer, "poor", manages("docs"), 1e-7);
      String payer = key(testServer, "payer", manages("docs"), 1);
      String other = key(testServer, "other", manages("else"), 0);

      testServer.as(asks);
      assertThat(testServer.post("/v1/exhaustive/forecast", order().toString()).statusCode())
          .isEqualTo(200);
      assertThat(testServer.post("/v1/exhaustive", order().toString()).statusCode()).isEqualTo(403);
      assertThat(testServer.post("/v1/exhaustive/any/resume", "{}").statusCode()).isEqualTo(403);
      assertThat(testServer.delete("/v1/exhaustive/any").statusCode()).isEqualTo(403);
      testServer.as(poor);
      JsonNode halted = ended(testServer, start(testServer, order()));
      assertThat(halted.path("state").asText()).isEqualTo("halted");
      assertThat(halted.path("notice").asText()).contains("key poor");
      assertThat(model.requests()).isEmpty();
      testServer.as(payer);
      String reading = start(testServer, order());
      JsonNode done = ended(testServer, reading);
      assertThat(testServer.spent("payer"))
          .isCloseTo(done.path("spent_usd").asDouble(), within(1e-9));
      testServer.as(other);
      assertThat(testServer.get(reading).statusCode()).isEqualTo(404);
      assertThat(testServer.post("/v1/exhaustive", order().toString()).statusCode()).isEqualTo(404);
      assertThat(TestServer.tree(testServer.get("/v1/exhaustive").body()).path("data")).isEmpty();
      testServer.as(asks);
      assertThat(testServer.get(reading).statusCode()).isEqualTo(200);
    }
  }

  static Grant manages(String collection) {
    return new Grant(List.of(collection), Set.of(Right.MANAGE), List.of());
  }

  static String key(TestServer testServer, String name, Grant grant, double usdMax) {
    return testServer.keys.add(name, grant, usdMax, REQUESTS_PER_MINUTE);
  }

  @Test
  void aBadOrderIsRefusedAtOnce() {
    try (FakeDeepSeek model = model(reader);
        TestServer testServer = docs(TestServer.with(folder, model))) {
      assertRefused(testServer, order().put("budget", "auto"), 400, "budget auto sizes one window");
      assertRefused(testServer, order().put("budget", "2k"), 400, "too small");
      assertRefused(testServer, order().put("question", " "), 400, "no \"question\"");
      assertRefused(
          testServer, order().put("question", "word ".repeat(9_000)), 413, "windows keep 4,000");
      assertRefused(testServer, order().put("dry", true), 400, "\"dry\" is no field");
      assertRefused(testServer, order().put("max_cost_usd", -1), 400, "\"max_cost_usd\" is -1");
      assertRefused(testServer, order().put("collection", "none"), 404, "none");
      assertRefused(testServer, order().put("model", "none"), 404, "none");
      assertThat(testServer.get("/v1/exhaustive/none").statusCode()).isEqualTo(404);
      assertThat(TestServer.tree(testServer.get("/v1/exhaustive").body()).path("data")).isEmpty();
      assertThat(model.requests()).isEmpty();
    }
  }

  private static void assertRefused(
      TestServer testServer, ObjectNode order, int status, String line) {
    for (String path : List.of("/v1/exhaustive", "/v1/exhaustive/forecast")) {
      HttpResponse<String> refused = testServer.post(path, order.toString());
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
      assertThat(TestServer.tree(refused.body()).path("detail").asText()).contains(line);
    }
  }

  @Test
  void withoutAModelItSaysWhatToDo() {
    try (TestServer testServer = docs(TestServer.alone(folder))) {
      HttpResponse<String> refused =
          testServer.post("/v1/exhaustive", order().put("model", "").toString());

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("no model is connected");
    }
  }
}
