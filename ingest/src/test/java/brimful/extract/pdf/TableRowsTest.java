package brimful.extract.pdf;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.shown;
import static brimful.extract.Pdfs.line;
import static brimful.extract.Pdfs.pdf;
import static brimful.extract.Pdfs.text;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TableRowsTest {
  private static String read(String page) {
    return shown(extract("a.pdf", pdf(page))).replace("a.pdf p. 1: ", "");
  }

  /// Draws rows of cells at the same places, from above; `-` is no cell.
  private static String rows(String... rows) {
    var page = new StringBuilder();
    for (int row = 0; row < rows.length; row++) {
      String[] cells = rows[row].split(",", -1);
      for (int column = 0; column < cells.length; column++) {
        if (!cells[column].equals("-")) {
          page.append(text(60 + 120 * column, 700 - 14 * row, cells[column]));
        }
      }
    }
    return page.toString();
  }

  @Test
  void keepsTheEmptyCellsOfATable() {
    assertThat(
            read(rows("Item,Qty,Note", "Apples,12,ripe", "Pears,-,hard", "-,-,sour", "Figs,7,-")))
        .isEqualTo("Item | Qty | Note/Apples | 12 | ripe/Pears | | hard//| | sour/Figs | 7");
  }

  private static List<TextLine> grid(int rows) {
    List<TextLine> lines = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      List<TextLine.Word> words = new ArrayList<>();
      for (int cell = 0; cell < 20; cell++) {
        if (row != 2 || cell != 1) {
          words.add(new TextLine.Word("x", 20 * cell, 20 * cell + 5, 14 * row, 10));
        }
      }
      lines.add(new TextLine(words, true));
    }
    return lines;
  }

  /// The time that it takes grows with the square of the cells.
  @Test
  void aTableOfVeryManyCellsStaysAsItStands() {
    assertThat(TableRows.of(grid(100))).hasSize(100);
    assertThat(TableRows.of(grid(280))).isEmpty();
  }

  /// One row is too few to tell two columns apart: marks would mislead.
  @Test
  void aTableWhoseColumnsAreNotFoundStaysAsItStands() {
    String wide = "as it was in the year before";
    List<String> middle =
        List.of(
            text(200, 700, wide),
            text(200, 686, wide),
            text(200, 672, "12") + text(310, 672, "34"),
            text(200, 658, wide),
            "");
    var page = new StringBuilder();
    for (int row = 0; row < 5; row++) {
      int y = 700 - 14 * row;
      page.append(text(60, y, "Line " + row)).append(middle.get(row)).append(text(560, y, "5"));
    }

    assertThat(read(page.toString())).doesNotContain("|").contains("Line 2 12 34 5", "Line 4 5");
  }

  @Test
  void lettersWithoutASizeAreRead() {
    var word = new TextLine.Word("x", 1, 2, 3, Float.NaN);
    var line = new TextLine(List.of(word, word), true);

    assertThat(TableRows.of(List.of(line, line, line))).isEmpty();
  }

  @Test
  void leavesTablesWithoutEmptyCellsAsTheyStand() {
    assertThat(read(rows("Item,Qty,Note", "Apples,12,ripe", "Pears,3,hard", "Figs,7,-")))
        .isEqualTo("Item Qty Note/Apples 12 ripe/Pears 3 hard/Figs 7");
    assertThat(read(rows("Item,Qty,Note", "Pears,-,hard"))).isEqualTo("Item Qty Note/Pears hard");
  }

  @Test
  void aSignOfMoneyIsNoColumn() {
    String page =
        line(700, "Cash")
            + text(180, 700, "$")
            + text(220, 700, "1,204")
            + text(340, 700, "$")
            + text(370, 700, "990")
            + line(686, "Funds")
            + text(220, 686, "318")
            + text(370, 686, "77")
            + line(672, "Debts")
            + text(220, 672, "1,522")
            + text(370, 672, "1,067");

    assertThat(read(page)).isEqualTo("Cash $ 1,204 $ 990/Funds 318 77/Debts 1,522 1,067");
  }

  @Test
  void aSignOfMoneyBelongsToTheFigureBehindIt() {
    String sums =
        line(658, "Sum") + text(180, 658, "11,042") + text(222, 658, "$") + text(300, 658, "9,763");

    assertThat(read(rows("Cash,1.5,-,2.5", "Funds,1.5,3.5,2.5", "Debts,1.5,3.5,2.5") + sums))
        .isEqualTo(
            "Cash | 1.5 | | 2.5/Funds | 1.5 | 3.5 | 2.5/Debts | 1.5 | 3.5 | 2.5"
                + "/Sum | 11,042 | $ 9,763");
  }

  @Test
  void aHeadOfSeveralColumnsIsOneCell() {
    String heads = text(185, 728, "Sold in the northern and the southern towns");
    String table = rows("Kind,North,South,Sum", "Figs,1,2,3", "Pears,-,5,5", "Plums,4,-,4");

    assertThat(read(text(60, 728, "Fruit") + heads + table))
        .startsWith("Fruit | Sold in the northern and the southern towns")
        .endsWith("Kind | North | South | Sum/Figs | 1 | 2 | 3/Pears | | 5 | 5/Plums | 4 | | 4");
  }

  @Test
  void proseAroundATableStaysProse() {
    String prose =
        line(756, "The following table shows what the orchard sold in the year before the flood,")
            + line(742, "by kind, and what remained of it:");

    assertThat(read(prose + rows("Item,Qty,Note", "Apples,12,ripe", "Pears,-,hard", "Figs,7,soft")))
        .startsWith("The following table shows what the orchard sold in the year before the flood,")
        .doesNotContain("| by kind")
        .endsWith("Item | Qty | Note/Apples | 12 | ripe/Pears | | hard/Figs | 7 | soft");
  }

  @Seeds
  void losesNoWord(long seed) {
    var random = new Random(seed);
    List<TextLine> lines = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      List<TextLine.Word> words = new ArrayList<>();
      float x = random.nextInt(100);
      for (int j = random.nextInt(6); j > 0; j--) {
        float width = 5 + random.nextInt(60);
        String text = random.nextInt(8) == 0 ? " " : "w" + i + "." + j;
        words.add(new TextLine.Word(text, x, x + width, 14f * i, 10));
        x += width + random.nextInt(80) - 10;
      }
      lines.add(new TextLine(words, random.nextInt(9) > 0));
    }

    TableRows.of(lines)
        .forEach((at, row) ->
            assertThat(row.replace("|", "").strip().split("\\s+"))
                .containsExactlyInAnyOrderElementsOf(
                    lines.get(at).texts().stream().filter(text -> !text.isBlank()).toList()));
  }
}
