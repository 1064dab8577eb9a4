package brimful.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

final class BatchAskDoorTest extends AskDoorContract {
  private final AtomicReference<Optional<String>> running =
      new AtomicReference<>(Optional.empty());

  private Optional<String> limit = Optional.empty();

  /// A batch has a limit of its own.
  @Override
  AskDoor open(Map<String, String> environment, Path notes) {
    limit = Optional.ofNullable(environment.get("BRIMFUL_SPEND_USD_MAX"));
    var served = new ServedDoor(environment, notes, this::ask);
    return new AskDoor() {
      @Override
      public Outcome ask(String question) {
        return served.ask(question);
      }

      @Override
      public void cancel() {
        String path = served.server().address + "/v1/batches/" + running.get().orElseThrow();
        served.server().send(HttpRequest.newBuilder(URI.create(path)).DELETE());
      }

      @Override
      public void close() {
        served.close();
      }
    };
  }

  private AskDoor.Outcome ask(RunningServer server, String question) {
    ObjectNode order =
        ServedDoor.JSON
            .createObjectNode()
            .put("collection", "notes")
            .put("per", "collection");
    limit.ifPresent(usd -> order.put("max_cost_usd", Double.parseDouble(usd)));
    order.putArray("questions").addObject().put("id", "q").put("question", question);
    JsonNode started = ServedDoor.tree(server.post("/v1/batches", order.toString()).body());
    if (started.path("status").isInt()) {
      return new AskDoor.Outcome("", started.path("status").asText());
    }
    String id = started.path("id").asText();
    running.set(Optional.of(id));
    JsonNode batch = started;
    while (batch.path("state").asText().equals("running")) {
      batch = ServedDoor.tree(server.get("/v1/batches/" + id).body());
      Thread.onSpinWait();
    }
    JsonNode cell =
        ServedDoor.tree(server.get("/v1/batches/" + id + "/cells").body()).at("/data/0");
    return switch (cell.path("state").asText()) {
      case "answered" -> new AskDoor.Outcome(cell.path("answer").asText(), "");
      case "failed" -> new AskDoor.Outcome("", cell.path("cause").asText().split(":")[0]);
      default -> new AskDoor.Outcome("", batch.path("state").asText());
    };
  }

  @Override
  String answer() {
    return """
    {"q":{"answer":"At noon","confidence":0.9,"citations":["notes/broker.md:3"]}}""";
  }

  @Override
  String name() {
    return "batch";
  }

  @Override
  String word(String kind) {
    return kind.equals("UNPAID") ? "halted" : "overflow";
  }
}
