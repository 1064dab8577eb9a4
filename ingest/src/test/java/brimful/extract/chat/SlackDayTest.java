package brimful.extract.chat;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SlackDayTest {
  private static final String FIRST =
      """
      {"type": "message", "user": "U1", "text": "first", "ts": "1714560000.0001"}\
      """;

  private static String day(String... messages) {
    return "[" + FIRST + ", " + String.join(", ", messages) + "]";
  }

  @Test
  void readsWhatStandsOnlyInBlocks() {
    String rich =
        """
        {"type": "message", "user": "U1", "text": "", "ts": "1714560060.0005", "blocks": [
          {"type": "rich_text", "elements": [
            {"type": "rich_text_section", "elements": [
              {"type": "text", "text": "a < b, ask "}, {"type": "user", "user_id": "U2"},
              {"type": "emoji", "name": "tada"}, {"type": "link", "url": "https://x.org", "text": "here"}]},
            {"type": "rich_text_list", "elements": [
              {"type": "rich_text_section", "elements": [{"type": "text", "text": "item"}]}]}]}]}\
        """;
    String bot =
        """
        {"type": "message", "subtype": "bot_message", "username": "CI", "text": "", "ts": "1714560120.0", "blocks": [
          {"type": "header", "text": {"type": "plain_text", "text": "Build"}},
          {"type": "section", "text": {"type": "mrkdwn", "text": "passed"},
            "fields": [{"type": "mrkdwn", "text": "took 4 min"}]},
          {"type": "context", "elements": [{"type": "image", "alt_text": "logo"}, {"type": "mrkdwn", "text": "main"}]}]}\
        """;

    var export = extract("gen/2024-05-01.json", day(rich, bot));

    assertThat(shown(export))
        .endsWith(
            "10:40 U1: first/10:41 U1: a < b, ask @U2:tada:here (https://x.org)/- item"
                + "/10:42 CI: Build/passed/took 4 min/logo/main");
    assertThat(outcome(export)).isEqualTo("indexed");
  }

  @Test
  void blocksThatRepeatTheTextAreNotShownTwice() {
    String both =
        """
        {"type": "message", "user": "U1", "text": "see <@U2|tom>: a &amp; b", "ts": "1714560060.0005", "blocks": [
          {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
            {"type": "text", "text": "see "}, {"type": "user", "user_id": "U2"}, {"type": "text", "text": ": a & b"}]}]},
          {"type": "section", "text": {"type": "mrkdwn", "text": "and more"}}]}\
        """;

    assertThat(shown(extract("gen/2024-05-01.json", day(both))))
        .endsWith("10:41 U1: see @tom: a & b/and more");
  }

  @Test
  void aMessageWithoutATimeKeepsItsPlace() {
    String none =
        """
        {"type": "message", "user": "U2", "text": "no time"}\
        """;
    String later =
        """
        {"type": "message", "user": "U1", "text": "later", "ts": "1714560060.0001"}\
        """;

    var export = extract("gen/2024-05-01.json", day(none, none, later));

    assertThat(shown(export)).endsWith("10:40 U1: first/U2: no time/U2: no time/10:41 U1: later");
    assertThat(outcome(export)).isEqualTo("indexed");
  }

  @Test
  void readsAttachmentsAndCountsWhatItCannotShow() {
    String attached =
        """
        {"type": "message", "bot_id": "B1", "text": "", "ts": "1714560060.0001", "attachments": [
          {"fallback": "disk at 91 %"}, {"title": "Runbook", "blocks": [
            {"type": "section", "text": {"type": "mrkdwn", "text": "free space"}}], "fallback": "[no preview]"}],
          "files": [{"id": "F1", "mode": "tombstone"}]}\
        """;
    String unknown =
        """
        {"type": "message", "user": "U1", "text": "", "ts": "1714560120.0001", "blocks": [{"type": "map", "at": 7}]}\
        """;

    var export = extract("gen/2024-05-01.json", day(attached, unknown));

    assertThat(shown(export)).endsWith("10:41 Unknown: disk at 91 %/Runbook/free space/[file F1]");
    assertThat(outcome(export)).isEqualTo("truncated: 2 of 3 turns");
  }
}
