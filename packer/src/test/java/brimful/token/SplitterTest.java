package brimful.token;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class SplitterTest {
  private static final int CONTEXTS_A_TEXT = 64;
  private static final Splitter SPLITTER = new DeepSeekTokenizer().splitter();

  @Test
  void groupsDigitsByThreeAndApartFromLetters() {
    assertThat(split("abc12345x")).containsExactly("abc", "123", "45", "x");
  }

  @Test
  void keepsChineseAndJapaneseRunsWhole() {
    assertThat(split("ab 中文カナ、x")).containsExactly("ab", " ", "中文カナ", "、", "x");
    assertThat(split("カナ・カナ゠=é")).containsExactly("カナ", "・", "カナ", "゠", "=", "é");
    assertThat(split("\u3097\u3040カx")).containsExactly("\u3097", "\u3040カ", "x");
  }

  @Seeds
  void equalsTheReferenceOnRandomText(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      String text = RandomUnicode.of(random, 12);

      assertThat(split(text)).as(text).isEqualTo(ReferenceTokenizer.split(text));
    }
  }

  @Test
  void equalsTheReferenceWhereTheClassOfCharacterChanges() {
    assertSame(
        IntStream.rangeClosed(1, Character.MAX_CODE_POINT)
            .filter(c -> category(c) != category(c - 1))
            .flatMap(c -> IntStream.of(c - 1, c))
            .distinct());
  }

  @Tag("slow")
  @Test
  void equalsTheReferenceOnEveryCodePoint() {
    assertSame(IntStream.rangeClosed(0, Character.MAX_CODE_POINT));
  }

  private static void assertSame(IntStream codePoints) {
    List<String> texts =
        codePoints
            .mapToObj(RandomUnicode::inContexts)
            .gather(Gatherers.windowFixed(CONTEXTS_A_TEXT))
            .map(contexts -> String.join("\n", contexts))
            .toList();
    for (String text : texts) {
      assertThat(split(text)).isEqualTo(ReferenceTokenizer.split(text));
    }
  }

  /// Returns the letter of a code point's Unicode category, in which letters and marks are one.
  private static char category(int codePoint) {
    return "CLLLLLLLLNNNZZZCCCCCPPPPPSSSSPP".charAt(Character.getType(codePoint));
  }

  private static List<String> split(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(utf8, utf8.length + Splitter.PADDING);
    var pieces = new ArrayList<String>();
    int from = 0;
    while (from < utf8.length) {
      int to = SPLITTER.end(padded, from, utf8.length);
      pieces.add(new String(utf8, from, to - from, StandardCharsets.UTF_8));
      from = to;
    }
    return pieces;
  }
}
