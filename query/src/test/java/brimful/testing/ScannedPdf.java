package brimful.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/// PDFs of scanned pages for tests.
public final class ScannedPdf {
  private static final PDRectangle PAGE = new PDRectangle(400, 150);
  private static final int DPI = 200;

  private ScannedPdf() {}

  /// Returns a PDF whose pages are pictures of texts of one line.
  public static byte[] of(String... texts) {
    var out = new ByteArrayOutputStream();
    try (var document = new PDDocument()) {
      for (String text : List.of(texts)) {
        var page = new PDPage(PAGE);
        document.addPage(page);
        try (var content = new PDPageContentStream(document, page)) {
          content.drawImage(
              LosslessFactory.createFromImage(document, picture(text)),
              0,
              0,
              PAGE.getWidth(),
              PAGE.getHeight());
        }
      }
      document.save(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static BufferedImage picture(String text) throws IOException {
    try (var document = new PDDocument()) {
      var page = new PDPage(PAGE);
      document.addPage(page);
      try (var content = new PDPageContentStream(document, page)) {
        content.beginText();
        content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 14);
        content.newLineAtOffset(20, 100);
        content.showText(text);
        content.endText();
      }
      return new PDFRenderer(document).renderImageWithDPI(0, DPI, ImageType.GRAY);
    }
  }
}
