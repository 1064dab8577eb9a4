package brimful.token;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class SplitterTest {
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
      String text = RandomText.of(random, 12);

      assertThat(split(text)).as(text).isEqualTo(Reference.split(text));
    }
  }

  @Tag("slow")
  @Test
  void equalsTheReferenceOnEveryCodePoint() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String text = RandomText.inContexts(c);

      assertThat(split(text)).as("%x", c).isEqualTo(Reference.split(text));
    }
  }

  @Test
  void equalsTheReferenceWhereTheClassOfCharacterChanges() {
    IntStream.rangeClosed(1, Character.MAX_CODE_POINT)
        .filter(c -> Character.getType(c) != Character.getType(c - 1))
        .flatMap(c -> IntStream.of(c - 1, c))
        .distinct()
        .mapToObj(RandomText::inContexts)
        .forEach(text -> assertThat(split(text)).as(text).isEqualTo(Reference.split(text)));
  }

  @Test
  void keepsSpacesBeforeNumbersAndChineseWhole() {
    assertThat(split("a   1")).containsExactly("a", "   ", "1");
    assertThat(split("a   中")).containsExactly("a", "   ", "中");
    assertThat(split("a   ")).containsExactly("a", "   ");
  }

  @Test
  void leavesTheLastSpaceToWhatFollows() {
    assertThat(split("a   b")).containsExactly("a", "  ", " b");
    assertThat(split("a   =")).containsExactly("a", "  ", " =");
    assertThat(split("a\t\t=")).containsExactly("a", "\t", "\t", "=");
    assertThat(split("a  \u0001")).containsExactly("a", " ", " ", "\u0001");
  }

  @Test
  void endsWhiteSpaceAfterItsLastNewline() {
    assertThat(split("a \n \n  b")).containsExactly("a", " \n \n", " ", " b");
    assertThat(split("a;\n\n  b")).containsExactly("a", ";\n\n", " ", " b");
  }

  @Test
  void opensWordsWithOneSign() {
    assertThat(split("(name(")).containsExactly("(name", "(");
    assertThat(split("(café")).containsExactly("(caf", "é");
    assertThat(split("((name")).containsExactly("((", "name");
    assertThat(split(" (name")).containsExactly(" (", "name");
    assertThat(split("\u0001name")).containsExactly("\u0001name");
  }

  @Test
  void leavesWhatMatchesNothingInAPieceOfItsOwn() {
    assertThat(split("\u0001\u0002\u0003name")).containsExactly("\u0001\u0002", "\u0003name");
    assertThat(split("\u0001\u0002=")).containsExactly("\u0001\u0002", "=");
  }

  @Test
  void takesMarksForLetters() {
    assertThat(split("e\u0301a \u0301b")).containsExactly("e\u0301a", " \u0301b");
  }

  private static List<String> split(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    var pieces = new ArrayList<String>();
    int from = 0;
    while (from < utf8.length) {
      int to = SPLITTER.end(utf8, from, utf8.length);
      pieces.add(new String(utf8, from, to - from, StandardCharsets.UTF_8));
      from = to;
    }
    return pieces;
  }
}
