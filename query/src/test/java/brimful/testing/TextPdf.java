package brimful.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/// PDFs with a text layer for tests.
public final class TextPdf {
  private static final int SIZE = 12;
  private static final int MARGIN = 60;

  private TextPdf() {}

  /// Returns a PDF with a page for each text.
  public static byte[] of(String... pages) {
    return bytes("", pages);
  }

  /// Returns the same, which only a password opens.
  public static byte[] locked(String password, String... pages) {
    return bytes(password, pages);
  }

  private static byte[] bytes(String password, String... pages) {
    var out = new ByteArrayOutputStream();
    try (var document = new PDDocument()) {
      for (String text : pages) {
        var page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        try (var content = new PDPageContentStream(document, page)) {
          content.beginText();
          content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), SIZE);
          content.setLeading(1.5f * SIZE);
          content.newLineAtOffset(MARGIN, PDRectangle.A4.getHeight() - MARGIN);
          for (String line : text.split("\n", -1)) {
            content.showText(line);
            content.newLine();
          }
          content.endText();
        }
      }
      if (!password.isEmpty()) {
        document.protect(new StandardProtectionPolicy("owner", password, new AccessPermission()));
      }
      document.save(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
