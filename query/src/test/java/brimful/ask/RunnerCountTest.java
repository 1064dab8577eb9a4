package brimful.ask;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.ask.RunnerCount.Count;
import brimful.model.ApiKey;
import brimful.model.LocalRunner;
import brimful.model.LocalRunner.Kind;
import brimful.model.LocalRunner.Loaded;
import brimful.model.LocalRunner.State;
import brimful.model.ModelCatalog;
import brimful.model.ModelChoice;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RunnerCountTest {
  @Test
  void hasVllmCountTheChatWithItsTemplate() throws IOException {
    try (var fake =
        FakeDeepSeek.start(json(200, "{\"count\":21,\"tokens\":[1,2],\"max_model_len\":9}"))) {
      assertThat(count(fake, Kind.VLLM)).hasValue(new Count(21, true));

      FakeDeepSeek.Request request = fake.requests().getFirst();
      assertThat(request.path()).isEqualTo("/tokenize");
      assertThat(request.headers()).containsEntry("authorization", "Bearer key-1234");
      JsonNode sent = new ObjectMapper().readTree(request.body());
      assertThat(sent.path("messages").findValuesAsText("role")).containsExactly("system", "user");
      assertThat(sent.path("add_generation_prompt").asBoolean()).isTrue();
    }
  }

  @Test
  void hasSglangCountTheTextAlone() throws IOException {
    try (var fake = FakeDeepSeek.start(json(200, "{\"tokens\":[1,2,3],\"max_model_len\":9}"))) {
      assertThat(count(fake, Kind.SGLANG)).hasValue(new Count(3, false));

      JsonNode sent = new ObjectMapper().readTree(fake.requests().getFirst().body());
      assertThat(sent.path("prompt").asText()).isEqualTo(AskProbe.WINDOW.prompt());
    }
  }

  @Test
  void doesWithoutWhereARunnerDoesNotAnswer() {
    for (Script script :
        List.of(
            json(404, "{}"),
            json(500, "oops"),
            json(200, "[]"),
            json(200, "{\"tokens\":[1,"),
            json(200, "{\"tokens\":[1]}").ending(Script.End.CUT))) {
      try (var fake = FakeDeepSeek.start(script)) {
        Optional<Count> counted = count(fake, Kind.VLLM);
        assertThat(counted.map(Count::tokens).orElse(1)).isEqualTo(1);
        assertThat(count(fake, Kind.OLLAMA)).isEmpty();
      }
    }
  }

  private static Optional<Count> count(FakeDeepSeek fake, Kind kind) {
    var runner = new LocalRunner(kind, fake.baseUrl() + "/v1", List.of(), 1, State.KEYED);
    var profile =
        runner.profile(new Loaded("m", 8_192, true), ModelCatalog.builtIn().find("local"));
    var choice =
        new ModelChoice(profile, Optional.of(new ApiKey("key-1234")), 1, Optional.of(runner));
    return RunnerCount.of(choice).flatMap(count -> count.of(AskProbe.WINDOW));
  }

  private static Script json(int status, String body) {
    return new Script(
        status, Map.of("Content-Type", "application/json"), List.of(body), true, Script.End.WHOLE);
  }
}
