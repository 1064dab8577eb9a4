package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.FakeDeepSeek;
import brimful.testing.FakeReader;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
            ExhaustiveApiTest.model(request -> closed.get() ? waiting(request) : reply(request, wrong));
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

  /// Replies to the last call in a wrong form.
  private Script reply(FakeDeepSeek.Request request, AtomicBoolean wrong) {
    Script reply = reader.apply(request);
    boolean last = reader.log().getLast().kind().equals("answer");
    return wrong.get() && last ? Script.answer("nothing") : reply;
  }
}
