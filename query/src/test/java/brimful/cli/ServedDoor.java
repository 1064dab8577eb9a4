package brimful.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

/// A door of a running server; its client cancels by hanging up.
final class ServedDoor implements AskDoor {
  static final ObjectMapper JSON = new ObjectMapper();

  private final RunningServer server;
  private final BiFunction<RunningServer, String, Outcome> question;
  private final AtomicReference<Optional<Thread>> asking = new AtomicReference<>(Optional.empty());

  /// @param question asks the collection `notes`
  ServedDoor(
      Map<String, String> environment,
      Path notes,
      BiFunction<RunningServer, String, Outcome> question) {
    server = RunningServer.start(environment, notes);
    this.question = question;
    server.post("/v1/collections", "{\"name\":\"notes\"}");
    String job =
        tree(server
                .post(
                    "/v1/collections/notes/sources",
                    JSON.createObjectNode().put("location", notes.toString()).toString())
                .body())
            .path("id")
            .asText();
    String state = "";
    while (!state.equals("done")) {
      String told = server.get("/v1/jobs/" + job).body();
      state = tree(told).path("state").asText();
      if (!List.of("waiting", "running", "done").contains(state)) {
        throw new IllegalStateException(told);
      }
      Thread.onSpinWait();
    }
  }

  static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(json, e);
    }
  }

  RunningServer server() {
    return server;
  }

  @Override
  public Outcome ask(String text) {
    asking.set(Optional.of(Thread.currentThread()));
    return question.apply(server, text);
  }

  @Override
  public void cancel() {
    asking.get().orElseThrow().interrupt();
  }

  @Override
  public void close() {
    server.close();
  }
}
