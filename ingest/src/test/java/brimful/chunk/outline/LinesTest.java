package brimful.chunk.outline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LinesTest {
  @Test
  void knowsWhiteSpaceAsTheJdkDoes() {
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      assertThat(Lines.isWhite((char) c)).as("%x", c).isEqualTo(Character.isWhitespace((char) c));
    }
  }

  @Test
  void findsTheFirstInkOfEachLine() {
    Lines lines = Lines.of("a\n  \t b\n\n   \n\u2003c");

    assertThat(lines.firstInk(0)).isZero();
    assertThat(lines.firstInk(1)).isEqualTo(6);
    assertThat(lines.blank(2)).isTrue();
    assertThat(lines.blank(3)).isTrue();
    assertThat(lines.blank(4)).isFalse();
  }
}
