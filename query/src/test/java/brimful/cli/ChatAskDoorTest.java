package brimful.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;

final class ChatAskDoorTest extends AskDoorContract {
  @Override
  AskDoor open(Map<String, String> environment, Path notes) {
    return new ServedDoor(environment, notes, ChatAskDoorTest::ask);
  }

  private static AskDoor.Outcome ask(RunningServer server, String question) {
    ObjectNode body = ServedDoor.JSON.createObjectNode().put("model", "brimful/notes@" + BUDGET);
    body.putArray("messages").addObject().put("role", "user").put("content", question);
    HttpResponse<String> answer = server.post("/v1/chat/completions", body.toString());
    return answer.statusCode() == 200
        ? new AskDoor.Outcome(
            ServedDoor.tree(answer.body()).at("/choices/0/message/content").asText(), "")
        : new AskDoor.Outcome("", Integer.toString(answer.statusCode()));
  }

  @Override
  String name() {
    return "chat";
  }

  @Override
  String word(String kind) {
    return kind.equals("UNPAID") ? "402" : "422";
  }
}
