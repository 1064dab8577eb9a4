package brimful.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
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

  /// Returns a PDF of two pages with Japanese, Chinese and signs, in fonts that are not in it.
  public static byte[] ofForeignCodes() {
    var out = new ByteArrayOutputStream();
    try (var document = new PDDocument()) {
      for (int i = 0; i < 2; i++) {
        var page = new PDPage(PDRectangle.A4);
        var fonts = new COSDictionary();
        fonts.setItem("F1", foreign("HeiseiKakuGo-W5", "90ms-RKSJ-H", "Japan1"));
        fonts.setItem("F2", foreign("STSong-Light", "GBK-EUC-H", "GB1"));
        fonts.setItem("F3", new PDType1Font(Standard14Fonts.FontName.SYMBOL).getCOSObject());
        fonts.setItem("F4", new PDType1Font(Standard14Fonts.FontName.ZAPF_DINGBATS).getCOSObject());
        var resources = new COSDictionary();
        resources.setItem(COSName.FONT, fonts);
        page.setResources(new PDResources(resources));
        var content = new PDStream(document);
        try (OutputStream to = content.createOutputStream()) {
          // By code: Japanese in Shift JIS, Chinese in GBK, an alpha, and a check mark.
          to.write(
              "BT /F1 40 Tf 60 700 Td <93fa967b> Tj /F2 40 Tf 0 -60 Td <d6d0cec4> Tj /F3 40 Tf 0 -60 Td <61> Tj /F4 40 Tf <33> Tj ET"
                  .getBytes(StandardCharsets.US_ASCII));
        }
        page.setContents(content);
        document.addPage(page);
      }
      document.save(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static COSDictionary foreign(String name, String codes, String ordering) {
    var system = new COSDictionary();
    system.setString("Registry", "Adobe");
    system.setString("Ordering", ordering);
    system.setInt("Supplement", 2);
    var descriptor = new COSDictionary();
    descriptor.setName("Type", "FontDescriptor");
    descriptor.setName("FontName", name);
    descriptor.setInt("Flags", 4);
    var descendant = new COSDictionary();
    descendant.setName("Type", "Font");
    descendant.setName("Subtype", "CIDFontType0");
    descendant.setName("BaseFont", name);
    descendant.setItem("CIDSystemInfo", system);
    descendant.setItem("FontDescriptor", descriptor);
    var descendants = new COSArray();
    descendants.add(descendant);
    var font = new COSDictionary();
    font.setName("Type", "Font");
    font.setName("Subtype", "Type0");
    font.setName("BaseFont", name);
    font.setName("Encoding", codes);
    font.setItem("DescendantFonts", descendants);
    return font;
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
