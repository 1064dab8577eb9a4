package brimful.http;

import static brimful.http.OtterChat.question;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What servers of models reply, in any of their forms, reaches the client.
final class ChatReplyTest {
  @TempDir private Path folder;

  private JsonNode replied(Script script, ObjectNode body) {
    return new OtterChat(folder).exchange(script, body, 200).reply();
  }

  @Test
  void aRefusalAndALimitKeepTheirReason() {
    JsonNode refusal =
        replied(
            Script.stream(
                List.of(
                    Script.delta("{\"refusal\":\"I will not.\"}"),
                    Script.finish("stop"),
                    "data: [DONE]")),
            question(""));
    JsonNode cut =
        replied(
            Script.stream(List.of(Script.text("In"), Script.finish("length"), "data: [DONE]")),
            question(""));
    JsonNode empty =
        replied(Script.stream(List.of(Script.finish("stop"), "data: [DONE]")), question(""));

    assertThat(refusal.at("/choices/0/message/refusal").asText()).isEqualTo("I will not.");
    assertThat(cut.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    assertThat(empty.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(empty.at("/choices/0/message/content").asText()).isEmpty();
  }

  @Test
  void probabilitiesComeBack() {
    String chunk =
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"In\"},\"logprobs\":{\"content\":[{\"token\":\"In\",\"logprob\":-0.5}]},\"finish_reason\":null}]}";

    JsonNode reply =
        replied(
            Script.stream(List.of(chunk, Script.finish("stop"), "data: [DONE]")),
            question("\"logprobs\":true"));

    assertThat(reply.at("/choices/0/logprobs/content/0/token").asText()).isEqualTo("In");
  }

  @Test
  void contentInPartsIsRead() {
    JsonNode reply =
        replied(
            Script.stream(
                List.of(
                    Script.delta(
                        "{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"Hm.\"}]},{\"type\":\"text\",\"text\":\"In \"}]}"),
                    Script.delta("{\"content\":[{\"type\":\"text\",\"text\":\"rivers.\"}]}"),
                    Script.finish("stop"),
                    "data: [DONE]")),
            question(""));

    assertThat(reply.at("/choices/0/message/content").asText()).isEqualTo("In rivers.");
    assertThat(reply.at("/choices/0/message/reasoning_content").asText()).isEqualTo("Hm.");
  }

  @Test
  void aServerThatDoesNotStreamIsRead() {
    JsonNode reply =
        replied(
            Script.whole(
                "{\"role\":\"assistant\",\"content\":\"In rivers.\",\"reasoning_content\":\"Hm.\"}",
                "length"),
            question(""));

    assertThat(reply.at("/choices/0/message/content").asText()).isEqualTo("In rivers.");
    assertThat(reply.at("/choices/0/message/reasoning_content").asText()).isEqualTo("Hm.");
    assertThat(reply.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    assertThat(reply.at("/usage/prompt_tokens").asInt()).isEqualTo(9);
  }
}
