package brimful.chunk.outline;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.util.Random;

final class BreadcrumbsTest {
  private static final String PIECES = "ab \t\n\r\f\u000B\u0000\u001C\u007F\u0085\u00A0\u2003é";

  @Seeds
  void cleansAsTheExpressionDoes(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      var text = new StringBuilder();
      for (int j = random.nextInt(12); j > 0; j--) {
        text.append(PIECES.charAt(random.nextInt(PIECES.length())));
      }

      assertThat(Breadcrumbs.clean(text.toString()))
          .isEqualTo(text.toString().replaceAll("[\\s\\p{Cntrl}]+", " "));
    }
  }
}
