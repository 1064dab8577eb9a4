package brimful.extract.ole;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class OldWordTextTest {
  /// Returns rows as lines, with `|` around the cells of tables; `;` ends cells and rows.
  private static String shown(String text) {
    return OldWordText.rows(text.replace(';', '\u0007')).stream()
        .map(
            row -> row.table() ? "|" + String.join("|", row.cells()) + "|" : row.cells().getFirst())
        .collect(joining("\n"));
  }

  @Test
  void readsRowsOfTables() {
    assertThat(shown("Prices\rApple;1.20;;Pear;0.80;;After\r"))
        .isEqualTo("Prices\n|Apple|1.20|\n|Pear|0.80|\nAfter");
  }

  @Test
  void keepsEmptyCells() {
    assertThat(shown("Apple;;12;;Pear;3;;;")).isEqualTo("|Apple||12|\n|Pear|3||");
    assertThat(shown(";b;;c;;;")).isEqualTo("||b|\n|c||");
  }

  @Test
  void readsTablesOfDifferentWidths() {
    assertThat(shown("a;b;;c;d;e;;")).isEqualTo("|a|b|\n|c|d|e|");
    assertThat(shown("a;b")).isEqualTo("|a|\nb");
  }

  @Test
  void showsTheResultsOfFieldsAndNoSigns() {
    assertThat(shown("See \u0013 PAGEREF x \u0014page 4\u0015 of it\u0001.\r\u000c"))
        .isEqualTo("See page 4 of it.");
  }

  @Seeds
  void losesNoLetter(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      String text =
          random
              .ints(random.nextInt(60), 0, 5)
              .mapToObj(sign -> "ab;\r\n".substring(sign, sign + 1))
              .collect(joining());

      assertThat(shown(text).replaceAll("[|\\s]", "")).isEqualTo(text.replaceAll("[;\\s]", ""));
    }
  }
}
