package brimful.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.text.Normalizer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FoldingTest {
  @ParameterizedTest
  @CsvSource({
    "fer\u00ADmen\u00ADta\u00ADtion, fermentation",
    "a\u200Bb\u200Cc\u200Dd\u2060e\uFEFFf, abcdef",
    "\uFB01le o\uFB03ce, file office",
    "\uFF21\uFF22\uFF23\uFF11, ABC1",
    "cafe\u0301, caf\u00E9",
    "\u0438\u0306, \u0439",
    "\u110C\u1161\u11BC\u1107\u1175, \uC7A5\uBE44",
    "\uFF76\uFF9E, \u30AC",
    "m\u00B2 \u216B, m2 XII",
    "left\u200Eright, leftright",
    "plain text, plain text",
    "Gr\u00F6\u00DFe \u8BBE\u5907, Gr\u00F6\u00DFe \u8BBE\u5907",
  })
  void folds(String text, String folding) {
    assertThat(Folding.of(text)).isEqualTo(folding);
  }

  @Test
  void makesBlanksBlanksAndKeepsTradeMarksOutOfWords() {
    assertThat(Folding.of("price\u00A0list\u202Fof\u2007the\u3000house"))
        .isEqualTo("price list of the house");
    assertThat(Folding.of("Brimful\u2122")).isEqualTo("Brimful ");
  }

  @Test
  void keepsAHyphenAtTheEndOfALine() {
    assertThat(Folding.of("fer\u00ADmen\u00AD\ntation")).isEqualTo("fermen-\ntation");
    assertThat(Folding.of("well\u2010\r\nknown")).isEqualTo("well-\r\nknown");
  }

  @Test
  void returnsTextThatIsItsOwnFoldingAsItIs() {
    for (String text : new String[] {"", "a[0] = '\t'", "größer 设备 “so” – Привет", "東京タワー 한국어"}) {
      assertThat(Folding.of(text)).isSameAs(text);
    }
  }

  /// The ranges are written down; this is what they mean.
  @Test
  void passesOverNothingThatNormalizingChanges() {
    for (int point = 0x80; point <= Character.MAX_CODE_POINT; point++) {
      if (Folding.isStable(point)) {
        String one = Character.toString(point);
        int type = Character.getType(point);

        assertThat(Normalizer.isNormalized(one, Normalizer.Form.NFKC)).as("%x", point).isTrue();
        assertThat(type)
            .as("%x", point)
            .isNotEqualTo(Character.NON_SPACING_MARK)
            .isNotEqualTo(Character.COMBINING_SPACING_MARK)
            .isNotEqualTo(Character.ENCLOSING_MARK)
            .isNotEqualTo(Character.FORMAT);
      }
    }
  }

  @Seeds
  void isNfkcOfWhatIsSeen(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(20); n >= 0; n--) {
        switch (random.nextInt(6)) {
          case 0 -> text.appendCodePoint(0x300 + random.nextInt(0x70));
          case 1 -> text.appendCodePoint(0x1100 + random.nextInt(0x100));
          case 2 -> text.appendCodePoint(random.nextInt(0xD800));
          case 3 -> text.appendCodePoint(0x10000 + random.nextInt(0x20000));
          case 4 -> text.append('\u00AD').append('x');
          default -> text.append((char) (' ' + random.nextInt(95)));
        }
      }
      String seen = text.toString().replaceAll("[\\p{Cf}\\x{34F}\\x{180E}\\x{2122}\\x{2120}]", "");
      String clean = seen.replaceAll("[\\x{FE00}-\\x{FE0F}\\x{2010}\\x{2011}]", "");

      String folding = Folding.of(clean);

      assertThat(folding).isEqualTo(Normalizer.normalize(clean, Normalizer.Form.NFKC));
      assertThat(Folding.of(folding)).isEqualTo(folding);
      assertThat(Folding.of("ab" + clean, 2)).isEqualTo("ab" + folding);
    }
  }
}
