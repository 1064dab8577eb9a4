package brimful.extract.ole;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.extract.Extraction;
import brimful.testing.FuzzContract;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;

/// OLE files that end early. Each is also the start of hostile ones.
final class TruncatedOleTest extends FuzzContract {
  private static final byte[] MAGIC = {
    (byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0x1a, (byte) 0xe1
  };

  /// Returns a file as Office writes it, whose table and directory come last, and are lost.
  private static byte[] cut(byte[] stream) {
    var file = ByteBuffer.allocate(512 + stream.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(MAGIC).putShort(26, (short) 3).putShort(28, (short) -2).putShort(30, (short) 9);
    file.putShort(32, (short) 6).putInt(44, 1).putInt(48, 10_001).putInt(56, 4096).putInt(60, -2);
    file.putInt(68, -2);
    for (int i = 0; i < 109; i++) {
      file.putInt(76 + 4 * i, i == 0 ? 10_000 : -1);
    }
    return file.position(512).put(stream).array();
  }

  private static byte[] twoThirds(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length * 2 / 3);
  }

  private static byte[] book() throws IOException {
    try (var book = new HSSFWorkbook()) {
      for (String name : List.of("Costs", "Notes")) {
        var sheet = book.createSheet(name);
        for (int row = 0; row < 400; row++) {
          sheet.createRow(row).createCell(0).setCellValue(row + 0.5);
          sheet.getRow(row).createCell(1).setCellValue("tea");
        }
      }
      return book.getBytes();
    }
  }

  private static byte[] slides() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var show = new HSLFSlideShow()) {
      for (String text : List.of("First slide", "Second slide")) {
        show.createSlide().createTextBox().setText(text);
      }
      show.write(out);
    }
    try (var files = new POIFSFileSystem(new ByteArrayInputStream(out.toByteArray()));
        var stream = files.createDocumentInputStream("PowerPoint Document")) {
      return stream.readAllBytes();
    }
  }

  /// @param text with the marks of fields and cells
  private static byte[] word(byte[] text, int characters) {
    var stream = ByteBuffer.allocate(0x600 + text.length).order(ByteOrder.LITTLE_ENDIAN);
    stream.putShort(0, (short) 0xa5ec).putShort(2, (short) 0xc1);
    stream.putInt(0x18, 0x400).putInt(0x4c, characters);
    return stream.position(0x600).put(text).array();
  }

  private static byte[] mail() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var files = new POIFSFileSystem()) {
      String text = "The valve is green. ".repeat(400);
      files.createDocument(
          new ByteArrayInputStream(text.getBytes(UTF_16LE)), "__substg1.0_1000001F");
      files.createDocument(new ByteArrayInputStream(new byte[32]), "__properties_version1.0");
      files.createDocument(new ByteArrayInputStream(new byte[30_000]), "__substg1.0_0FFF0102");
      files.writeFilesystem(out);
    }
    return directoryFirst(out.toByteArray());
  }

  /// Exchanges the directory's sector with one in front, where Outlook has it.
  private static byte[] directoryFirst(byte[] file) {
    var fields = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int table = 512 * (1 + fields.getInt(76));
    int from = fields.getInt(48);
    int to = table == 512 ? 1 : 0;
    for (int at = 512 * (1 + from) + 116; at < 512 * (2 + from); at += 128) {
      exchange(fields, at, from, to);
    }
    for (int at = table; at < table + 512; at += 4) {
      exchange(fields, at, from, to);
    }
    exchange(fields, 48, from, to);
    exchange(fields, 60, from, to);
    int next = fields.getInt(table + 4 * from);
    fields.putInt(table + 4 * from, fields.getInt(table + 4 * to)).putInt(table + 4 * to, next);
    byte[] directory = Arrays.copyOfRange(file, 512 * (1 + from), 512 * (2 + from));
    System.arraycopy(file, 512 * (1 + to), file, 512 * (1 + from), 512);
    System.arraycopy(directory, 0, file, 512 * (1 + to), 512);
    return file;
  }

  private static void exchange(ByteBuffer fields, int at, int one, int other) {
    int value = fields.getInt(at);
    fields.putInt(at, value == one ? other : value == other ? one : value);
  }

  @Test
  void aWorkbookGivesTheRowsThatAreThere() throws IOException {
    Extraction extraction = extract("a.xls", cut(twoThirds(book())));

    assertThat(shown(extraction)).contains("399.5 | tea").contains("sheet Notes");
    assertThat(outcome(extraction)).startsWith("truncated: ").endsWith("the file ends early");
  }

  @Test
  void aPresentationGivesTheTextOfItsSlides() throws IOException {
    Extraction extraction = extract("a.ppt", cut(slides()));

    assertThat(shown(extraction))
        .contains("a.ppt slide 1: First slide")
        .contains("a.ppt slide 2: Second slide");
    assertThat(outcome(extraction)).endsWith("the file ends early");
  }

  @Test
  void aWordDocumentGivesItsTextInBothWidths() {
    String text = "Fee: \u0013 PAGE \u00147\u0015\rtea\u00073\u0007\u0007milk";

    for (var charset : List.of(ISO_8859_1, UTF_16LE)) {
      byte[] stream = word(text.getBytes(charset), text.length());

      Extraction extraction = extract("a.doc", cut(stream));

      assertThat(shown(extraction)).isEqualTo("a.doc 1-3: Fee: 7/tea | 3/milk");
      assertThat(outcome(extraction)).endsWith("the file ends early");
    }
  }

  @Test
  void aMailGivesItsTextThoughTheRestIsLost() throws IOException {
    Extraction extraction = extract("a.msg", twoThirds(mail()));

    assertThat(shown(extraction)).contains("The valve is green.");
    assertThat(outcome(extraction)).endsWith("the file ends early");
  }

  @Test
  void whatGivesNothingFailsWithAPlainCause() {
    assertThat(outcome(extract("a.doc", cut(new byte[4_000]))))
        .isEqualTo("failed: the file ends early");
  }

  @Override
  protected List<byte[]> examples() {
    try {
      return List.of(
          cut(twoThirds(book())),
          cut(slides()),
          cut(word("Fee".getBytes(UTF_16LE), 3)),
          twoThirds(mail()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  protected void check(byte[] bytes) {
    try {
      Optional<TruncatedOle> left = TruncatedOle.of(bytes);

      assertThat(left.stream().flatMap(it -> it.whole().stream()).mapToInt(it -> it.length))
          .allMatch(length -> length <= 130 << 20);
    } catch (IOException e) {
      // An answer, too.
    }
  }
}
