package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.key.Grant;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing that a caller reads has the provider's address or a part of its key.
final class ProviderSecretsTest {
  private static final String ASK = "{\"collection\":\"docs\",\"question\":\"where?\"}";
  private static final String CHAT =
      "{\"model\":\"brimful/docs\",\"messages\":[{\"role\":\"user\",\"content\":\"where?\"}]}";

  @TempDir private Path folder;

  @Test
  void noAnswerHasThem() {
    var script = new AtomicReference<>(Script.answer("No."));
    FakeDeepSeek model = FakeDeepSeek.start(0, Duration.ZERO, _ -> script.get());
    try (TestServer testServer = TestServer.locked(folder, model).file("a.md", "They swim.\n")) {
      testServer.collection("docs");
      testServer.as(testServer.keys.add("caller", Grant.asking("*"), 0, 1_000));
      var bodies = new ArrayList<String>();
      for (String path :
          List.of("/v1/status", "/v1/models", "/health", "/ready", "/openapi.json", "/v1/jobs")) {
        bodies.add(testServer.get(path).body());
      }
      bodies.add(testServer.post("/v1/pack", ASK).body());
      for (int status : new int[] {400, 401, 402, 403, 404, 422, 429, 500, 503}) {
        script.set(Script.error(status));
        bodies.add(testServer.post("/v1/ask", ASK).body());
        bodies.add(testServer.post("/v1/chat/completions", CHAT).body());
        bodies.add(testServer.stream("/v1/ask", ASK).toString());
      }
      script.set(Script.answer("No.").ending(Script.End.CUT));
      bodies.add(testServer.post("/v1/ask", ASK).body());
      model.close();
      bodies.add(testServer.post("/v1/ask", ASK).body());
      bodies.add(testServer.post("/v1/chat/completions", CHAT).body());
      bodies.add(testServer.get("/v1/status").body());

      assertThat(bodies)
          .allSatisfy(
              body -> assertThat(body).doesNotContain(model.baseUrl(), "127.0.0.1", "cdef"));
    }
  }
}
