package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.edge.HttpJson;
import brimful.rank.Question;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QuestionLimitTest {
  private static final int LONG = Question.CHARS_MAX + 1;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"/v1/search", "/v1/pack", "/v1/ask"})
  void refusesALongQuestionAndABodyThatHoldsNone(String path) {
    try (TestServer testServer = serving()) {
      HttpResponse<String> question = testServer.post(path, asking("x".repeat(LONG)));
      HttpResponse<String> body = testServer.post(path, asking("x".repeat(20 << 20)));
      HttpResponse<String> longest = testServer.post(path, asking("x ".repeat(LONG / 2)));

      assertThat(question.statusCode()).as(question.body()).isEqualTo(413);
      assertThat(question.body()).contains("more than 200,000 characters");
      assertThat(body.statusCode()).as(body.body()).isEqualTo(413);
      assertThat(body.body()).contains("the body is longer than 2,097,152 bytes");
      assertThat(longest.statusCode()).as(longest.body()).isEqualTo(200);
    }
  }

  @Test
  void refusesALongBodyWhereFieldsAreShort() {
    try (TestServer testServer = serving()) {
      HttpResponse<String> body = testServer.post("/v1/collections", asking("x".repeat(20 << 20)));

      assertThat(body.statusCode()).as(body.body()).isEqualTo(413);
      assertThat(body.body()).contains("the body is longer than 1,048,576 bytes");
    }
  }

  @Test
  void aChatMayBeLongAndItsQuestionMayNot() {
    try (TestServer testServer = serving()) {
      HttpResponse<String> question =
          testServer.post("/v1/chat/completions", chat("hello", "x".repeat(LONG)));
      HttpResponse<String> history =
          testServer.post(
              "/v1/chat/completions", chat("word ".repeat(LONG), "what do otters eat?"));

      assertThat(question.statusCode()).as(question.body()).isEqualTo(413);
      assertThat(question.body()).contains("more than 200,000 characters");
      assertThat(history.statusCode()).as(history.body()).isEqualTo(200);
    }
  }

  private TestServer serving() {
    return TestServer.alone(folder).file("otters.md", "Otters eat fish.\n").collection("docs");
  }

  private static String asking(String question) {
    return HttpJson.object().put("collection", "docs").put("question", question).toString();
  }

  private static String chat(String before, String question) {
    var body = HttpJson.object().put("model", "brimful/docs");
    var messages = body.putArray("messages");
    messages.addObject().put("role", "user").put("content", before);
    messages.addObject().put("role", "assistant").put("content", "yes");
    messages.addObject().put("role", "user").put("content", question);
    return body.toString();
  }
}
