package brimful.extract.ocr;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.members;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import brimful.extract.Extraction;
import brimful.extract.Extractions;
import brimful.extract.media.Media;
import brimful.extract.media.Recordings;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What Tesseract reads, where it is installed.
final class OcrExtractionTest {
  @TempDir private Path cache;

  private Ocr ocr = Ocr.off();

  @BeforeEach
  void find() {
    ocr = ocr("auto");
    if (!ocr.isOn()) {
      System.out.println("NO TESSERACT: what it reads is not tested here");
    }
    assumeTrue(ocr.isOn());
  }

  private Ocr ocr(String mode) {
    return Ocr.of(
        Map.of(
            "PATH", System.getenv().getOrDefault("PATH", ""), Ocr.MODE, mode, Ocr.LANGUAGES, "eng"),
        cache);
  }

  @Test
  void aPdfThatIsScannedInPartHasAllItsPages() {
    byte[] pdf =
        Scans.pdf(
            "First page.",
            "scan:Second page",
            "Third page.",
            "scan:Fourth page",
            "scan:Fifth page");

    Extraction extraction = extract("mixed.pdf", pdf, ocr);

    assertThat(shown(extraction).lines())
        .containsExactly(
            "mixed.pdf p. 1: First page.",
            "mixed.pdf p. 2: Second page",
            "mixed.pdf p. 3: Third page.",
            "mixed.pdf p. 4: Fourth page",
            "mixed.pdf p. 5: Fifth page");
    assertThat(outcome(extraction)).isEqualTo("indexed: 3 of 5 pages by OCR");
  }

  @Test
  void scannedPagesInWhichOcrFindsNothingAreCounted() {
    byte[] pdf = Scans.pdf("text:Page one", "scan:Page two", "scan: ");

    assertThat(outcome(extract("a.pdf", pdf, ocr)))
        .isEqualTo("indexed: 2 of 3 pages by OCR (1 without text)");
  }

  @Test
  void aPdfThatIsAllScannedIsRead() {
    Extraction extraction = extract("a.pdf", Scans.pdf("scan:Nothing but a scan"), ocr);

    assertThat(shown(extraction)).isEqualTo("a.pdf p. 1: Nothing but a scan");
    assertThat(outcome(extraction)).isEqualTo("indexed: 1 of 1 pages by OCR");
  }

  @Test
  void theTextLayerCountsUnlessOcrIsForced() {
    byte[] pdf = Scans.pdf("A text layer");

    assertThat(outcome(extract("a.pdf", pdf, ocr))).isEqualTo("indexed");
    assertThat(outcome(extract("a.pdf", pdf, ocr("force"))))
        .isEqualTo("indexed: 1 of 1 pages by OCR");
    assertThat(shown(extract("a.pdf", pdf, ocr("force")))).isEqualTo("a.pdf p. 1: A text layer");
  }

  @Test
  void aJpegThatIsCutGivesItsTopAndSaysSo() {
    byte[] jpeg =
        Scans.image("jpg", Scans.picture("The pump costs 400 euros.\n \n \n \nIt comes in May."));
    byte[] half = Arrays.copyOf(jpeg, jpeg.length * 6 / 10);

    Extraction extraction = extract("a.jpg", half, ocr);

    assertThat(shown(extraction)).isEqualTo("a.jpg 1-1: The pump costs 400 euros.");
    assertThat(outcome(extraction)).isEqualTo("truncated: 1 image, then: the file ends early");
    assertThat(outcome(extract("a.jpg", Arrays.copyOf(jpeg, 700), ocr)))
        .isEqualTo("failed: the file ends early");
  }

  @Test
  void aPngThatIsCutOrDamagedGivesItsTopAndSaysSo() {
    byte[] png =
        Scans.image("png", Scans.picture("The pump costs 400 euros.\n \n \n \nIt comes in May."));
    byte[] half = Arrays.copyOf(png, png.length * 6 / 10);
    byte[] damaged = png.clone();
    Arrays.fill(damaged, png.length * 6 / 10, png.length - 20, (byte) 7);

    Extraction extraction = extract("a.png", half, ocr);

    assertThat(shown(extraction)).isEqualTo("a.png 1-1: The pump costs 400 euros.");
    assertThat(outcome(extraction)).isEqualTo("truncated: 1 image, then: the file ends early");
    assertThat(outcome(extract("a.png", damaged, ocr)))
        .isEqualTo("truncated: 1 image, then: the image is damaged");
  }

  @Test
  void ofAnImageThatMovesTheOtherFramesAreSaid() throws IOException {
    byte[] gif = Scans.gif("First of three", "Second", "Third");

    Extraction extraction = extract("a.gif", gif, ocr);

    assertThat(shown(extraction)).isEqualTo("a.gif 1-1: First of three");
    assertThat(outcome(extraction)).isEqualTo("truncated: 1 of 3 frames (the first is read)");
    assertThat(outcome(extract("a.gif", Scans.gif(" ", "Second"), ocr)))
        .isEqualTo("skipped: no text found by OCR in the first of 2 frames");
    assertThat(outcome(extract("a.png", Scans.moving("First of three", 3), ocr)))
        .isEqualTo("truncated: 1 of 3 frames (the first is read)");
  }

