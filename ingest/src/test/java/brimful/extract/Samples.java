package brimful.extract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;

/// Makes real files of many formats for the tests of this package.
public final class Samples {
  private Samples() {}

  /// Writes a file; so that the makers below read without the noise of checked exceptions.
  @FunctionalInterface
  private interface Writing {
    void to(ByteArrayOutputStream out) throws IOException;
  }

  private static byte[] bytes(Writing writing) {
    try (var out = new ByteArrayOutputStream()) {
      writing.to(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns a PDF with a page for each text; a page for an empty one has nothing on it.
  static byte[] pdf(String... pages) {
    return bytes(out -> {
      try (PDDocument document = pages(pages)) {
        document.save(out);
      }
    });
  }

  static byte[] encryptedPdf(String text) {
    return bytes(out -> {
      try (PDDocument document = pages(text)) {
        document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
        document.save(out);
      }
    });
  }

  private static PDDocument pages(String... texts) throws IOException {
    var document = new PDDocument();
    for (String text : texts) {
      var page = new PDPage();
      document.addPage(page);
      if (!text.isEmpty()) {
        try (var content = new PDPageContentStream(document, page)) {
          content.beginText();
          content.setFont(new PDType1Font(FontName.HELVETICA), 12);
          content.setLeading(14);
          content.newLineAtOffset(72, 700);
          for (String line : text.lines().toList()) {
            content.showText(line);
            content.newLine();
          }
          content.endText();
        }
      }
    }
    return document;
  }

  static byte[] docx() {
    return bytes(out -> {
      try (var document = new XWPFDocument()) {
        document.createStyles();
        document.createParagraph().createRun().setText("First paragraph.");
        var table = document.createTable(2, 2);
        table.getRow(0).getCell(0).setText("name");
        table.getRow(0).getCell(1).setText("price");
        table.getRow(1).getCell(0).setText("tea");
        table.getRow(1).getCell(1).setText("3");
        document.createParagraph().createRun().setText("Last paragraph.");
        document.write(out);
      }
    });
  }

  /// Returns a workbook with the sheets `Costs` and `Empty`, and `Notes` after them.
  static byte[] xlsx() {
    return bytes(out -> {
      try (var workbook = new XSSFWorkbook()) {
        var costs = workbook.createSheet("Costs");
        costs.createRow(0).createCell(0).setCellValue("tea");
        costs.getRow(0).createCell(2).setCellValue(3);
        costs.createRow(4).createCell(0).setCellValue("milk");
        workbook.createSheet("Empty");
        workbook.createSheet("Notes").createRow(0).createCell(0).setCellValue("none");
        workbook.write(out);
      }
    });
  }

  public static byte[] pptx(String... slides) {
    return bytes(out -> {
      try (var show = new XMLSlideShow()) {
        for (String text : slides) {
          show.createSlide().createTextBox().setText(text);
        }
        show.write(out);
      }
    });
  }

  public static byte[] epub() {
    return epub(
        """
        <h2>Chapter one</h2><p>It was a dark
        night.</p><ul><li>rain</li><li>wind</li></ul>\
        """);
  }

  static byte[] epub(String body) {
    var parts = new LinkedHashMap<String, byte[]>();
    parts.put("mimetype", "application/epub+zip".getBytes(UTF_8));
    parts.put(
        "META-INF/container.xml",
        """
        <container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
        <rootfile full-path="content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
        """
            .getBytes(UTF_8));
    parts.put(
        "content.opf",
        """
        <package xmlns="http://www.idpf.org/2007/opf" version="2.0"><manifest>
        <item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>
        <spine><itemref idref="a"/></spine></package>
        """
            .getBytes(UTF_8));
    parts.put(
        "a.xhtml",
        """
        <html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body>
        %s</body></html>
        """
            .formatted(body)
            .getBytes(UTF_8));
    return zip(parts);
  }

  public static byte[] zip(Map<String, byte[]> entries) {
    return bytes(out -> {
      try (var zip = new ZipOutputStream(out)) {
        for (var entry : entries.entrySet()) {
          zip.putNextEntry(new ZipEntry(entry.getKey()));
          zip.write(entry.getValue());
        }
      }
    });
  }

  /// Returns a compressed text of many mebibytes in about a thousandth of that.
  static byte[] gzBomb(int mebibytes) {
    var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    byte[] block = new byte[16 << 10];
    deflater.setInput("x".repeat(1 << 20).getBytes(UTF_8));
    int length = deflater.deflate(block, 0, block.length, Deflater.FULL_FLUSH);
    deflater.end();
    return bytes(out -> {
      out.write(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0});
      for (int i = 0; i < mebibytes; i++) {
        out.write(block, 0, length);
      }
    });
  }

  static byte[] tgz(String name, byte[] content) {
    return bytes(out -> {
      try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
        var entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    });
  }

  public static byte[] gz(byte[] content) {
    return bytes(out -> {
      try (var gz = new GZIPOutputStream(out)) {
        gz.write(content);
      }
    });
  }

  /// Returns a mail with a text and one attachment.
  static byte[] eml(String text, String attachment, byte[] content) {
    return """
    From: Ann <ann@example.org>
    To: Bob <bob@example.org>
    Subject: The numbers
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary="b"

    --b
    Content-Type: text/plain; charset=UTF-8

    %s
    --b
    Content-Type: application/octet-stream; name="%s"
    Content-Disposition: attachment; filename="%s"
    Content-Transfer-Encoding: base64

    %s
    --b--
    """
        .formatted(text, attachment, attachment, Base64.getMimeEncoder().encodeToString(content))
        .getBytes(UTF_8);
  }
}
