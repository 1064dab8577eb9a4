package brimful.extract.chat;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.members;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Locator;
import brimful.corpus.Minutes;
import brimful.extract.ExtractLimits;
import brimful.extract.Section;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChatFileTest {
  private static final String TREE =
      """
      [{"title": "Trip/Plan", "create_time": 1714560000.5, "current_node": "d", "mapping": {
        "r": {"id": "r", "message": null, "parent": null, "children": ["s"]},
        "s": {"id": "s", "message": {"author": {"role": "system"}, "content": {"content_type": "text",
              "parts": ["hidden"]}}, "parent": "r", "children": ["a"]},
        "a": {"id": "a", "message": {"author": {"role": "user"}, "create_time": 1714560000.5,
              "content": {"content_type": "multimodal_text",
              "parts": [{"content_type": "image_asset_pointer"}, "where to?"]}},
              "parent": "s", "children": ["b", "d"]},
        "b": {"id": "b", "message": {"author": {"role": "assistant"}, "create_time": 1714560060,
              "content": {"content_type": "text", "parts": ["an older answer"]}}, "parent": "a", "children": []},
        "d": {"id": "d", "message": {"author": {"role": "assistant"}, "create_time": 1714560120,
              "content": {"content_type": "text", "parts": ["to Ghent\\n\\n\\n\\nby train \\ue200cite\\ue202x\\ue201"]}},
              "parent": "a", "children": []}}},
       {"title": "Trip/Plan", "mapping": {"a": {"message": {"author": {"role": "user"},
              "content": {"content_type": "text", "parts": ["again"]}}, "children": []}}}]
      """;

  @Test
  void readsTheBranchOfChatGptThatItsUserLastSawAndThenTheOthers() {
    var export = extract("conversations.json", TREE);

    assertThat(shown(export))
        .isEqualTo(
            """
            conversations.json!/Trip Plan 2024-05-01 10:40-10:42 User, Assistant: \
            User: [image]/where to?/Assistant: to Ghent//by train\
            /Assistant: (other branch after turn 1) an older answer
            conversations.json!/Trip Plan~2 turn 1 User: User: again\
            """);
    assertThat(outcome(export)).isEqualTo("indexed");
    assertThat(members(export))
        .containsExactly(
            Map.entry("conversations.json!/Trip Plan", "indexed"),
            Map.entry("conversations.json!/Trip Plan~2", "indexed"));
  }

  @Test
  void eachLineHasThePlaceOfItsTurn() {
    Section section = extract("conversations.json", TREE).texts().getFirst().sections().getFirst();

    Locator first = turn(1, "2024-05-01T10:40", "User");
    Locator second = turn(2, "2024-05-01T10:42", "Assistant");
    Locator other = turn(3, "2024-05-01T10:41", "Assistant");
    assertThat(section.places()).containsExactly(first, first, second, second, second, other);
  }

  private static Locator turn(int number, String time, String speaker) {
    return new Locator.Turns(
        number, number, Optional.of(Minutes.of(LocalDateTime.parse(time))), List.of(speaker));
  }

  @Test
  void aTableWhoseRowsHaveRolesStaysText() {
    String rows =
        """
        {"id": 1, "role": "user", "text": "bio", "email": "a@example.org", "salary": 100}
        {"id": 2, "role": "user", "text": "none", "email": "b@example.org", "salary": 200}
        """;

    assertThat(shown(extract("users.jsonl", rows))).contains("b@example.org", "200");
  }

  @Test
  void readsWhatClaudeExports() {
    String json =
        """
        [{"uuid": "1", "name": "Valves", "created_at": "2024-05-01T10:00:00.1Z", "chat_messages": [
          {"uuid": "2", "sender": "human", "text": "which valve?", "content": [
            {"type": "text", "text": "which valve?"}], "created_at": "2024-05-01T10:00:00Z",
            "attachments": [{"file_name": "list.txt", "extracted_content": "brass"}], "files": []},
          {"uuid": "3", "sender": "assistant", "text": "", "created_at": "2024-05-01T10:01:00Z", "content": [
            {"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "the brass one"}]}]}]
        """;

    assertThat(shown(extract("conversations.json", json)))
        .isEqualTo(
            "conversations.json!/Valves 2024-05-01 10:00-10:01 User, Assistant: "
                + "User: which valve?/[file list.txt]/brass/Assistant: the brass one");
  }

  @Test
  void readsADayOfSlackWithItsThreads() {
    String json =
        """
        [{"type": "message", "user": "U1", "ts": "1714560000.0001", "thread_ts": "1714560000.0001",
          "text": "ship at <https://x.org|noon>? &amp; <@U2>", "user_profile": {"real_name": "Mia Ode"}},
         {"type": "message", "user": "U3", "ts": "1714560060.0001", "text": "lunch",
          "files": [{"name": "menu.pdf"}]},
         {"type": "message", "user": "U2", "ts": "1714560120.0001", "thread_ts": "1714560000.0001",
          "text": "yes <!here>", "user_profile": {"real_name": "Bob"}},
         {"subtype": "bot_message", "username": "CI", "ts": "1714560180.0001", "text": "built"},
         {"no": "message"}]
        """;

    var day = extract("general/2024-05-01.json", json);

    assertThat(shown(day))
        .isEqualTo(
            "general/2024-05-01.json 2024-05-01 10:40-10:43 Mia Ode, Bob, U3, CI: "
                + "10:40 Mia Ode: ship at noon (https://x.org)? & @Bob/"
                + "10:42 Bob: (reply to Mia Ode) yes @here/"
                + "10:41 U3: lunch/[file menu.pdf]/10:43 CI: built");
    assertThat(outcome(day)).isEqualTo("truncated: 4 of 5 turns");
  }

  @Test
  void readsTelegramDayByDayWithReplies() {
    String json =
        """
        {"name": "Boat/Crew", "type": "private_group", "id": 1, "messages": [
          {"id": 1, "type": "service", "date": "2024-05-01T10:00:00", "actor": "Ann", "actor_id": "u1",
           "action": "create_group", "title": "Boat", "text": ""},
          {"id": 2, "type": "message", "date": "2024-05-01T10:01:00", "from": "Ann", "from_id": "u1",
           "text": ["see ", {"type": "link", "text": "https://x.org"}]},
          {"id": 3, "type": "message", "date": "2024-05-02T09:00:00", "from": "Bob", "from_id": "u2",
           "reply_to_message_id": 2, "text": "seen", "file": "files/plan.pdf"}]}
        """;

    assertThat(shown(extract("result.json", json)))
        .isEqualTo(
            """
            result.json!/Boat Crew 2024-05-01 2024-05-01 10:00-10:01 Ann: \
            10:00 Ann: (create_group Boat)/10:01 Ann: see https://x.org
            result.json!/Boat Crew 2024-05-02 2024-05-02 09:00 Bob: \
            09:00 Bob: (reply to Ann) seen/[file plan.pdf]\
            """);
  }

  @Test
  void readsADiscordChannelAndTeams() {
    String discord =
        """
        {"guild": {"id": "1", "name": "G"}, "channel": {"id": "2", "name": "general"},
         "messages": [{"id": "5", "type": "Default", "timestamp": "2024-05-01T10:00:00+02:00",
           "content": "hello", "author": {"name": "mia", "nickname": "Mia"}, "attachments": []},
          {"id": "6", "type": "Reply", "timestamp": "2024-05-01T10:02:00+02:00", "content": "hi",
           "author": {"name": "bob"}, "reference": {"messageId": "5"}}]}
        """;
    String teams =
        """
        {"@odata.context": "x", "value": [
          {"id": "2", "replyToId": null, "messageType": "message", "createdDateTime": "2024-05-01T11:00:00Z",
           "from": {"user": {"displayName": "Bob"}}, "body": {"contentType": "html", "content": "<p>fine &amp; dry</p>"}},
          {"id": "1", "messageType": "message", "createdDateTime": "2024-05-01T10:00:00Z",
           "from": {"user": {"displayName": "Mia"}}, "body": {"contentType": "text", "content": "weather?"}}]}
        """;

    assertThat(shown(extract("general.json", discord)))
        .isEqualTo(
            "general.json!/general 2024-05-01 2024-05-01 10:00-10:02 Mia, bob: "
                + "10:00 Mia: hello/10:02 bob: (reply to Mia) hi");
    assertThat(shown(extract("teams.json", teams)))
        .isEqualTo(
            "teams.json!/2024-05-01 2024-05-01 10:00-11:00 Mia, Bob: "
                + "10:00 Mia: weather?/11:00 Bob: fine & dry");
  }

  @Test
  void readsTheLogsOfCodingAssistants() {
    String claude =
        """
        {"type": "summary", "summary": "Fix the valve", "leafUuid": "x"}
        {"type": "user", "sessionId": "s", "timestamp": "2024-05-01T10:00:00.000Z", "message": {"role": "user", "content": "fix it"}}
        {"type": "assistant", "sessionId": "s", "timestamp": "2024-05-01T10:01:00.000Z", "message": {"role": "assistant", "content": [{"type": "thinking", "thinking": "…"}, {"type": "text", "text": "looking"}, {"type": "tool_use", "name": "Bash", "input": {"command": "ls"}}]}}
        {"type": "user", "sessionId": "s", "timestamp": "2024-05-01T10:01:01.000Z", "message": {"role": "user", "content": [{"type": "tool_result", "content": "valve.c"}]}}
        """;
    String codex =
        """
        {"timestamp": "2024-05-01T10:00:00Z", "type": "session_meta", "payload": {"id": "x"}}
        {"timestamp": "2024-05-01T10:00:00Z", "type": "response_item", "payload": {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "fix it"}]}}
        {"timestamp": "2024-05-01T10:00:05Z", "type": "response_item", "payload": {"type": "function_call", "name": "shell", "arguments": "{\\"command\\": [\\"ls\\"]}"}}
        {"timestamp": "2024-05-01T10:00:06Z", "type": "response_item", "payload": {"type": "function_call_output", "output": "valve.c"}}
        {"timestamp": "2024-05-01T10:00:07Z", "type": "event_msg", "payload": {"type": "token_count"}}
        """;

    assertThat(shown(extract("s.jsonl", claude)))
        .isEqualTo(
            "s.jsonl 2024-05-01 10:00-10:01 Summary, User, Assistant, Tool: Summary: Fix the valve/"
                + "User: fix it/Assistant: looking/[Bash] ls/Tool: [result] valve.c");
    assertThat(shown(extract("r.jsonl", codex)))
        .isEqualTo(
            "r.jsonl 2024-05-01 10:00 User, Assistant, Tool: "
                + "User: fix it/Assistant: [shell] ls/Tool: [result] valve.c");
  }

  @Test
  void readsMessagesWithRoles() {
    String tuning =
        """
        {"messages": [{"role": "user", "content": "a?"}, {"role": "assistant", "content": "b"}]}
        {"messages": [{"role": "user", "content": "c?"}], "label": 1}
        """;

    assertThat(shown(extract("train.jsonl", tuning)))
        .isEqualTo(
            """
            train.jsonl!/1 turn 1-2 User, Assistant: User: a?/Assistant: b
            train.jsonl!/2 turn 1-2 Settings, User: Settings: label: 1/User: c?\
            """);
    assertThat(
            shown(
                extract(
                    "chat.json", "{\"messages\": [{\"role\": \"user\", \"content\": \"a?\"}]}")))
        .isEqualTo("chat.json turn 1 User: User: a?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.json | {\"mapping\": {\"a\": 1}, \"b\": [2]}",
        "a.json | [{\"mapping\": {}}]",
        "a.json | [{\"ts\": \"1714560000.0001\", \"user\"",
        "a.json | {\"messages\": [{\"role\": \"user\"}]}",
        "a.jsonl | {\"sessionId\": \"x\"}",
        "a.json | {\"value\": [{\"createdDateTime\": \"2024-05-01T10:00:00Z\", \"subject\": \"s\", \"body\": {\"content\": \"a mail\"}}]}",
        "a.txt | 2024-05-01 10:00 - INFO: started",
        "a.txt | 2024-05-01 10:00 - somewhere : else",
        "a.txt | [2031-06-02 07:12] mira: is that a snail?",
      })
  void whatOnlyLooksLikeAnExportStaysText(String name, String text) {
    var file = extract(name, text);

    assertThat(outcome(file)).isEqualTo("indexed");
    if (!text.contains("somewhere")) {
      assertThat(shown(file)).isEqualTo(name + " 1-1: " + text);
    }
  }

  @Test
  void whatStandsBehindTheMessagesIsShown() {
    String text =
        """
        {"model": "m", "messages": [{"role": "user", "content": "hi"}], "expected": "BEHIND"}
        """;

    assertThat(shown(extract("request.json", text))).contains("model: m", "hi", "expected: BEHIND");
  }

  @Test
  void readsAListOfConversationsInOneFile() {
    String text =
        """
        [{"id": "a", "conversations": [{"from": "human", "value": "q1"}, {"from": "gpt", "value": "a1"}]},
         {"id": "b", "conversations": [{"from": "human", "value": "q2"}, {"from": "gpt", "value": "a2"}]}]
        """;

    assertThat(shown(extract("train.json", text)))
        .contains("train.json!/1", "User: q1/Assistant: a1", "id: b/User: q2/Assistant: a2");
  }

  @Test
  void anExportMayBeginWithAByteOrderMarkOrBeUtf16() {
    for (String name : List.of("UTF-8", "UTF-16LE")) {
      byte[] bytes = ("\ufeff" + TREE).getBytes(Charset.forName(name));

      assertThat(shown(extract("conversations.json", bytes))).contains("User: ");
    }
  }

  @Test
  void anExportThatBreaksOffKeepsWhatWasThere() {
    var export =
        extract(
            "conversations.json",
            TREE.substring(0, TREE.indexOf("{\"title\": \"Trip/Plan\", \"map") + 9));

    assertThat(shown(export)).contains("to Ghent");
    assertThat(outcome(export)).startsWith("truncated: 3 turns, then: the JSON is broken");
  }

  @Test
  void moreConversationsThanMembersAreCounted() {
    String one =
        "{\"title\": \"%s\", \"mapping\": {\"a\": {\"message\": {\"author\": {\"role\": \"user\"}, \"content\": {\"parts\": [\"x\"]}}}}}";
    var all = new StringBuilder("[");
    for (int i = 0; i < 5; i++) {
      all.append(i == 0 ? "" : ",").append(one.formatted("t" + i));
    }

    byte[] file = all.append("]").toString().getBytes(UTF_8);
    var limits =
        new ExtractLimits(1 << 20, 1 << 20, 1000, 10, 3, 10, 1 << 20, Duration.ofSeconds(9));

    var export = extract("conversations.json", file, limits);

    assertThat(outcome(export)).isEqualTo("truncated: 3 of 5 members (limit members=3)");
    assertThat(members(export)).hasSize(3);
  }
}
