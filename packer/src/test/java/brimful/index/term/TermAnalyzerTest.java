package brimful.index.term;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TermAnalyzerTest {
  @ParameterizedTest
  @CsvSource({
    "HTTPServer, http server httpserver",
    "parseURLs, pars url parseurls",
    "URLs, url",
    "getHTTP2Name, get http name gethttp2name",
    "max_poll_records, max poll record max_poll_records",
    "__init__, init",
    "MAX_VALUES, max valu max_values",
    "utf8, utf utf8",
    "don't, don",
    "Größe, gross",
    "naïve café, naiv cafe",
    "cafe\u0301, cafe",
    "Привет МИР, привет мир",
    "a/b-c.txt, a b c txt",
    "indexes indexing indexed, index index index",
    "running caches caching cached cache, run cach cach cach cach",
    "coding codes filed file queries queue, code code file file query queue",
    "creates creating created string thing, creat creat creat string thing",
    "class process status is, class process status is",
    "fer\u00ADmen\u00ADta\u00ADtion, fermentation",
    "zero\u200Bwidth\uFEFF, zerowidth",
    "\uFB01le o\uFB03ce, file offic",
    "\uFF28\uFF34\uFF34\uFF30Server, http server httpserver",
    "\u0438\u0306, \u0439",
    "x\u00B2, x2",
    "\u0130stanbul \u0131s\u0131, istanbul isi",
    "STRASSE Stra\u00DFe, strass strass",
    "\u039F\u0394\u039F\u03A3 \u03BF\u03B4\u03CC\u03C2, \u03BF\u03B4\u03BF\u03C3 \u03BF\u03B4\u03CC\u03C3",
    "na\u00EFve-ish, naiv ish",
  })
  void splits(String text, String terms) {
    assertThat(String.join(" ", split(text))).isEqualTo(terms);
  }

  @Test
  void pairsScriptsWithoutSpaces() {
    assertThat(split("東京都、京 x 한국어")).containsExactly("東京", "京都", "京", "x", "한국", "국어");
    assertThat(split("𠀀𠀁𠀂")).containsExactly("𠀀𠀁", "𠀁𠀂");
  }

  @Test
  void joinsWhatTheEndOfALineBreaks() {
    assertThat(split("fermen-\ntation")).containsExactly("fermen", "fermentation", "tation");
    assertThat(split("fermen- \r\n  tation.")).containsExactly("fermen", "fermentation", "tation");
    assertThat(split("Geschwin-\ndigkeit"))
        .containsExactly("geschwin", "geschwindigkeit", "digkeit");
    assertThat(split("Grö-\nße und Ge-\nänderte"))
        .containsExactly("gro", "gross", "sse", "und", "ge", "geandert", "andert");
    assertThat(split("при-\nвет")).containsExactly("при", "привет", "вет");
    assertThat(split("fer\u00ADmen\u00AD\ntation"))
        .containsExactly("fermen", "fermentation", "tation");
    assertThat(split("a\n- item\n--\nno x -\ny z-\n90 Nord-\nSüd b-"))
        .containsExactly("a", "item", "no", "x", "y", "z", "90", "nord", "sud", "b");
  }

  @Test
  void findsDecomposedTextByComposedWords() {
    for (String word : List.of("장비", "й", "größer", "ガス", "ệ", "Ångström", "ο̈")) {
      String composed = Normalizer.normalize(word, Normalizer.Form.NFC);
      String decomposed = Normalizer.normalize(word, Normalizer.Form.NFD);

      assertThat(split("x " + decomposed)).isEqualTo(split("x " + composed));
      assertThat(split(decomposed + ".md")).isEqualTo(split(composed + ".md"));
    }
  }

  @Test
  void leavesOutWhatIsTooLongForAWord() {
    assertThat(split("x".repeat(65))).isEmpty();
    assertThat(split("é".repeat(300))).isEmpty();
    assertThat(split("aa_".repeat(30))).hasSize(30);
    assertThat(split("ab".repeat(10_000))).isEmpty();
  }

  @Seeds
  void survivesAnyTextAndGivesShortLowerCaseTerms(long seed) {
    var random = new Random(seed);
    var text = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      switch (random.nextInt(4)) {
        case 0 -> text.append((char) random.nextInt(0x10000));
        case 1 -> text.appendCodePoint(random.nextInt(0x110000));
        case 2 -> text.append("aZ_09é京'".charAt(random.nextInt(8)));
        default -> text.append((char) random.nextInt(128));
      }
    }

    List<String> terms = split(text.toString());

    assertThat(terms)
        .isNotEmpty()
        .allSatisfy(term -> {
          assertThat(term.length()).isBetween(1, 64);
          assertThat(term).doesNotContainAnyWhitespaces();
          assertThat(term.chars().noneMatch(c -> c >= 'A' && c <= 'Z')).isTrue();
        });
  }

  @Seeds
  void findsTheSameTermsInAnyCase(long seed) {
    var random = new Random(seed);
    String word =
        random
            .ints(8, 'a', 'z' + 1)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    assertThat(split(word.toUpperCase(Locale.ROOT))).isEqualTo(split(word));
  }

  private static List<String> split(String text) {
    var terms = new ArrayList<String>();
    new TermAnalyzer((chars, length) -> terms.add(new String(chars, 0, length))).split(text);
    return terms;
  }
}
