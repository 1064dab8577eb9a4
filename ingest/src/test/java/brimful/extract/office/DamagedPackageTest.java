package brimful.extract.office;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.extract.Extraction;
import brimful.extract.Samples;
import brimful.testing.FuzzContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

final class DamagedPackageTest extends FuzzContract {
  @TempDir private Path folder;

  private static final String CONTENT =
      """
      <office:document-content xmlns:office="urn:o" xmlns:text="urn:x"><office:body><office:text>
      <text:p>First.</text:p><text:p>Second.</text:p></office:text></office:body></office:document-content>
      """;

  private static byte[] odt(String content, String meta) {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put("mimetype", "application/vnd.oasis.opendocument.text".getBytes(UTF_8));
    parts.put("meta.xml", meta.getBytes(UTF_8));
    parts.put("content.xml", content.getBytes(UTF_8));
    return Samples.zip(parts);
  }

  private static byte[] without(byte[] bytes, String signature) {
    String text = new String(bytes, ISO_8859_1);
    return text.replace(signature, "....").getBytes(ISO_8859_1);
  }

  @Test
  void readsTheSlidesOfAPresentationThatLostItsDirectory() {
    byte[] slides = Samples.pptx("Alpha", "Beta");
    Extraction extraction = extract("a.pptx", without(slides, "PK\1\2"));

    assertThat(shown(extraction)).isEqualTo("a.pptx slide 1: Alpha\na.pptx slide 2: Beta");
    assertThat(outcome(extraction))
        .isEqualTo("truncated: 10 of 11 parts (the directory of the zip cannot be read)");
  }

  @Test
  void readsAnOpenDocumentUpToWhereItsContentBreaks() {
    Extraction cut = extract("a.odt", odt(CONTENT.substring(0, CONTENT.indexOf("nd.")), "<m/>"));

    assertThat(shown(cut)).isEqualTo("a.odt 1-3: First.//Seco");
    assertThat(outcome(cut)).startsWith("truncated: ");
  }

  @Test
  void readsTheContentBehindABrokenPart() {
    Extraction extraction = extract("a.odt", odt(CONTENT, "<office:document-meta"));

    assertThat(shown(extraction)).isEqualTo("a.odt 1-3: First.//Second.");
    assertThat(outcome(extraction)).startsWith("truncated: ");
  }

  @Test
  void readsOnBehindADamagedTag() {
    String content = CONTENT.replace("First.</text:p>", "First.</tex?:p><te\1xt:s a&=<>");

    assertThat(shown(extract("a.odt", odt(content, "<m/>")))).contains("First.", "Second.");
  }

  @Test
  void readsABookWhoseDirectoryIsLost() {
    Extraction extraction = extract("a.epub", without(Samples.epub(), "PK\1\2"));

    assertThat(shown(extraction)).isEqualTo(shown(extract("a.epub", Samples.epub())));
  }

  @Test
  void readsTheSheetsOfAWorkbookThatDoesNotNameThem() {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put("xl/workbook.xml", "<workb".getBytes(UTF_8));
    parts.put(
        "xl/worksheets/sheet1.xml",
        "<worksheet><sheetData><row r=\"2\"><c r=\"A2\"><v>7</v></c></row></sheetData></worksheet>"
            .getBytes(UTF_8));
    Extraction extraction = extract("a.xlsx", Samples.zip(parts));

    assertThat(shown(extraction)).isEqualTo("a.xlsx sheet sheet1: 7");
    assertThat(outcome(extraction)).startsWith("truncated: ");
  }

  @Test
  void knowsADocumentWithADamagedBeginningByItsName() {
    byte[] slides = Samples.pptx("Alpha");
    slides[0] = 1;

    assertThat(shown(extract("a.pptx", slides))).isEqualTo("a.pptx slide 1: Alpha");
  }

  @Test
  void saysThatNothingIsLeft() {
    byte[] whole = Samples.pptx("Alpha");

    assertThat(outcome(extract("a.pptx", Arrays.copyOf(whole, 100)))).startsWith("failed: ");
  }

  @Test
  void leavesWholeDocumentsWithoutTextAlone() {
    assertThat(outcome(extract("a.pptx", Samples.pptx("")))).isEqualTo("skipped: no text");
  }

  @Override
  protected List<byte[]> examples() {
    return List.of(odt(CONTENT, "<m/>"), Samples.pptx("Alpha", "Beta"));
  }

  @Override
  protected int slowness() {
    return 10;
  }

  @Override
  protected void check(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("hostile"), bytes);
    var metadata = new Metadata();
    metadata.set(Metadata.CONTENT_TYPE, "application/vnd.oasis.opendocument.text");
    try {
      new DamagedPackage(file, new ParseContext()).write(new DefaultHandler(), metadata);
    } catch (SAXException | TikaException e) {
      // The document's own fault.
    }
  }
}
