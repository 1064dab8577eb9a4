package brimful.token;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AsciiBlockTest {
  private static final Splitter SPLITTER = new DeepSeekTokenizer().splitter();

  /// Of each class, some more often than others, so that runs and their neighbours are of all
  /// kinds.
  private static final String CHARACTERS = "aaaaaaZ      \n\n\r\t\u000b__((.;19927";

  @Test
  void findsWordsWithTheirSpacesAndSigns() {
    assertThat(starts("int x = foo_bar(1234);\n\n    return x;"))
        .containsExactly(3, 5, 7, 11, 15, 16, 19, 20, 24, 27, 34, 36);
  }

  @Seeds
  void equalsTheSplitterOnRandomText(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      String text = random(random);

      List<Integer> starts = starts(text);

      assertThat(starts).as(text).isEqualTo(splitterStarts(text).subList(0, starts.size()));
    }
  }

  private static String random(Random random) {
    var text = new StringBuilder();
    int length = 1 + random.nextInt(100);
    while (text.length() < length) {
      String unit =
          random.nextInt(80) == 0
              ? List.of("é", "中", "\u0001", "\u0000").get(random.nextInt(4))
              : String.valueOf(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
      text.append(unit.repeat(1 + random.nextInt(1 + random.nextInt(5))));
    }
    return text.toString();
  }

  private static List<Integer> starts(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    var starts = new ArrayList<Integer>();
    long marks = SPLITTER.asciiStarts(padded(utf8), 0, utf8.length);
    for (int at = 0; at < Long.SIZE; at++) {
      if ((marks >>> at & 1) == 1) {
        starts.add(at);
      }
    }
    return starts;
  }

  /// Includes the end of the text, which a block never tells.
  private static List<Integer> splitterStarts(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] padded = padded(utf8);
    var starts = new ArrayList<Integer>();
    int at = 0;
    while (at < utf8.length) {
      at = SPLITTER.end(padded, at, utf8.length);
      starts.add(at);
    }
    return starts;
  }

  private static byte[] padded(byte[] utf8) {
    return Arrays.copyOf(utf8, utf8.length + Splitter.PADDING);
  }
}
