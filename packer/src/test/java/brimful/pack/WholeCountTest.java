package brimful.pack;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WholeCountTest {
  private static final String[] PIECES = {
    "word", " ", "\n", "\n<", "<a>\n", "  \n\n", "//", "!!\n", "\r\n", "é", "中文", "123", "\u00A0\n"
  };

  private static String text(Random random, int pieces) {
    var text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  @Seeds
  void countsALongTextInPartsLikeTheWhole(long seed) {
    var random = new Random(seed);
    String unit = text(random, 2_000);
    String documents = unit.repeat(3 * WholeCount.SLICE_CHARS / unit.length());
    String[] parts = {text(random, 9), text(random, 3), documents, text(random, 5)};

    for (String name : List.of("deepseek-v3", "o200k_base", "estimate-claude")) {
      TokenCounter counter = Tokenizers.named(name);
      assertThat(WholeCount.of(counter, parts))
          .as(name)
          .isEqualTo(counter.count(String.join("", parts)));
    }
  }

  @Test
  void makesNoCopyOfTheWhole() {
    List<Integer> lengths = Collections.synchronizedList(new ArrayList<>());
    String documents = "<chunk>\ntext\n".repeat(4 * WholeCount.SLICE_CHARS / 13);

    long counted = WholeCount.of(recording(lengths), "rules\n", "", documents, "<question>\n");

    assertThat(counted).isEqualTo(documents.length() + 17L);
    assertThat(lengths).hasSizeGreaterThan(3).allMatch(l -> l < WholeCount.SLICE_CHARS + 100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "one\n<two"})
  void countsAShortTextAtOnce(String text) {
    List<Integer> lengths = new ArrayList<>();

    long counted = WholeCount.of(recording(lengths), text);

    assertThat(counted).isEqualTo(text.length());
    assertThat(lengths).containsExactly(text.length());
  }

  /// Counts characters.
  private static TokenCounter recording(List<Integer> lengths) {
    return new TokenCounter() {
      @Override
      public String name() {
        return "characters";
      }

      @Override
      public boolean exact() {
        return true;
      }

      @Override
      public int count(CharSequence text) {
        lengths.add(text.length());
        return text.length();
      }
    };
  }
}
