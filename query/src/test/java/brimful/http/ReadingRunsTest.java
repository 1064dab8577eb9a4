package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.key.Grant;
import brimful.http.key.Right;
import brimful.testing.FakeDeepSeek;
import brimful.testing.FakeReader;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many readings a server has at once, and which it resumes.
final class ReadingRunsTest {
  /// As many as a server runs, and lets wait.
  private static final int MOST = 16;

  @TempDir private Path folder;

  private final FakeReader reader = new FakeReader(true, Duration.ZERO);
  private final CountDownLatch gate = new CountDownLatch(1);

  /// Answers when the gate is open.
  private Script waiting(FakeDeepSeek.Request request) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return reader.apply(request);
  }

  @Test
  void moreReadingsThanAServerHasRoomForAreRefused() {
    try (FakeDeepSeek model = ExhaustiveApiTest.model(this::waiting);
        TestServer testServer = ExhaustiveApiTest.docs(TestServer.with(folder, model))) {
      var readings = new ArrayList<String>();
      for (int i = 0; i < MOST; i++) {
        readings.add(ExhaustiveApiTest.start(testServer, ExhaustiveApiTest.order()));
      }

      HttpResponse<String> more =
          testServer.post("/v1/exhaustive", ExhaustiveApiTest.order().toString());

      gate.countDown();
      assertThat(more.statusCode()).isEqualTo(503);
      assertThat(more.body()).contains("16 readings run or wait", "wait for one to end");
      for (String reading : readings) {
        assertThat(ExhaustiveApiTest.ended(testServer, reading).path("state").asText())
            .isEqualTo("done");
      }
      JsonNode list = TestServer.tree(testServer.get("/v1/exhaustive").body()).path("data");
      assertThat(list).hasSize(MOST);
      String again = ExhaustiveApiTest.start(testServer, ExhaustiveApiTest.order());
      assertThat(ExhaustiveApiTest.ended(testServer, again).path("state").asText())
          .isEqualTo("done");
    }
  }

  @Test
  void aWholeAnswerIsNotReadAgain() {
    gate.countDown();
    try (FakeDeepSeek model = ExhaustiveApiTest.model(this::waiting);
        TestServer testServer = ExhaustiveApiTest.docs(TestServer.with(folder, model))) {
      String reading = ExhaustiveApiTest.start(testServer, ExhaustiveApiTest.order());
      JsonNode done = ExhaustiveApiTest.ended(testServer, reading);

      HttpResponse<String> refused = testServer.post(reading + "/resume", "{}");

      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body()).contains("has its whole answer", "start another");
      JsonNode kept = TestServer.tree(testServer.get(reading).body());
      assertThat(kept).isEqualTo(done);
    }
  }

  /// The last call is asked again, and meanwhile, and if that is stopped, the old answer is shown.
  @Test
  void anOldAnswerStaysUntilThereIsANewOne() throws InterruptedException {
    Path lived = folder.resolve("lived");
    Path left = folder.resolve("left");
    var wrong = new AtomicBoolean(true);
    var closed = new AtomicBoolean();
    try (FakeDeepSeek model =
            ExhaustiveApiTest.model(
                request -> closed.get() ? waiting(request) : reply(request, wrong));
        TestServer testServer = ExhaustiveApiTest.docs(TestServer.with(lived, model))) {
      String reading = ExhaustiveApiTest.start(testServer, ExhaustiveApiTest.order());
      JsonNode failed = ExhaustiveApiTest.ended(testServer, reading).path("result");
      int sent = model.requests().size();
      closed.set(true);
      wrong.set(false);
      testServer.post(reading + "/resume", "{\"retry_failed\": true}");
      while (model.requests().size() == sent) {
        Thread.sleep(5);
      }
      JsonNode running = TestServer.tree(testServer.get(reading).body());
      ExhaustiveApiTest.copy(lived, left);
      gate.countDown();
      JsonNode done = ExhaustiveApiTest.ended(testServer, reading);

      assertThat(failed.path("findings")).isNotEmpty();
      assertThat(running.path("state").asText()).isEqualTo("running");
      assertThat(running.path("result")).isEqualTo(failed);
      assertThat(done.path("state").asText()).isEqualTo("done");
      assertThat(done.path("result").path("complete").asBoolean()).isTrue();
      try (TestServer restarted = TestServer.with(left, model)) {
        JsonNode killed = TestServer.tree(restarted.get(reading).body());
        assertThat(killed.path("state").asText()).isEqualTo("stopped");
        assertThat(killed.path("result")).isEqualTo(failed);
      }
    }
  }

  @Test
  void aGapShowsNoFolderOfTheServer() throws IOException {
    gate.countDown();
    try (FakeDeepSeek model = ExhaustiveApiTest.model(this::waiting)) {
      String reading;
      try (TestServer testServer = ExhaustiveApiTest.docs(TestServer.with(folder, model))) {
        reading = ExhaustiveApiTest.start(testServer, ExhaustiveApiTest.order());
        ExhaustiveApiTest.ended(testServer, reading);
      }
      Path file = ReadingMoneyTest.job(folder, reading).resolve("answer.json");
      ObjectNode answer = (ObjectNode) TestServer.tree(Files.readString(file));
      ((ObjectNode) answer.path("receipt")).putArray("gaps").add("/srv/data/x.txt is gone");
      Files.writeString(file, answer.toString());
      try (TestServer locked = TestServer.locked(folder, model)) {
        String caller =
            ExhaustiveApiTest.key(locked, "payer", ExhaustiveApiTest.manages("docs"), 1);
        var all = new Grant(List.of("*"), Set.of(Right.OPERATE), List.of());
        String operator = ExhaustiveApiTest.key(locked, "operator", all, 1);

        assertThat(gap(locked.as(caller), reading)).isEqualTo("…/x.txt is gone");
        assertThat(ExhaustiveApiTest.ended(locked, reading).toString()).doesNotContain("/srv");
        assertThat(gap(locked.as(operator), reading)).isEqualTo("/srv/data/x.txt is gone");
        assertThat(gap(locked.as(caller), reading)).isEqualTo("…/x.txt is gone");
      }
    }
  }

  private static String gap(TestServer testServer, String reading) {
    return TestServer.tree(testServer.get(reading).body())
        .path("result")
        .path("receipt")
        .path("gaps")
        .path(0)
        .asText();
  }

  @Test
  void aLedgerThatCannotBeWrittenShowsNoFolderOfTheServer() throws IOException {
    gate.countDown();
    try (FakeDeepSeek model = ExhaustiveApiTest.model(this::waiting);
        TestServer testServer = ExhaustiveApiTest.docs(TestServer.with(folder, model))) {
      ExhaustiveApiTest.ended(
          testServer, ExhaustiveApiTest.start(testServer, ExhaustiveApiTest.order()));
      Path ledger = ReadingMoneyTest.ledger(folder);
      Files.delete(ledger);
      Files.createSymbolicLink(ledger, folder.resolve("none").resolve("none"));

      JsonNode failed =
          ExhaustiveApiTest.ended(
              testServer, ExhaustiveApiTest.start(testServer, ExhaustiveApiTest.order()));

      assertThat(failed.path("state").asText()).isEqualTo("failed");
      assertThat(failed.path("notice").asText())
          .contains("the record of what was read cannot be kept", "BRIMFUL_HOME")
          .doesNotContain(folder.toString());
    }
  }

  /// Replies to the last call in a wrong form.
  private Script reply(FakeDeepSeek.Request request, AtomicBoolean wrong) {
    Script reply = reader.apply(request);
    boolean last = reader.log().getLast().kind().equals("answer");
    return wrong.get() && last ? Script.answer("nothing") : reply;
  }
}
