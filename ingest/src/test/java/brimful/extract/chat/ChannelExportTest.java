package brimful.extract.chat;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

final class ChannelExportTest {
  @Test
  void teamsNamesPeopleByTheirIdsAndSaysWhoJoined() {
    String json =
        """
        {"conversations": [{"displayName": "Plan", "MessageList": [
          {"id": "1", "displayName": "Zoe", "from": "8:live:zoe", "originalarrivaltime": "2024-05-01T10:40:00Z",
           "messagetype": "RichText", "content": "<p>hello</p>"},
          {"id": "2", "displayName": null, "from": "8:live:zoe", "originalarrivaltime": "2024-05-01T10:41:00Z",
           "messagetype": "ThreadActivity/AddMember",
           "content": "<addmember><eventtime>17145</eventtime><target>8:live:yan</target></addmember>"},
          {"id": "3", "displayName": null, "from": "8:live:yan", "originalarrivaltime": "2024-05-01T10:42:00Z",
           "messagetype": "Text", "content": "hi"},
          {"id": "4", "displayName": null, "from": "x", "originalarrivaltime": "2024-05-01T10:43:00Z",
           "messagetype": "ThreadActivity/AddMember", "content": "<addmember/>"},
          {"id": "5", "displayName": null, "from": "8:live:yan", "originalarrivaltime": "2024-05-01T10:44:00Z",
           "messagetype": "Text", "content": ""}]}]}
        """;

    var export = extract("messages.json", json);

    assertThat(shown(export))
        .endsWith(
            ": 10:40 Zoe: hello/10:41 Zoe: (AddMember yan)/10:42 yan: hi/10:43 x: (AddMember)");
    assertThat(outcome(export)).isEqualTo("truncated: 4 of 5 turns");
  }

  @Test
  void teamsOfGraphSaysWhoJoined() {
    String json =
        """
        {"value": [{"id": "1", "messageType": "systemEventMessage", "createdDateTime": "2024-05-01T10:00:00Z",
          "from": null, "body": {"contentType": "html", "content": "<systemEventMessage/>"},
          "eventDetail": {"@odata.type": "#microsoft.graph.membersAddedEventMessageDetail",
            "members": [{"id": "u1", "displayName": "Bob"}]}}]}
        """;

    assertThat(shown(extract("teams.json", json))).endsWith(": 10:00 Unknown: (membersAdded Bob)");
  }

  @Test
  void telegramShowsPlacesAndTheNamesOfFilesAndCountsTheRest() {
    String json =
        """
        {"name": "Boat", "type": "private_group", "messages": [
          {"id": 1, "type": "message", "date": "2024-05-01T10:00:00", "from": "Ann", "text": "",
           "location_information": {"latitude": 48.1, "longitude": 11.5}},
          {"id": 2, "type": "message", "date": "2024-05-01T10:01:00", "from": "Ann", "text": "",
           "file": "files/file_7.pdf", "file_name": "sail plan.pdf"},
          {"id": 3, "type": "message", "date": "2024-05-01T10:02:00", "from": "Ann", "text": "", "game": {}}]}
        """;

    var export = extract("result.json", json);

    assertThat(shown(export))
        .endsWith(": 10:00 Ann: [location 48.1, 11.5]/10:01 Ann: [file sail plan.pdf]");
    assertThat(outcome(export)).isEqualTo("truncated: 2 of 3 turns");
  }

  @Test
  void telegramOfOneMessageIsAnExport() {
    String json =
        """
        {"about": "x", "chats": {"about": "..", "list": [{"name": "Solo", "type": "personal_chat", "id": 5,
          "messages": [{"id": 1, "type": "message", "date": "2024-05-01T08:01:00", "from": "Wim", "text": "hi"}]}]}}
        """;

    assertThat(shown(extract("result.json", json)))
        .isEqualTo("result.json!/Solo 2024-05-01 2024-05-01 08:01 Wim: 08:01 Wim: hi");
  }

  @Test
  void readsTheDataThatDiscordGivesAPerson() {
    String json =
        """
        [{"ID": 123, "Timestamp": "2024-05-01 10:00:00", "Contents": "hello", "Attachments": ""},
         {"ID": 124, "Timestamp": "2024-05-01 10:01:00", "Contents": "", "Attachments": "https://x.org/a.png"}]
        """;
    String table =
        """
        ID,Timestamp,Contents,Attachments
        124,2024-05-01 10:00:00.000000+00:00,"one, two
        lines",
        125,2024-05-01 10:01:00.000000+00:00
        """;

    assertThat(shown(extract("c123/messages.json", json)))
        .endsWith(": 10:00 Me: hello/10:01 Me: [file https://x.org/a.png]");
    var rows = extract("c124/messages.csv", table);
    assertThat(shown(rows)).endsWith(": 10:00 Me: one, two/lines");
    assertThat(outcome(rows)).isEqualTo("truncated: 1 of 2 turns");
  }

  @Test
  void slacksDirectMessagesAreNamedByPeople() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      put(
          zip,
          "users.json",
          "[{\"id\": \"U1\", \"name\": \"mia\"}, {\"id\": \"U2\", \"name\": \"tom\"}]");
      put(zip, "dms.json", "[{\"id\": \"D1\", \"members\": [\"U1\", \"U2\"]}]");
      put(
          zip,
          "D1/2024-05-01.json",
          "[{\"type\": \"message\", \"user\": \"U1\", \"text\": \"hi\", \"ts\": \"1714560000.0001\"}]");
    }

    assertThat(shown(extract("s.zip", bytes.toByteArray())))
        .contains("s.zip!/D1/2024-05-01.json!/mia, tom 2024-05-01 10:40 mia: 10:40 mia: hi");
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(UTF_8));
  }
}
