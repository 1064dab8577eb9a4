package brimful.token;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

final class Utf8Test {
  private static final int PADDING = 16;

  @Seeds
  void equalsTheJdkOnRandomTextOfManyPiecesAndHalvesOfPairs(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      String text = random(random);

      ByteBuffer utf8 = Utf8.padded(text, PADDING);

      byte[] expected = text.getBytes(StandardCharsets.UTF_8);
      assertThat(utf8.limit()).isEqualTo(expected.length);
      assertThat(Arrays.copyOf(utf8.array(), expected.length + PADDING))
          .isEqualTo(Arrays.copyOf(expected, expected.length + PADDING));
      assertThat(utf8.capacity()).isGreaterThanOrEqualTo(expected.length + PADDING);
    }
  }

  private static String random(Random random) {
    var text = new StringBuilder();
    int runs = random.nextInt(20);
    for (int run = 0; run < runs; run++) {
      int low = new int[] {0, 0, 0x80, 0x700, 0xd780, 0xd800, 0xdc00, 0x1f600}[random.nextInt(8)];
      int length = random.nextInt(1 + random.nextInt(600));
      random.ints(length, low, low + 0x80).forEach(text::appendCodePoint);
    }
    return text.toString();
  }
}
