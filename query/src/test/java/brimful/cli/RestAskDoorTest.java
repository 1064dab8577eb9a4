package brimful.cli;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;

final class RestAskDoorTest extends AskDoorContract {
  @Override
  AskDoor open(Map<String, String> environment, Path notes) {
    return new ServedDoor(environment, notes, RestAskDoorTest::ask);
  }

  private static AskDoor.Outcome ask(RunningServer server, String question) {
    String body =
        ServedDoor.JSON
            .createObjectNode()
            .put("collection", "notes")
            .put("question", question)
            .put("budget", BUDGET)
            .toString();
    HttpResponse<String> answer = server.post("/v1/ask", body);
    return answer.statusCode() == 200
        ? new AskDoor.Outcome(ServedDoor.tree(answer.body()).path("answer").asText(), "")
        : new AskDoor.Outcome("", Integer.toString(answer.statusCode()));
  }

  @Override
  String name() {
    return "REST";
  }

  @Override
  String word(String kind) {
    return kind.equals("UNPAID") ? "402" : "422";
  }
}
