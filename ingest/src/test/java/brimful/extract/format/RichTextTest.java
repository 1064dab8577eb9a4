package brimful.extract.format;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.shown;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RichTextTest {
  private static String text(String body) {
    String file = "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\pard " + body + "}";
    return shown(extract("a.rtf", file)).replaceFirst("^a\\.rtf \\d+-\\d+: ", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Cost{\\super\\chftn{\\footnote\\pard\\plain{\\super\\chftn}in euro\\par net}} is 5.\\par; Cost [footnote: in euro net] is 5.",
        "Cost{\\super\\chftn{\\*\\footnote\\chftn\\pard in euro}} is 5.\\par; Cost [footnote: in euro] is 5.",
        "The fee{\\*\\atnid B}{\\*\\atnauthor Bo Li}\\chatn{\\*\\annotation{\\*\\atndate 0}{\\*\\atnref 0}\\pard too high\\par} is 5.\\par; The fee [comment by Bo Li: too high] is 5.",
      })
  void putsNotesAndCommentsInPlace(String body, String shown) {
    assertThat(text(body)).isEqualTo(shown);
  }

  @Test
  void aRowOfATableIsALine() {
    String row = "\\trowd\\cellx1\\cellx2\\cellx3";

    String text =
        text(
            "Before\\par"
                + row
                + "\\pard\\intbl Year\\cell\\cell Sum\\cell\\row"
                + row
                + "\\pard\\intbl 20\\par 24\\par\\cell\\pard\\intbl 7\\cell\\cell\\row\\pard After\\par");

    assertThat(text.replaceAll("/+", "/"))
        .isEqualTo("Before/Year | | Sum/20 24 | 7/After".replace("| |", "|  |"));
  }

  @Test
  void showsTheNumbersOfListsButNoBulletsTwice() {
    String text =
        text(
            "{\\listtext Article I\\tab}\\ls1 Scope\\par{\\listtext\\pard (b)\\tab}\\ls1 Term\\par"
                + "{\\listtext\\f1 \\'b7\\tab}\\ls2 tea\\par{\\listtext o\\tab}\\ls2 milk\\par");

    assertThat(text)
        .contains("Article I Scope", "(b) Term", "tea", "milk")
        .doesNotContain("o milk");
  }

  @Test
  void showsTextsOfShapesOnce() {
    String shape =
        "{\\shp{\\*\\shpinst\\shpleft10{\\sp{\\sn shapeType}{\\sv 202}}{\\shptxt\\pard Boxed words\\par}}"
            + "{\\shprslt\\pard Boxed words\\par}}";

    assertThat(text("One " + shape + "two\\par").replaceAll("/+", "/"))
        .isEqualTo("One/Boxed words/two");
  }

  @Test
  void keepsRaisedNumbersApart() {
    assertThat(text("10{\\super 6} J, 5{\\super -3}, CO{\\sub 2}, the 4{\\super th}\\par"))
        .isEqualTo("10^6 J, 5^-3, CO2, the 4th");
  }

  @Test
  void leavesOutWhatIsNoText() {
    assertThat(text("a{\\*\\unknown gone}b{\\deleted c{\\footnote d}}e\\par")).isEqualTo("abe");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\\listtext\\pard\\plain 1.\\tab}one\\par{\\listtext\\pard\\plain 2.\\tab}two\\cell next\\cell\\row; 1. one 2. two | next",
        "a\\cell{\\listtext\\pard\\plain 1.\\tab}item\\cell\\row; a | 1. item",
        "{\\listtext\\pard 7.\\tab}\\cell b\\cell\\row; 7. | b",
        "word{\\super\\chftn{\\footnote\\pard\\plain foot}}\\par second\\cell next\\cell\\row; word [footnote: foot] second | next",
        "Total\\cell{\\super 3} note\\tab{\\super 4} x\\cell\\row; Total | 3 note 4 x",
      })
  void keepsListsAndNotesInTheirCell(String cells, String shown) {
    String text =
        text("Before\\par\\trowd\\cellx1\\cellx2\\pard\\intbl " + cells + "\\pard After\\par");

    assertThat(text.replaceAll("/+", "/").replaceAll("\\s+", " "))
        .isEqualTo("Before/" + shown + "/After");
  }

  @Test
  void keepsTheTextsOfTablesInHeadsApart() {
    String row = "\\pard\\intbl Alpha Corp\\par Beta line\\cell Page one\\cell\\row\\pard";

    assertThat(text("{\\header" + row + "}\\pard body text\\par"))
        .contains("body text")
        .doesNotContain("CorpBeta", "linePage", "onebody");
  }

  @Test
  void takesALetterOfASymbolFontForABullet() {
    String file =
        "{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset2 Wingdings;}}\\pard "
            + "{\\listtext\\f1 v\\tab}sign\\par{\\listtext\\f0 v\\tab}letter\\par}";

    assertThat(shown(extract("a.rtf", file)).replaceAll("/+", "/")).endsWith(": sign/v letter");
  }
}
