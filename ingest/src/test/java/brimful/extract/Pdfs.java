package brimful.extract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;

/// PDFs made of drawing commands. `\u00c0` to `\u00c3` draw the first four letters of Hebrew.
public final class Pdfs {
  private static final String TEXT = "BT /F1 11 Tf 1 0 0 1 %s %s Tm (%s) Tj ET\n";

  private Pdfs() {}

  /// Returns a PDF with a page for each of some drawing commands.
  public static byte[] pdf(String... pages) {
    var file =
        new StringBuilder(
            "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count ");
    file.append(pages.length).append("/Kids[");
    for (int i = 0; i < pages.length; i++) {
      file.append(5 + 2 * i).append(" 0 R ");
    }
    file.append(
        "]>>\nendobj\n3 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[192/afii57664/afii57665/afii57666/afii57667]>>>>\nendobj\n");
    for (int i = 0; i < pages.length; i++) {
      file.append(
          String.format(
              Locale.ROOT,
              "%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n%d 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>\nendobj\n",
              4 + 2 * i,
              pages[i].length(),
              pages[i],
              5 + 2 * i,
              4 + 2 * i));
    }
    return (file + end(file.toString(), 4 + 2 * pages.length)).getBytes(ISO_8859_1);
  }

  private static String end(String file, int objects) {
    var end = new StringBuilder("xref\n0 ").append(objects).append("\n0000000000 65535 f \n");
    for (int number = 1; number < objects; number++) {
      int offset = file.indexOf("\n" + number + " 0 obj") + 1;
      end.append(String.format(Locale.ROOT, "%010d 00000 n \n", offset));
    }
    return end.append("trailer<</Size ")
        .append(objects)
        .append("/Root 1 0 R>>\nstartxref\n")
        .append(file.length())
        .append("\n%%EOF\n")
        .toString();
  }

  public static String line(int y, String text) {
    return text(60, y, text);
  }

  public static String text(int x, int y, String text) {
    return String.format(Locale.ROOT, TEXT, x, y, text);
  }
}
