package brimful.ask;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.model.LocalRunner;
import brimful.model.LocalRunner.Kind;
import brimful.model.LocalRunner.Loaded;
import brimful.model.ModelCatalog;
import brimful.model.ModelProfile;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What replies of local runners have that others do not.
final class RunnerReplyTest {
  private final AskProbe askProbe = new AskProbe();

  @Test
  void takesPingsForSignsOfLife() {
    var events = new ArrayList<String>(Collections.nCopies(5, ":"));
    events.addAll(Script.answerEvents(List.of(), List.of("Slowly.")));
    try (var fake = FakeDeepSeek.start(0, Duration.ofMillis(400), _ -> Script.stream(events))) {
      Reply reply = askProbe.ask(fake, Map.of("BRIMFUL_SILENCE_MAX", "1s"));

      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.Answered.class, answered -> assertThat(answered.text()).isEqualTo("Slowly."));
    }
  }

  @Test
  void reportsHowMuchOfThePromptIsRead() {
    var events = new ArrayList<String>();
    for (int read : new int[] {100, 200}) {
      events.add(
          "data: {\"choices\":[{\"index\":0,\"delta\":{}}],\"prompt_progress\":{\"total\":200,\"cache\":0,\"processed\":%s,\"time_ms\":9}}"
              .formatted(read));
    }
    events.addAll(Script.answerEvents(List.of(), List.of("Yes.")));
    var heard = new ArrayList<String>();
    try (var fake = FakeDeepSeek.start(Script.stream(events))) {
      Reply reply =
          AskProbe.asker(llamaCpp(fake), Map.of())
              .ask(
                  AskProbe.WINDOW,
                  new Asker.Listener() {
                    @Override
                    public void text(String delta) {
                      heard.add(delta);
                    }

                    @Override
                    public void prefill(long tokens, long of) {
                      heard.add(tokens + "/" + of);
                    }
                  });

      assertThat(reply).isInstanceOf(Reply.Answered.class);
      assertThat(heard).containsExactly("100/200", "200/200", "Yes.");
      assertThat(fake.requests().getFirst().body())
          .containsPattern("\"return_progress\"\\s*:\\s*true");
    }
  }

  @Test
  void separatesReasoningFromTheAnswer() {
    assertSeparated(List.of("<think>", "hm</think>", "{}"), "hm", "{}");
    assertSeparated(List.of("<thi", "nk>a < b</th", "ink>\n\nYes."), "a < b", "Yes.");
    assertSeparated(List.of("<think>never", " ends"), "never ends", "");
    assertSeparated(List.of("<th", "ey> swim."), "", "<they> swim.");
    assertSeparated(List.of("No <think>", "tags</think>."), "", "No <think>tags</think>.");
    assertSeparated(List.of(" ", "<"), "", " <");
  }

  private static void assertSeparated(List<String> deltas, String reasoning, String text) {
    var probe = new AskProbe();
    try (var fake = FakeDeepSeek.start(Script.stream(Script.answerEvents(List.of(), deltas)))) {
      Reply reply = probe.ask(fake, Map.of());

      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.Answered.class, answered -> assertThat(answered.text()).isEqualTo(text));
      assertThat(probe.reasoned).hasToString(reasoning);
      assertThat(probe.streamed).hasToString(text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "500, Context size has been exceeded., OVERFLOW, more than",
    "503, Loading model, OVERLOAD, still loading its model: try again"
  })
  void explainsWhatRunnersRefuse(int status, String said, Reply.Kind kind, String message) {
    var script =
        new Script(
            status,
            Map.of("Content-Type", "application/json"),
            List.of("{\"error\":{\"code\":%s,\"message\":\"%s\"}}".formatted(status, said)),
            true,
            Script.End.WHOLE);
    try (var fake = FakeDeepSeek.start(script)) {
      assertThat(AskProbe.asker(llamaCpp(fake), Map.of()).ask(AskProbe.WINDOW, _ -> {}))
          .isInstanceOfSatisfying(
              Reply.Refused.class,
              refused -> {
                assertThat(refused.kind()).isEqualTo(kind);
                assertThat(refused.message()).contains(message);
              });
    }
  }

  @Test
  void asksOllamaForTheContextThatTheWindowIsPlannedWith() throws IOException {
    List<String> lines =
        List.of(
            "{\"model\":\"q:8b\",\"message\":{\"role\":\"assistant\",\"thinking\":\"hm\"},\"done\":false}\n",
            "{\"model\":\"q:8b\",\"message\":{\"role\":\"assistant\",\"content\":\"Yes\"},",
            "\"done\":false}\n{\"message\":{\"content\":\".\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":21,\"eval_count\":3}\n");
    var script =
        new Script(
            200, Map.of("Content-Type", "application/x-ndjson"), lines, true, Script.End.WHOLE);
    try (var fake = FakeDeepSeek.start(script)) {
      ModelProfile profile =
          new LocalRunner(Kind.OLLAMA, fake.baseUrl() + "/v1", List.of())
              .profile(new Loaded("q:8b", 8_192, true), ModelCatalog.builtIn().find("local"));
      var heard = new StringBuilder();

      Reply reply = AskProbe.asker(profile, Map.of()).ask(AskProbe.WINDOW, heard::append);

      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.Answered.class,
              answered -> {
                assertThat(answered.text()).isEqualTo("Yes.");
                assertThat(answered.finish()).isEqualTo("stop");
                assertThat(answered.usage().prompt()).isEqualTo(21);
              });
      assertThat(heard).hasToString("Yes.");
      FakeDeepSeek.Request request = fake.requests().getFirst();
      assertThat(request.path()).isEqualTo("/api/chat");
      JsonNode sent = new ObjectMapper().readTree(request.body());
      assertThat(sent.at("/options/num_ctx").asInt()).isEqualTo(8_192);
      assertThat(sent.at("/options/num_predict").asInt()).isEqualTo(2_048);
      assertThat(sent.at("/messages/1/content").asText()).endsWith("Where?");
    }
  }

  @Test
  void saysThatAnOllamaStreamBroke() {
    var script =
        new Script(
            200,
            Map.of("Content-Type", "application/x-ndjson"),
            List.of("{\"message\":{\"content\":\"Y\"},\"done\":false}\n"),
            true,
            Script.End.CUT);
    try (var fake = FakeDeepSeek.start(script)) {
      ModelProfile profile =
          new LocalRunner(Kind.OLLAMA, fake.baseUrl() + "/v1", List.of())
              .profile(new Loaded("q:8b", 8_192, true), ModelCatalog.builtIn().find("local"));

      assertThat(AskProbe.asker(profile, Map.of()).ask(AskProbe.WINDOW, _ -> {}))
          .isInstanceOfSatisfying(Reply.CutOff.class, cut -> assertThat(cut.text()).isEqualTo("Y"));
    }
  }

  private static ModelProfile llamaCpp(FakeDeepSeek fake) {
    return new LocalRunner(Kind.LLAMA_CPP, fake.baseUrl(), List.of())
        .profile(new Loaded("m.gguf", 8_192, true), ModelCatalog.builtIn().find("local"));
  }
}
