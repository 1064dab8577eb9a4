package brimful.extract.pdf;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.shown;
import static brimful.extract.Pdfs.pdf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ShiftedTextTest {
  private static TextLine line(String text, float left, float right, float y, float size) {
    return new TextLine(List.of(new TextLine.Word(text, left, right, y, size)), true);
  }

  @Test
  void joinsANumberThatIsRaisedOrLoweredAndWhatGoesOn() {
    TextLine water = line("H", 10, 20, 100, 12);
    TextLine two = line("2", 20, 24, 103, 8);

    assertThat(ShiftedText.isPiece(water, two)).isTrue();
    TextLine joined = ShiftedText.withPiece(water, two);
    TextLine oxygen = line("O", 24, 34, 100, 12);
    assertThat(ShiftedText.goesOn(joined, oxygen)).isTrue();
    assertThat(ShiftedText.joined(joined, oxygen).texts()).containsExactly("H2O");

    TextLine apart = line("is", 28, 34, 100, 12);
    assertThat(ShiftedText.goesOn(joined, apart)).isTrue();
    assertThat(ShiftedText.joined(joined, apart).texts()).containsExactly("H2", "is");
    assertThat(ShiftedText.goesOn(joined, line("O", 24, 34, 114, 12))).isFalse();
    assertThat(ShiftedText.goesOn(joined, line("O", 50, 60, 100, 12))).isFalse();
  }

  @Test
  void marksARaisedNumber() {
    TextLine ten = line("10", 10, 22, 100, 12);

    assertThat(ShiftedText.withPiece(ten, line("6", 22, 26, 96, 8)).texts())
        .containsExactly("10^6");
    assertThat(ShiftedText.withPiece(ten, line("th", 22, 26, 96, 8)).texts())
        .containsExactly("10th");
  }

  @Test
  void leavesOtherLinesAlone() {
    TextLine first = line("first", 10, 60, 100, 12);

    assertThat(ShiftedText.isPiece(first, line("heads", 60, 90, 103, 8))).isFalse();
    assertThat(ShiftedText.isPiece(first, line("iOS", 60, 90, 103, 8))).isFalse();
    assertThat(ShiftedText.isPiece(first, line("2", 60, 64, 103, 12))).isFalse();
    assertThat(ShiftedText.isPiece(first, line("2", 10, 60, 114, 8))).isFalse();
    assertThat(ShiftedText.isPiece(first, line("2", 64, 68, 103, 8))).isFalse();
    assertThat(ShiftedText.isPiece(first, line("2", 60, 64, 100, 8))).isFalse();
    assertThat(ShiftedText.isPiece(first, line("2", 60, 64, 110, 8))).isFalse();
    assertThat(ShiftedText.isPiece(line("end.", 10, 60, 100, 12), line("2", 60, 64, 96, 8)))
        .isFalse();
  }

  /// A page may be drawn at ten times its size, and be made small by its matrix.
  @Test
  void knowsHowLargeAPageDrawsItsText() {
    String small =
        """
        0.1 0 0 0.1 0 0 cm
        BT /F1 120 Tf 720 7000 Td (Software) Tj ET
        BT /F1 120 Tf 1225 6860 Td (iOS) Tj ET
        BT /F1 80 Tf 1405 6720 Td (18) Tj ET
        BT /F1 120 Tf 720 6400 Td (H) Tj ET
        BT /F1 70 Tf 807 6350 Td (2) Tj ET
        BT /F1 120 Tf 846 6400 Td (O is water) Tj ET
        """;

    assertThat(shown(extract("a.pdf", pdf(small))))
        .isEqualTo("a.pdf p. 1: Software/iOS//18//H2O is water");
  }
}
