package brimful.token;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeepSeekTokenizerTest extends TokenCounterContract {
  private static final DeepSeekTokenizer TOKENIZER = new DeepSeekTokenizer();

  @Override
  TokenCounter counter() {
    return TOKENIZER;
  }

  @Test
  void isNamedAndExact() {
    assertThat(TOKENIZER.name()).isEqualTo("deepseek-v3");
    assertThat(TOKENIZER.exact()).isTrue();
  }

  @Seeds
  void equalsTheReferenceOnRandomText(long seed) {
    compare(new Random(seed), 500);
  }

  @Tag("slow")
  @Test
  void equalsTheReferenceOnAHundredThousandRandomTexts() {
    compare(new Random(20_260_101), 100_000);
  }

  private static void compare(Random random, int texts) {
    for (int i = 0; i < texts; i++) {
      String text = RandomUnicode.of(random, 12);
      assertSame(text);
    }
  }

  @Tag("slow")
  @Test
  void equalsTheReferenceOnEveryCodePoint() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      assertSame(Character.toString(RandomUnicode.scalar(c)));
      assertSame(RandomUnicode.inContexts(c));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "=", " ", "\n", "中", "é", "\u0001", "7", "ab", "한", "🙂", " \n", "\u3000"})
  void equalsTheReferenceOnLongRuns(String unit) {
    for (int length : new int[] {1, 2, 3, 63, 64, 65, 129, 1000, 5_000}) {
      assertSame(unit.repeat(length));
      assertSame("x" + unit.repeat(length) + "y");
    }
  }

  @Seeds
  void equalsTheReferenceOnLongWords(long seed) {
    var random = new Random(seed);
    for (int length = 50; length < 5_000; length += 397) {
      String word =
          random
              .ints(length, 'a', 'a' + 1 + random.nextInt(26))
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();

      assertSame(word);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "=", " ", "中", "\u0001", "\n"})
  void staysFastOnLongRunsOfOneCharacter(String unit) {
    String text = unit.repeat(100_000);

    assertThat(TOKENIZER.count(text)).isEqualTo(TOKENIZER.encode(text).length);
  }

  @Test
  void countsSpecialTokensAsPlainText() {
    assertThat(TOKENIZER.encode("<｜User｜>"))
        .isEqualTo(ReferenceTokenizer.encode("<｜User｜>"))
        .hasSizeGreaterThan(1);
  }

  @Test
  void countsHalfASurrogatePairAsAQuestionMark() {
    assertThat(TOKENIZER.encode("a\ud83d b\ude00")).isEqualTo(TOKENIZER.encode("a? b?"));
  }

  @Test
  void knowsTheIdsOfDeepSeeksOwnFile() {
    // Taken from DeepSeek's tokenizer.json with its own library.
    assertThat(TOKENIZER.encode("Hello, world! 12345 你好"))
        .containsExactly(19923, 14, 2058, 3, 223, 6895, 1883, 223, 30594);
  }

  private static void assertSame(String text) {
    int[] ids = TOKENIZER.encode(text);

    assertThat(ids).as(text).isEqualTo(ReferenceTokenizer.encode(text));
    assertThat(TOKENIZER.count(text)).as(text).isEqualTo(ids.length);
  }
}
