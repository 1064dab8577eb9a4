package brimful.extract.chat;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.shown;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What messages carry beside their text.
final class MessageExtrasTest {
  @Test
  void keepsFieldsWithWordsAndNamesOfFiles() {
    String lines =
        """
        {"role": "user", "content": "hi", "id": "m1", "note": "said on the phone", "attachments": [{"name": "plan.pdf", "alt": "the cellar"}, "photo.jpg"], "reactions": [{"name": "thumbs up"}]}
        {"role": "assistant", "content": null, "refusal": "I cannot do that.", "reaction": "clap clap", "model": "m-1"}
        """;

    assertThat(shown(extract("a.jsonl", lines)))
        .endsWith(
            "User: hi/note: said on the phone/[file plan.pdf: the cellar]/[file photo.jpg]"
                + "/Assistant: refusal: I cannot do that.");
  }

  @Test
  void keepsTheNamesOfFilesInExportsOfChatGpt() {
    String export =
        """
        [{"title": "Plan", "current_node": "a", "mapping": {"a": {"parent": "", "children": [], "message": {
          "author": {"role": "user"}, "create_time": 1714557600, "content": {"content_type": "text", "parts": ["read it"]},
          "metadata": {"attachments": [{"id": "f", "name": "budget 2024.xlsx"}]}}}}}]
        """;

    assertThat(shown(extract("conversations.json", export)))
        .endsWith("User: read it/[file budget 2024.xlsx]");
  }

  @Test
  void keepsWhatProgramsAddInSlackAndDiscord() {
    String slack =
        """
        [{"user": "U1", "ts": "1714557600.000", "text": "build", "attachments": [{"pretext": "Heads up", "title": "Run 7", "text": "broken", "fields": [{"title": "Branch", "value": "main"}], "footer": "by CI"}], "reactions": [{"name": "eyes"}]}]
        """;
    String discord =
        """
        {"guild": {"name": "G"}, "channel": {"name": "general"}, "messages": [
          {"id": "1", "timestamp": "2024-05-01T10:00:00+00:00", "content": "look", "author": {"name": "ann"},
           "embeds": [{"title": "T", "fields": [{"name": "Price", "value": "9 euros"}], "footer": {"text": "shop"}}],
           "stickers": [{"name": "Wave"}], "reactions": [{"emoji": {"name": "ok"}}]}]}
        """;

    assertThat(shown(extract("general/2024-05-01.json", slack)))
        .endsWith("build/Heads up/Run 7/broken/Branch: main/by CI");
    assertThat(shown(extract("discord.json", discord)))
        .endsWith("look/T/Price: 9 euros/shop/[sticker Wave]");
  }

  @Test
  void keepsWhatTelegramAndTeamsSayBesides() {
    String telegram =
        """
        {"name": "Trip", "type": "private_group", "messages": [
          {"id": 1, "type": "message", "date": "2024-05-01T10:00:00", "from": "Ann", "from_id": "u1", "file": "a/song.mp3", "performer": "The Band", "title": "A Song", "text": ""},
          {"id": 2, "type": "message", "date": "2024-05-01T10:01:00", "from": "Bob", "from_id": "u2", "text": "", "contact_information": {"first_name": "Eve", "phone_number": "+1 555"}},
          {"id": 3, "type": "service", "date": "2024-05-01T10:02:00", "actor": "Ann", "actor_id": "u1", "action": "invite_members", "members": ["Eve", "Dan"], "text": ""},
          {"id": 4, "type": "message", "date": "2024-05-01T10:03:00", "from": "Bob", "from_id": "u2", "text": "here", "place_name": "Old Mill", "reactions": [{"emoji": "x"}]}]}
        """;
    String teams =
        """
        {"value": [{"id": "1", "createdDateTime": "2024-05-01T10:00:00Z", "messageType": "message", "subject": "Budget", "from": {"user": {"displayName": "Ann"}}, "body": {"content": "<p>see there</p>"}}]}
        """;

    assertThat(shown(extract("result.json", telegram)))
        .contains("Ann: [file song.mp3]/The Band A Song")
        .contains("Bob: Eve +1 555")
        .contains("(invite_members)")
        .contains("Eve, Dan")
        .endsWith("Bob: here/place_name: Old Mill");
    assertThat(shown(extract("teams.json", teams))).endsWith("Ann: Budget/see there");
  }
}
