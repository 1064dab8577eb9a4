package brimful.extract.chat;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AssistantExportTest {
  private static String node(String id, String parent, String role, String text) {
    return """
    "%s": {"parent": "%s", "children": [], "message": {"author": {"role": "%s"}, "create_time": 1714560000,
      "content": {"content_type": "text", "parts": ["%s"]}}}\
    """
        .formatted(id, parent, role, text);
  }

  private static String chat(String last, String... nodes) {
    return "[{\"title\": \"T\", \"current_node\": \"%s\", \"mapping\": {%s}}]"
        .formatted(last, String.join(", ", nodes));
  }

  @Test
  void anEditedFirstQuestionKeepsItsAnswer() {
    String json =
        chat(
            "a2",
            "\"r\": {\"message\": null, \"parent\": null, \"children\": [\"u\", \"u2\"]}",
            node("u", "r", "user", "one?"),
            node("a", "u", "assistant", "first"),
            node("u2", "r", "user", "two?"),
            node("a2", "u2", "assistant", "second"));

    var export = extract("conversations.json", json);

    assertThat(shown(export))
        .isEqualTo(
            "conversations.json!/T 2024-05-01 10:40 User, Assistant: User: two?/Assistant: second"
                + "/User: (other branch from the start) one?"
                + "/Assistant: (other branch from the start) first");
    assertThat(outcome(export)).isEqualTo("indexed");
  }

  @Test
  void branchesWithinBranchesSayWhatTheyFollow() {
    String json =
        chat(
            "a2",
            node("u", "", "user", "one?"),
            node("a", "u", "assistant", "first"),
            node("a2", "u", "assistant", "second"),
            node("v", "a", "user", "why?"),
            node("w", "a", "user", "how?"));

    assertThat(shown(extract("conversations.json", json)))
        .endsWith(
            ": User: one?/Assistant: second/Assistant: (other branch after turn 1) first"
                + "/User: (other branch after turn 1) why?/User: (other branch after turn 3) how?");
  }

  @Test
  void branchesOfClaudeFollowTheOneThatItsUserSawLast() {
    String message =
        """
        {"uuid": "%s", "parent_message_uuid": "%s", "sender": "%s", "text": "%s"}\
        """;
    String json =
        """
        [{"uuid": "1", "name": "N", "current_leaf_message_uuid": "d", "chat_messages": [%s]}]\
        """
            .formatted(
                String.join(
                    ", ",
                    message.formatted("a", "00000000-0000-4000-8000-000000000000", "human", "q"),
                    message.formatted("b", "a", "assistant", "old"),
                    message.formatted("c", "a", "assistant", "new"),
                    message.formatted("d", "c", "human", "next")));

    assertThat(shown(extract("conversations.json", json)))
        .endsWith(": User: q/Assistant: new/User: next/Assistant: (other branch after turn 1) old");
  }

  @Test
  void aCircleOfParentsLosesNoMessage() {
    var parents = new LinkedHashMap<String, String>();
    parents.put("a", "b");
    parents.put("b", "a");
    parents.put("c", "none");

    var branches = new MessageTree(parents).branches("?");

    assertThat(branches)
        .containsExactly(
            new MessageTree.Branch("", List.of("c")),
            new MessageTree.Branch("a", List.of("b", "a")));
  }
}
