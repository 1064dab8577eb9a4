package brimful.extract.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ShiftedTextTest {
  private static TextLine line(String text, float left, float right, float y, float size) {
    return new TextLine(List.of(new TextLine.Word(text, left, right, y, size)), true);
  }

  @Test
  void joinsAPieceThatGoesOnHigherOrLower() {
    TextLine water = line("H", 10, 20, 100, 12);
    TextLine two = line("2", 20, 24, 103, 8);
    TextLine oxygen = line("O", 24, 34, 100, 12);

    assertThat(ShiftedText.goesOn(water, two)).isTrue();
    TextLine joined = ShiftedText.joined(water, two);
    assertThat(ShiftedText.goesOn(two, oxygen)).isTrue();
    assertThat(ShiftedText.joined(joined, oxygen).texts()).containsExactly("H2O");
  }

  @Test
  void marksARaisedNumber() {
    TextLine ten = line("10", 10, 22, 100, 12);

    assertThat(ShiftedText.joined(ten, line("6", 22, 26, 96, 8)).texts()).containsExactly("10^6");
    assertThat(ShiftedText.joined(ten, line("th", 22, 26, 96, 8)).texts()).containsExactly("10th");
    assertThat(ShiftedText.joined(ten, line("m", 26, 36, 96, 12)).texts())
        .containsExactly("10", "m");
  }

  @Test
  void leavesOtherLinesAlone() {
    TextLine first = line("first", 10, 60, 100, 12);

    assertThat(ShiftedText.goesOn(first, line("heads", 60, 90, 103, 12))).isFalse();
    assertThat(ShiftedText.goesOn(first, line("2", 10, 60, 114, 12))).isFalse();
    assertThat(ShiftedText.goesOn(first, line("below", 10, 60, 114, 12))).isFalse();
    assertThat(ShiftedText.goesOn(first, line("cell", 80, 90, 103, 12))).isFalse();
    assertThat(ShiftedText.goesOn(first, line("same", 60, 90, 100, 12))).isFalse();
    assertThat(ShiftedText.goesOn(first, line("step", 60, 90, 110, 12))).isFalse();
  }
}
