package brimful.extract.pdf;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;

/// Reads a page once for each direction of its text, as `pdfbox-tools` does. Not thread-safe.
final class TurnedText {
  private static final int FULL = 360;

  /// Pages with text in more directions are drawings; further directions are left out.
  private static final int ANGLES_MAX = 12;

  private TurnedText() {}

  static Optional<String> of(PDDocument document, int number) throws IOException {
    var angles = new Angles();
    angles.read(document, number);
    if (angles.found.equals(Set.of(0)) || angles.found.size() > ANGLES_MAX) {
      return Optional.empty();
    }
    PDPage page = document.getPage(number - 1);
    int rotation = page.getRotation();
    page.setRotation(0);
    var text = new StringBuilder();
    for (int angle : angles.found) {
      text.append(read(document, page, number, angle)).append('\n');
    }
    page.setRotation(rotation);
    return Optional.of(text.toString());
  }

  private static String read(PDDocument document, PDPage page, int number, int angle)
      throws IOException {
    var upright = new Upright();
    upright.setStartPage(number);
    upright.setEndPage(number);
    if (angle == 0) {
      return upright.getText(document);
    }
    var contents = page.getCOSObject().getItem("Contents");
    try (var turn = new PDPageContentStream(document, page, AppendMode.PREPEND, false)) {
      turn.transform(Matrix.getRotateInstance(-Math.toRadians(angle), 0, 0));
    }
    String text = upright.getText(document);
    page.getCOSObject().setItem("Contents", contents);
    return text;
  }

  private static int angle(TextPosition text) {
    Matrix matrix = text.getTextMatrix().clone();
    matrix.concatenate(text.getFont().getFontMatrix());
    int degrees =
        (int) Math.round(Math.toDegrees(Math.atan2(matrix.getShearY(), matrix.getScaleY())));
    return (degrees + FULL) % FULL;
  }

  /// Collects the directions of text on a page.
  private static final class Angles extends PDFTextStripper {
    final TreeSet<Integer> found = new TreeSet<>();

    void read(PDDocument document, int number) throws IOException {
      setStartPage(number);
      setEndPage(number);
      writeText(document, new StringWriter());
    }

    @Override
    protected void processTextPosition(TextPosition text) {
      found.add(angle(text));
    }
  }

  /// Takes only text that stands upright.
  private static final class Upright extends PDFTextStripper {
    @Override
    protected void processTextPosition(TextPosition text) {
      if (angle(text) == 0) {
        super.processTextPosition(text);
      }
    }
  }
}
