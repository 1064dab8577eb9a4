package brimful.extract.text;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.shown;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Locator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SubtitlesTest {
  private static final String VTT =
      """
      WEBVTT - A talk

      STYLE
      ::cue { color: red }

      NOTE 00:00 this is for editors

      1
      00:01.500 --> 00:03.000 align:start
      <v.loud Mia Smith>Good <i>morning</i> &amp; welcome,
      all.</v>

      intro
      01:02:03.000 --> 01:02:04.900
      <v Bob>Thanks.

      02:00:00.000 --> 02:00:01.000

      02:00:02.000 --> 02:00:03.000
      1 < 2, and 3 > 2
      """;

  @Test
  void readsWhatIsSaidWithSpeakersAndTimes() {
    ReadablePart part = Subtitles.parts(VTT).getFirst();

    assertThat(part.text())
        .isEqualTo("Mia Smith: Good morning & welcome, all.\nBob: Thanks.\n1 < 2, and 3 > 2");
    assertThat(part.places())
        .containsExactly(
            new Locator.Time(1, 3), new Locator.Time(3723, 3724), new Locator.Time(7202, 7203));
    assertThat(part.locator().display()).isEqualTo("00:00:01-02:00:03");
  }

  @Test
  void readsSubRipAndSbv() {
    String srt =
        "\uFEFF1\r\n00:00:01,000 --> 00:00:02,500\r\n<font color=\"#ff0\">{\\an8}One</font>\r\ntwo\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\n- Three\r\n";
    String sbv = "0:00:01.000,0:00:02.500\nOne\ntwo\n\n0:00:03.000,0:00:04.000\n- Three\n";

    assertThat(shown(extract("a.srt", srt))).isEqualTo("a.srt 00:00:01-00:00:04: One two/- Three");
    assertThat(shown(extract("a.sbv", sbv))).isEqualTo("a.sbv 00:00:01-00:00:04: One two/- Three");
  }

  @Test
  void showsLinesThatScrollOnce() {
    String vtt =
        "WEBVTT\n\n00:01.000 --> 00:02.000\nhello<00:01.500><c> there</c>\n\n"
            + "00:02.000 --> 00:02.010\nhello there\n\n"
            + "00:02.010 --> 00:04.000\nhello there\nmy<00:03.000><c> friends</c>\n";

    assertThat(shown(extract("a.vtt", vtt)))
        .isEqualTo("a.vtt 00:00:01-00:00:04: hello there/my friends");
    assertThat(
            Subtitles.parts("00:01.000 --> 00:02.000\nNo.\n\n00:02.000 --> 00:03.000\nNo.\n")
                .getFirst()
                .text())
        .isEqualTo("No.\nNo.");
  }

  @Test
  void readsCuesWithoutFractionsAndWithoutBlankLinesBetween() {
    ReadablePart part =
        Subtitles.parts(
                "1\n0:0:1.5 --> 0:0:2\nfirst\n2\n00:00:05,000 --> 00:00:06,000\n10:30, 11:45\n7\n")
            .getFirst();

    assertThat(part.text()).isEqualTo("first\n10:30, 11:45 7");
    assertThat(part.places()).containsExactly(new Locator.Time(1, 2), new Locator.Time(5, 6));
  }

  @Test
  void readsCuesWhoseArrowsWereMistyped() {
    for (String arrow : new String[] {"->", " -> ", "\u2013>", " --->"}) {
      String cues =
          "00:00:01,000%s00:00:02,000\nOne\n\n00:00:03,000 --> 00:00:04,000\nTwo\n"
              .formatted(arrow);

      assertThat(Subtitles.parts(cues).getFirst().text()).as(arrow).isEqualTo("One\nTwo");
    }
  }

  @Test
  void readsStyledSubtitles() {
    String ass =
        """
        [Script Info]
        Title: x
        [V4+ Styles]
        Format: Name, Fontname
        [Events]
        Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
        Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,note
        Dialogue: 0,0:00:01.50,0:00:03.00,Default,Mia,0,0,0,,{\\\\i1}Good{\\\\i0}\\\\Nmorning, all
        Dialogue: 0,1:00:02.00,1:00:03.00,Default,,0,0,0,,Bye
        """;
    List<ReadablePart> parts = StyledSubtitles.parts(ass.replace("\\\\", "\\"));

    assertThat(parts.getFirst().text()).isEqualTo("Mia: Good morning, all\nBye");
    assertThat(parts.getFirst().places())
        .containsExactly(new Locator.Time(1, 3), new Locator.Time(3602, 3603));
  }

  @Test
  void putsCuesInTheOrderOfTheirTimes() {
    String srt =
        "1\n00:00:05,000 --> 00:00:07,000\nlater\n\n2\n00:00:01,000 --> 00:00:02,000\nfirst\n";

    assertThat(shown(extract("a.srt", srt))).isEqualTo("a.srt 00:00:01-00:00:07: first/later");
  }

  @Test
  void leavesASecondLanguageBelowTheFirst() {
    String cues =
        "1\n00:00:01,000 --> 00:00:03,000\n%s\n\n2\n00:00:04,000 --> 00:00:06,000\n%s\n\n";
    String srt = cues.formatted("Guten Tag.", "Wie geht es?") + cues.formatted("Hello.", "How so?");

    assertThat(shown(extract("a.srt", srt)))
        .isEqualTo("a.srt 00:00:01-00:00:06: Guten Tag./Wie geht es?/Hello./How so?");
  }

  @Test
  void showsAsTextWhatHasNoCue() {
    assertThat(shown(extract("a.srt", "no subtitles\n"))).isEqualTo("a.srt 1-1: no subtitles/");
    assertThat(shown(extract("a.ass", "a donkey\n"))).isEqualTo("a.ass 1-1: a donkey/");
  }
}
