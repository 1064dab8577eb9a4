package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A chat over OpenAI's protocol about a document on otters.
///
/// @param folder where servers keep what is theirs, each in a folder of its own
record OtterChat(Path folder) {
  /// What came of a request.
  ///
  /// @param requests those that the model received
  record Exchange(JsonNode reply, List<FakeDeepSeek.Request> requests) {}

  /// Returns a request.
  ///
  /// @param more fields besides the model and the question; may be empty
  static ObjectNode question(String more) {
    return (ObjectNode)
        TestServer.tree(
            """
            {"model":"brimful/docs","messages":[{"role":"user","content":"Where do otters swim?"}]%s}\
            """
                .formatted(more.isEmpty() ? "" : "," + more));
  }

  TestServer server(FakeDeepSeek model) {
    try {
      return TestServer.with(Files.createTempDirectory(folder, "server"), model)
          .file("otters.md", "# Otters\n\nThey swim in rivers.\n")
          .collection("docs");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends a request to a server of its own, which must answer with a status.
  Exchange exchange(Script script, ObjectNode body, int status) {
    try (FakeDeepSeek model = FakeDeepSeek.start(script);
        TestServer testServer = server(model)) {
      HttpResponse<String> response = testServer.post("/v1/chat/completions", body.toString());

      assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
      return new Exchange(TestServer.tree(response.body()), model.requests());
    }
  }

  /// Returns what the model was sent for a request.
  JsonNode sent(ObjectNode body) {
    Exchange exchange = exchange(Script.answer("In rivers."), body, 200);
    return TestServer.tree(exchange.requests().getFirst().body());
  }

  /// Returns the error of a request that must not reach the model.
  JsonNode refused(ObjectNode body) {
    Exchange exchange = exchange(Script.answer("In rivers."), body, 400);
    assertThat(exchange.requests()).isEmpty();
    return exchange.reply().path("error");
  }

  /// Returns the reply to a request.
  JsonNode replied(Script script, ObjectNode body) {
    return exchange(script, body, 200).reply();
  }
}
