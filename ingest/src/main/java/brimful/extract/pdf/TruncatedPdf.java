package brimful.extract.pdf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;

/// Reads the pages that are left of a PDF which ends early, and says how many there were.
///
/// The list of pages stands at the end of most files. A new end is put behind what is there, so
/// that PDFBox finds the objects by itself; the page objects among them are then read in the order
/// of their numbers.
///
/// @param pages the text of each page that was found
/// @param of how many pages the file had, or 0 if nothing left of it says so
public record TruncatedPdf(List<String> pages, int of) {
  private static final int END_BYTES = 4_096;
  private static final long BYTES_MAX = 128L << 20;

  private static final Pattern COUNT =
      Pattern.compile(
          "/Linearized\\b[^>]{0,300}/N\\s+(\\d{1,6})|/Type\\s*/Pages\\b[^>]{0,60}/Count\\s+(\\d{1,6})|/Count\\s+(\\d{1,6})[^>]{0,60}/Type\\s*/Pages\\b");

  private static final String END =
      """

      endstream
      endobj
      %1$s 0 obj
      << /Type /Catalog /Pages %2$s 0 R >>
      endobj
      %2$s 0 obj
      << /Type /Pages /Kids [] /Count 0 >>
      endobj
      trailer
      << /Root %1$s 0 R /Size %1$s >>
      startxref
      0
      %%%%EOF
      """;

  /// Higher than the numbers of a real file's objects.
  private static final int ROOT = 8_000_001;

  public TruncatedPdf {
    pages = List.copyOf(pages);
  }

  /// Tells whether a file lacks the mark that every PDF ends with.
  public static boolean isCut(Path file) throws IOException {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      // Disks and mail programs fill a file up with NULs.
      long length = in.length();
      byte[] end = before(in, length);
      int used = used(end);
      while (used == 0 && length > 0) {
        length -= end.length;
        end = before(in, length);
        used = used(end);
      }
      byte[] last = before(in, length - end.length + used);
      return !new String(last, ISO_8859_1).contains("%%EOF");
    }
  }

  private static byte[] before(RandomAccessFile in, long at) throws IOException {
    byte[] end = new byte[(int) Math.min(END_BYTES, at)];
    in.seek(at - end.length);
    in.readFully(end);
    return end;
  }

  /// Returns how many bytes there are up to the last that is no NUL.
  private static int used(byte[] bytes) {
    int used = bytes.length;
    while (used > 0 && bytes[used - 1] == 0) {
      used--;
    }
    return used;
  }

  /// Reads what is left.
  ///
  /// @param progress runs after each page
  public static TruncatedPdf read(Path file, Runnable progress) throws IOException {
    if (Files.size(file) > BYTES_MAX) {
      return new TruncatedPdf(List.of(), 0);
    }
    var whole = new ByteArrayOutputStream();
    Files.copy(file, whole);
    int of = count(whole.toString(ISO_8859_1));
    whole.write(String.format(Locale.ROOT, END, ROOT, ROOT - 1).getBytes(ISO_8859_1));
    List<String> pages = new ArrayList<>();
    try (PDDocument document = Loader.loadPDF(whole.toByteArray());
        var found = new PDDocument()) {
      List<COSObject> objects =
          new ArrayList<>(document.getDocument().getObjectsByType(COSName.PAGE));
      objects.sort(Comparator.comparingLong(object -> object.getKey().getNumber()));
      for (COSObject object : objects) {
        if (object.getObject() instanceof COSDictionary page) {
          found.addPage(new PDPage(page));
        }
      }
      for (int number = 1; number <= found.getNumberOfPages(); number++) {
        pages.add(text(found, number));
        progress.run();
      }
    }
    return new TruncatedPdf(pages, Math.max(of, pages.size()));
  }

  private static int count(String file) {
    int count = 0;
    Matcher counts = COUNT.matcher(file);
    while (counts.find()) {
      for (int group = 1; group <= counts.groupCount(); group++) {
        if (counts.group(group) != null) {
          count = Math.max(count, Integer.parseInt(counts.group(group)));
        }
      }
    }
    return count;
  }

  /// Returns a page's text, or what stands before its damage.
  private static String text(PDDocument document, int number) {
    var stripper = new PDFTextStripper();
    stripper.setStartPage(number);
    stripper.setEndPage(number);
    var text = new StringWriter();
    try {
      stripper.writeText(document, text);
    } catch (IOException | RuntimeException e) {
      // What was read so far stands.
    }
    return text.toString();
  }
}
