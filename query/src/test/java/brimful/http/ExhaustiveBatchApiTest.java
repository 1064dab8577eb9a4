package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brimful.testing.FakeDeepSeek;
import brimful.testing.FakeReader;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Batches whose units are larger than the window, and are read in several.
final class ExhaustiveBatchApiTest {
  @TempDir private Path folder;

  private final FakeReader reader = new FakeReader(true, Duration.ZERO);

  private static ObjectNode order() {
    ObjectNode order =
        TestServer.JSON
            .createObjectNode()
            .put("collection", "docs")
            .put("per", "collection")
            .put("budget", "13k")
            .put("model", "gpt-5-mini")
            .put("exhaustive", true);
    order
        .putArray("questions")
        .addObject()
        .put("id", "codes")
        .put("question", "Which codes of stations are there?")
        .put("type", "list");
    return order;
  }

  private static String start(TestServer testServer, ObjectNode order) {
    HttpResponse<String> started = testServer.post("/v1/batches", order.toString());
    assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
    return "/v1/batches/" + TestServer.tree(started.body()).path("id").asText();
  }

  private static List<TestServer.Event> events(TestServer testServer, String batch) {
    List<TestServer.Event> events = TestServer.events(testServer.get(batch + "/events").body());
    assertThat(events.getLast().name()).isEqualTo("end");
    return events;
  }

  private static JsonNode cell(TestServer testServer, String batch) {
    return TestServer.tree(testServer.get(batch + "/cells").body()).path("data").path(0);
  }

  private static double usd(JsonNode forecast) {
    return forecast.path("cost_usd").path("least").asDouble();
  }

  @Test
  void aCellIsAnsweredFromAllWindowsForWhatTheForecastSaid() {
    try (FakeDeepSeek model = ExhaustiveApiTest.model(reader);
        TestServer testServer = ExhaustiveApiTest.docs(TestServer.with(folder, model))) {
      JsonNode forecast =
          TestServer.tree(testServer.post("/v1/batches/forecast", order().toString()).body());
      int sent = model.requests().size();
      String batch = start(testServer, order());
      List<TestServer.Event> events = events(testServer, batch);
      JsonNode end = events.getLast().data();

      assertThat(sent).isZero();
      assertThat(forecast.path("calls").asInt()).isEqualTo(reader.log().size());
      assertThat(forecast.path("cells").asInt()).isOne();
      assertThat(end.path("exhaustive").asBoolean()).isTrue();
      assertThat(end.path("state").asText()).as("%s", end).isEqualTo("done");
      assertThat(end.path("cells").asInt()).isOne();
      assertThat(end.path("answered").asInt()).isOne();
      assertThat(end.path("pending").asInt()).isZero();
      assertThat(reader.log("findings")).hasSize(ExhaustiveApiTest.WINDOWS);
      JsonNode cell = cell(testServer, batch);
      assertThat(cell.path("answer").toString()).contains("Alpha0 has 1000", "Alpha3 has 1003");
      assertThat(cell.path("held").asDouble()).isEqualTo(1);
      assertThat(cell.path("cost_usd").asDouble())
          .isCloseTo(end.path("spent_usd").asDouble(), within(1e-9));
      assertThat(usd(forecast) / end.path("spent_usd").asDouble()).isCloseTo(1, within(0.1));
      // Of the table's cells alone, whatever was read for them.
      assertThat(events)
          .filteredOn(event -> event.name().equals("cell"))
          .allSatisfy(event -> assertThat(event.data().path("unit").asText()).isEqualTo("."));
      assertThat(events)
          .filteredOn(event -> event.name().equals("progress"))
          .allSatisfy(event ->
              assertThat(
                      event.data().path("answered").asInt()
                          + event.data().path("failed").asInt()
                          + event.data().path("pending").asInt())
                  .isLessThanOrEqualTo(1));
    }
  }

  @Test
  void aLimitIsKept() {
    try (FakeDeepSeek model = ExhaustiveApiTest.model(reader);
        TestServer testServer = ExhaustiveApiTest.docs(TestServer.with(folder, model))) {
      String batch = start(testServer, order().put("max_cost_usd", 0.003));
      JsonNode halted = events(testServer, batch).getLast().data();

      assertThat(halted.path("state").asText()).as("%s", halted).isEqualTo("halted");
      assertThat(halted.path("notice").asText()).contains("limit");
      assertThat(halted.path("spent_usd").asDouble()).isLessThanOrEqualTo(0.003);
      assertThat(model.requests()).isEmpty();
    }
  }

  @Test
  void windowsThatWereReadCountBeforeTheirCellIsFilledAlsoAfterARestart() {
    var broke = new AtomicBoolean(true);
    var calls = new AtomicInteger();
    Function<FakeDeepSeek.Request, Script> behaviour =
        request ->
            broke.get() && calls.incrementAndGet() > 3 ? Script.error(402) : reader.apply(request);
    try (FakeDeepSeek model = ExhaustiveApiTest.model(behaviour)) {
      String batch;
      JsonNode halted;
      try (TestServer testServer = ExhaustiveApiTest.docs(TestServer.with(folder, model))) {
        batch = start(testServer, order().put("max_cost_usd", 1));
        halted = events(testServer, batch).getLast().data();

        assertThat(halted.path("state").asText()).as("%s", halted).isEqualTo("halted");
        assertThat(halted.path("pending").asInt()).isOne();
        assertThat(halted.path("spent_usd").asDouble()).isPositive();
        assertThat(halted.path("left_usd").asDouble())
            .isCloseTo(1 - halted.path("spent_usd").asDouble(), within(1e-9));
      }

      try (TestServer restarted = TestServer.with(folder, model)) {
        JsonNode known = TestServer.tree(restarted.get(batch).body());
        assertThat(known.path("spent_usd").asDouble())
            .isCloseTo(halted.path("spent_usd").asDouble(), within(1e-9));
        broke.set(false);
        restarted.post(batch + "/resume", "{\"retry_failed\": true}");
        JsonNode done = events(restarted, batch).getLast().data();

        assertThat(done.path("state").asText()).as("%s", done).isEqualTo("done");
        assertThat(done.path("answered").asInt()).isOne();
        assertThat(reader.log()).extracting(FakeReader.Entry::body).doesNotHaveDuplicates();
        assertThat(done.path("spent_usd").asDouble())
            .isCloseTo(cell(restarted, batch).path("cost_usd").asDouble(), within(1e-9));
      }
    }
  }

  @Test
  void otherFieldsAreNamed() {
    try (FakeDeepSeek model = ExhaustiveApiTest.model(reader);
        TestServer testServer = ExhaustiveApiTest.docs(TestServer.with(folder, model))) {
      HttpResponse<String> text =
          testServer.post("/v1/batches", order().put("exhaustive", "yes").toString());
      HttpResponse<String> misspelt =
          testServer.post("/v1/batches", order().put("exhaustiv", true).toString());

      assertThat(text.statusCode()).isEqualTo(400);
      assertThat(text.body()).contains("give true or false");
      assertThat(misspelt.statusCode()).isEqualTo(400);
      assertThat(misspelt.body()).contains("is no field of this request");
      assertThat(model.requests()).isEmpty();
    }
  }
}
