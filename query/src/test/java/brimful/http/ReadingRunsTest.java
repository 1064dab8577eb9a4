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
}