  @Test
  void pixelsThatPassForTextAreAnImage() {
    BufferedImage picture = Scans.picture("The pump costs 400 euros.");
    byte[] pixels = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    var pgm = new ByteArrayOutputStream();
    pgm.writeBytes(
        "P5\n# by hand\n%s %s\n255\n"
            .formatted(picture.getWidth(), picture.getHeight())
            .getBytes(ISO_8859_1));
    pgm.writeBytes(pixels);

    Extraction extraction = extract("scan.pgm", pgm.toByteArray(), ocr);

    assertThat(shown(extraction)).isEqualTo("scan.pgm 1-1: The pump costs 400 euros.");
    assertThat(outcome(extract("scan.pgm", pgm.toByteArray()))).isEqualTo("skipped: media");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
  void anImageIsReadAsItIsShown(int orientation) {
    byte[] jpeg = Scans.turnedJpeg(Scans.picture("The pump costs 400 euros."), orientation);

    assertThat(shown(extract("a.jpg", jpeg, ocr)))
        .isEqualTo("a.jpg 1-1: The pump costs 400 euros.");
  }

  @Test
  void sizesThatMakeNoSenseAreDamage() {
    byte[] png = Scans.image("png", Scans.picture("Claim"));
    Arrays.fill(png, 16, 24, (byte) 0x7f);

    assertThat(outcome(extract("a.png", png, ocr))).startsWith("failed: damaged image");
  }

  @Test
  void aTiffThatIsCutGivesThePagesBeforeThat() {
    byte[] tiff = Scans.tiff("First sheet", "Second sheet", "Third sheet");

    Extraction one = extract("fax.tif", Arrays.copyOf(tiff, tiff.length / 2), ocr);
    Extraction two = extract("fax.tif", Arrays.copyOf(tiff, tiff.length * 9 / 10), ocr);

    assertThat(shown(one)).startsWith("fax.tif p. 1: First sheet").doesNotContain("Third");
    assertThat(outcome(one)).isEqualTo("truncated: 2 pages, then: the file ends early");
    assertThat(shown(two))
        .startsWith("fax.tif p. 1: First sheet\nfax.tif p. 2: Second sheet\nfax.tif p. 3: ");
    assertThat(outcome(two)).isEqualTo("truncated: 3 pages, then: the file ends early");
  }

  @Test
  void aTiffThatLeadsBackToItsStartEndsThere() {
    byte[] tiff = Scans.tiff("First sheet");
    var fields = ByteBuffer.wrap(tiff);
    fields.order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = fields.getInt(4);
    fields.putInt(directory + 2 + 12 * fields.getShort(directory), directory);

    Extraction extraction = extract("fax.tif", tiff, ocr);

    assertThat(shown(extraction)).isEqualTo("fax.tif 1-1: First sheet");
    assertThat(outcome(extraction)).isEqualTo("indexed: by OCR");
  }

  @Test
  void aTiffOfMorePagesThanTheLimitNamesIt() {
    var limits = Extractions.limits(1 << 20, 10_000, 2, 10);

    Extraction extraction =
        extract(
            "fax.tif",
            Scans.tiff("First sheet", "Second sheet", "Third sheet"),
            new Media(ocr, Recordings.off()),
            limits);

    assertThat(outcome(extraction)).isEqualTo("truncated: 2 of 3 pages (limit pages=2)");
  }

  @Test
  void anImageHasTheLinesThatAreWrittenInIt() {
    BufferedImage picture = Scans.picture("The pump costs 400 euros.\nIt comes in May.");

    for (String format : new String[] {"png", "jpg", "gif", "bmp"}) {
      Extraction extraction = extract("note." + format, Scans.image(format, picture), ocr);

      assertThat(shown(extraction).replace("//", "/"))
          .isEqualTo("note.%s 1-2: The pump costs 400 euros./It comes in May.", format);
      assertThat(outcome(extraction)).isEqualTo("indexed: by OCR");
    }
  }

  @Test
  void aTiffHasPages() {
    Extraction extraction = extract("fax.tif", Scans.tiff("First sheet", "Second sheet"), ocr);

    assertThat(shown(extraction))
        .isEqualTo("fax.tif p. 1: First sheet\nfax.tif p. 2: Second sheet");
  }

  @Test
  void aPictureWithoutWordsIsSkippedAndSoIsAnIcon() {
    var photo = new BufferedImage(400, 300, BufferedImage.TYPE_INT_ARGB);
    var icon = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);

    assertThat(outcome(extract("photo.png", Scans.image("png", photo), ocr)))
        .isEqualTo("skipped: no text found by OCR");
    assertThat(outcome(extract("icon.png", Scans.image("png", icon), ocr)))
        .isEqualTo("skipped: image too small or narrow for words");
    assertThat(outcome(extract("icon.png", Scans.image("png", icon)))).isEqualTo("skipped: media");
  }

  @Test
  void imagesInArchivesAreMembers() throws IOException {
    var zip = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("scan.png"));
      out.write(Scans.image("png", Scans.picture("Words inside")));
      out.putNextEntry(new ZipEntry("empty.png"));
      out.write(Scans.image("png", new BufferedImage(200, 200, BufferedImage.TYPE_BYTE_GRAY)));
    }

    Extraction extraction = extract("a.zip", zip.toByteArray(), ocr);

    assertThat(shown(extraction)).isEqualTo("a.zip!/scan.png 1-1: Words inside");
    assertThat(members(extraction))
        .containsEntry("a.zip!/scan.png", "indexed: by OCR")
        .containsEntry("a.zip!/empty.png", "skipped: no text found by OCR");
  }

  @Test
  void aTallPictureIsReadSmaller() {
    var tall = new BufferedImage(30, 200_000, BufferedImage.TYPE_BYTE_GRAY);

    assertThat(outcome(extract("tall.png", Scans.image("png", tall), ocr)))
        .isEqualTo("skipped: no text found by OCR");
  }

  @Test
  void anImageThatIsCutFails() {
    byte[] png = Scans.image("png", Scans.picture("Cut"));

    assertThat(outcome(extract("a.png", Arrays.copyOf(png, 8)))).isEqualTo("skipped: media");

    assertThat(outcome(extract("a.png", Arrays.copyOf(png, 60), ocr))).startsWith("failed: ");
  }
}
