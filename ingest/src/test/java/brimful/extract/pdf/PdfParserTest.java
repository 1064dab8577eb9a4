package brimful.extract.pdf;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.shown;
import static brimful.extract.Pdfs.line;
import static brimful.extract.Pdfs.pdf;
import static brimful.extract.Pdfs.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PdfParserTest {
  private static final String[] LEFT = {
    "The committee reviewed the annual",
    "report of the orchard and",
    "approved the budget for the",
    "coming fiscal year at last."
  };
  private static final String[] RIGHT = {
    "Separately the auditors found",
    "that storage losses had",
    "doubled since the flood of",
    "the previous spring season."
  };

  private static String read(String... pages) {
    return shown(extract("a.pdf", pdf(pages))).replace("a.pdf p. 1: ", "");
  }

  /// Draws rows of two cells each.
  private static String rows(int down, String[] left, String[] right) {
    var page = new StringBuilder();
    for (int i = 0; i < left.length; i++) {
      page.append(text(60, 700 - 14 * i, left[i])).append(text(330, 700 - 14 * i - down, right[i]));
    }
    return page.toString();
  }

  private static final String COLUMNS =
      "Title of both columns, which is as wide as they are and so stands in their way"
          + "//The committee reviewed the annual/report of the orchard and"
          + "/approved the budget for the/coming fiscal year at last."
          + "//Separately the auditors found/that storage losses had"
          + "/doubled since the flood of/the previous spring season.";

  @Test
  void readsOneColumnAfterTheOtherThoughTheyAreDrawnRowByRow() {
    String title =
        line(740, "Title of both columns, which is as wide as they are and so stands in their way");

    assertThat(read(title + rows(0, LEFT, RIGHT))).isEqualTo(COLUMNS);
    assertThat(read(title + rows(5, LEFT, RIGHT))).isEqualTo(COLUMNS);
  }

  @Test
  void readsThreeColumns() {
    var page = new StringBuilder();
    for (int i = 0; i < LEFT.length; i++) {
      page.append(text(20, 700 - 14 * i, LEFT[i]))
          .append(text(210, 700 - 14 * i, RIGHT[i]))
          .append(text(400, 700 - 14 * i, LEFT[i]));
    }

    String left = String.join("/", LEFT);
    assertThat(read(page.toString()))
        .isEqualTo(left + "//" + String.join("/", RIGHT) + "//" + left);
  }

  @Test
  void keepsTheRowsOfATable() {
    String[] names = {"Apples of the late harvest", "Pears", "Quinces and medlars", "Figs, dried"};
    String[] sums = {"1,204 tons", "318 tons", "77 tons", "9 tons"};
    String[] notes = {
      "Sold to the cidery in town", "Kept for the winter", "Given to the school", "Exported"
    };

    assertThat(read(rows(0, names, sums)))
        .isEqualTo(
            "Apples of the late harvest 1,204 tons/Pears 318 tons/Quinces and medlars 77 tons/Figs, dried 9 tons");
    assertThat(read(rows(0, names, notes)))
        .startsWith("Apples of the late harvest Sold to the cidery in town/Pears Kept for");
  }

  @Test
  void readsWhatIsDrawnLateWhereItStands() {
    String page =
        line(700, "Sales by region, in tons:")
            + line(600, "Sales rose for the third year.")
            + line(670, "North 12")
            + line(656, "South 15")
            + line(740, "Annual report");

    assertThat(read(page))
        .isEqualTo(
            "Annual report//Sales by region, in tons://North 12/South 15//Sales rose for the third year.");
  }

  @Test
  void leavesColumnsInTheOrderInWhichTheyAreDrawn() {
    var page = new StringBuilder();
    for (int column = 0; column < 2; column++) {
      for (int i = 0; i < LEFT.length; i++) {
        page.append(text(60 + 270 * column, 700 - 14 * i, (column == 0 ? LEFT : RIGHT)[i]));
      }
    }

    assertThat(read(page.toString()))
        .isEqualTo(String.join("/", LEFT) + "//" + String.join("/", RIGHT));
  }

  @Test
  void readsHebrewFromRightToLeftHoweverItIsDrawn() {
    String asSeen = text(300, 700, "\u00c3\u00c2") + text(330, 700, "\u00c1\u00c0");
    String asRead =
        text(340, 700, "\u00c0")
            + text(333, 700, "\u00c1")
            + text(310, 700, "\u00c2")
            + text(303, 700, "\u00c3");

    assertThat(read(asSeen)).isEqualTo("אב גד");
    assertThat(read(asRead)).isEqualTo("אב גד");
    assertThat(read(asSeen.replace("700", "714") + text(250, 700, "Java 25") + asSeen))
        .isEqualTo("אב גד/אב גד Java 25");
  }

  @Test
  void readsAPageThatIsListedTwice() {
    String file = new String(pdf(line(700, "Once.")), ISO_8859_1);
    String twice = file.replace("/Count 1/Kids[5 0 R ]", "/Count 2/Kids[5 0 R 5 0 R]");

    assertThat(shown(extract("a.pdf", twice.getBytes(ISO_8859_1))))
        .isEqualTo("a.pdf p. 1: Once.\na.pdf p. 2: Once.");
  }

  @Test
  void readsNoPageTwiceWhereTheListOfPagesLeadsBackIntoItself() {
    String file = new String(pdf(line(700, "First."), line(700, "Second.")), ISO_8859_1);
    String loop = file.replace("/Kids[5 0 R 7 0 R ]", "/Kids[5 0 R 2 0 R 7 0 R 2 0 R]");

    assertThat(shown(extract("a.pdf", loop.getBytes(ISO_8859_1))))
        .isEqualTo("a.pdf p. 1: First.\na.pdf p. 2: Second.");
  }

  @Test
  void aCaptionStaysInOnePieceUnderItsFigure() {
    String figure = text(80, 640, "0") + text(160, 640, "5") + text(400, 640, "10 years");
    String within = text(80, 640, "0") + text(250, 640, "5 to 10 years") + text(400, 640, "20");
    String wide =
        line(620, "Figure 1: Losses of the storage halls by year, measured after each flood, and")
            + line(606, "of the orchard itself.");
    String below = wide + lowered(rows(0, RIGHT, LEFT));

    assertThat(read(rows(0, LEFT, RIGHT) + figure + below)).isEqualTo(captioned("0 5 10 years"));
    assertThat(read(rows(0, LEFT, RIGHT) + within + below))
        .isEqualTo(captioned("0 5 to 10 years 20"));
  }

  private static String captioned(String labels) {
    return String.join("/", LEFT)
        + "//"
        + String.join("/", RIGHT)
        + "//"
        + labels
        + "//Figure 1: Losses of the storage halls by year, measured after each"
        + " flood, and/of the orchard itself.//"
        + String.join("/", RIGHT)
        + "//"
        + String.join("/", LEFT);
  }

  @Test
  void aCaptionOfOneColumnStaysInThatColumn() {
    String[] left = LEFT.clone();
    left[2] = "Figure 2: The orchard, 2019.";
    String[] right = RIGHT.clone();

    assertThat(read(rows(0, left, right)))
        .isEqualTo(String.join("/", left) + "//" + String.join("/", right));
  }

  private static String lowered(String page) {
    return page.replaceAll(" 700 Tm", " 570 Tm")
        .replaceAll(" 686 Tm", " 556 Tm")
        .replaceAll(" 672 Tm", " 542 Tm")
        .replaceAll(" 658 Tm", " 528 Tm");
  }
}
