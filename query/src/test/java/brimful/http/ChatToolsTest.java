package brimful.http;

import static brimful.http.OtterChat.question;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls of tools, and messages behind the question, come and go as OpenAI's protocol has them.
final class ChatToolsTest {
  private static final String TOOLS =
      "[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":{\"type\":\"object\"}}}]";

  @TempDir private Path folder;

  private TestServer otters(FakeDeepSeek model) {
    return new OtterChat(folder).server(model);
  }

  private JsonNode sent(ObjectNode body) {
    return new OtterChat(folder).sent(body);
  }

  private JsonNode refused(ObjectNode body) {
    return new OtterChat(folder).refused(body);
  }

  private JsonNode replied(Script script, ObjectNode body) {
    return new OtterChat(folder).replied(script, body);
  }

  @Test
  void callsOfToolsComeBackWhole() {
    JsonNode reply = replied(calling(), question("\"tools\":" + TOOLS));

    JsonNode message = reply.at("/choices/0/message");
    assertThat(reply.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
    assertThat(message.path("content").isNull()).isTrue();
    assertThat(message.path("reasoning_content").asText()).isEqualTo("Hm.");
    assertThat(message.path("tool_calls").toString())
        .isEqualTo(
            "[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"at\\\":\\\"Rome\\\"}\"}}]");
  }

  private static Script calling() {
    return Script.stream(
        List.of(
            Script.delta("{\"role\":\"assistant\",\"content\":null,\"reasoning_content\":\"Hm.\"}"),
            Script.delta(
                "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}]}"),
            Script.delta(
                "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"at\\\":\"}}]}"),
            Script.delta(
                "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"\\\"Rome\\\"}\"}}]}"),
            Script.finish("tool_calls"),
            Script.usage(9, 0, 3, 1),
            "data: [DONE]"));
  }

  @Test
  void callsOfToolsStreamAsTheyCome() {
    try (FakeDeepSeek model = FakeDeepSeek.start(calling());
        TestServer testServer = otters(model)) {
      ObjectNode body = question("\"tools\":" + TOOLS).put("stream", true);

      List<TestServer.Event> events =
          TestServer.events(testServer.post("/v1/chat/completions", body.toString()).body());

      assertThat(
              events.stream()
                  .map(event ->
                      event
                          .data()
                          .at("/choices/0/delta/tool_calls/0/function/arguments")
                          .asText(""))
                  .collect(Collectors.joining()))
          .isEqualTo("{\"at\":\"Rome\"}");
      assertThat(
              events.stream().map(event -> event.data().at("/choices/0/finish_reason").asText("")))
          .contains("tool_calls");
    }
  }

  @Test
  void turnsOfToolsReachTheModelBehindTheWindow() {
    ObjectNode body =
        (ObjectNode)
            TestServer.tree(
                """
                {"model":"brimful/docs","tools":%s,"messages":[
                 {"role":"user","content":"Where do otters swim in the rain?"},
                 {"role":"assistant","content":null,"reasoning_content":"Hm.","tool_calls":[
                  {"id":"c1","type":"function","function":{"name":"weather","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"c1","content":"It rains."}]}\
                """
                    .formatted(TOOLS));

    JsonNode messages = sent(body).path("messages");

    assertThat(messages.findValuesAsText("role"))
        .containsExactly("system", "user", "assistant", "tool");
    assertThat(messages.get(1).path("content").asText())
        .contains("They swim in rivers.", "Where do otters swim in the rain?");
    assertThat(messages.get(2).at("/tool_calls/0/id").asText()).isEqualTo("c1");
    assertThat(messages.get(2).at("/reasoning_content").asText()).isEqualTo("Hm.");
    assertThat(messages.get(3).path("tool_call_id").asText()).isEqualTo("c1");
    assertThat(messages.get(3).path("content").asText()).isEqualTo("It rains.");
  }

  @Test
  void theLastMessageMayBeTheAssistants() {
    ObjectNode body = question("");
    body.withArray("messages").addObject().put("role", "assistant").put("content", "They swim");

    JsonNode messages = sent(body).path("messages");

    assertThat(messages.get(messages.size() - 1).path("content").asText()).isEqualTo("They swim");
  }

  @Test
  void whatFollowsTheQuestionCountsAgainstTheWindow() {
    ObjectNode body = question("\"tools\":" + TOOLS);
    body.withArray("messages")
        .addObject()
        .put("role", "tool")
        .put("tool_call_id", "c1")
        .put("content", "word ".repeat(1_100_000));

    assertThat(refused(body).path("message").asText()).contains("messages after the question");
  }
}
