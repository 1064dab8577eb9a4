package brimful.extract.pdf;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.extractSeen;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import brimful.extract.Extraction;
import brimful.extract.ocr.Ocr;
import brimful.extract.ocr.Scans;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scans and figures on pages that have some text.
final class UnreadImagesTest {
  private static final String PROSE = "The pump runs at seven bar and is checked in spring. ";

  @TempDir private Path cache;

  private Ocr ocr() {
    Ocr ocr =
        Ocr.of(Map.of("PATH", System.getenv().getOrDefault("PATH", ""), Ocr.LANGUAGES, ""), cache);
    if (!ocr.isOn()) {
      System.out.println("NO TESSERACT: scans under a few words are not tested here");
    }
    assumeTrue(ocr.isOn());
    return ocr;
  }

  /// A stamp on a scan, a page of words with a figure of words, and a large scan below words.
  private static byte[] pages(Paper paper) throws IOException {
    var scan = new BufferedImage(1200, 1600, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = scan.createGraphics();
    graphics.setBackground(Color.WHITE);
    graphics.clearRect(0, 0, 1200, 1600);
    graphics.drawImage(Scans.picture("The turbine runs at 100 rpm."), 0, 400, null);
    graphics.dispose();
    paper.page("Received 2024-05-01").draw(paper.image(scan), 0, 0, 600, 800);
    paper.page(PROSE);
    paper.draw(paper.image(Scans.picture("Outflow valve 7")), 60, 400, 320, 120);
    paper.page(PROSE).draw(paper.jpeg(Scans.picture("Half of the page")), 0, 100, 600, 400);
    return paper.bytes();
  }

  @Test
  void ocrReadsScansUnderAFewWordsAndFigures() throws IOException {
    Ocr ocr = ocr();
    try (var paper = new Paper()) {
      Extraction extraction = extract("a.pdf", pages(paper), ocr);

      assertThat(shown(extraction).lines())
          .containsExactly(
              "a.pdf p. 1: Received 2024-05-01/The turbine runs at 100 rpm.",
              "a.pdf p. 2: " + PROSE.strip(),
              "a.pdf p. 2 figure 1: Outflow valve 7",
              "a.pdf p. 3: " + PROSE.strip(),
              "a.pdf p. 3 figure 1: Half of the page");
      assertThat(outcome(extraction)).isEqualTo("indexed: 1 of 3 pages by OCR, 2 figures by OCR");
    }
  }

  @Test
  void withoutOcrThePagesAreNamed() throws IOException {
    try (var paper = new Paper()) {
      Extraction extraction = extract("a.pdf", pages(paper));

      assertThat(shown(extraction)).contains("p. 1: Received").contains("p. 3: The pump");
      assertThat(outcome(extraction))
          .isEqualTo(
              "truncated: 2 of 3 pages (1 a scan under a few words: p. 1, 2 figures not read (p. 2, 3))");
    }
  }

  @Test
  void withoutTesseractTheLineSaysWhatToInstall() throws IOException {
    Ocr missing = Ocr.of(Map.of("PATH", cache.toString()), cache);
    try (var paper = new Paper()) {
      assertThat(outcome(extract("a.pdf", pages(paper), missing)))
          .isEqualTo(
              "truncated: 2 of 3 pages (1 a scan under a few words: p. 1, 2 figures not read (p. 2, 3); install tesseract-ocr)");
    }
    assertThat(outcome(extract("a.pdf", Scans.pdf("One.", "scan:Two"), missing)))
        .isEqualTo("truncated: 1 of 2 pages (1 without text layer; install tesseract-ocr)");
    assertThat(outcome(extract("a.pdf", Scans.pdf("scan:Two"), missing)))
        .isEqualTo("skipped: no text layer; install tesseract-ocr");
  }

  @Test
  void modelsThatSeeGetThePageAsAPicture() throws IOException {
    try (var paper = new Paper()) {
      Extraction extraction = extractSeen("a.pdf", pages(paper), Ocr.off());

      assertThat(outcome(extraction)).isEqualTo("indexed: 1 of 3 pages as pictures");
      assertThat(extraction.texts().getFirst().sections())
          .extracting(section -> section.picture().isNone())
          .containsExactly(false, true, false, true, false);
      assertThat(shown(extraction)).startsWith("a.pdf p. 1: Received 2024-05-01\n");
    }
  }

  @Test
  void aTextLayerOverItsScanIsEnough() throws IOException {
    try (var paper = new Paper()) {
      paper.page(PROSE);
      for (int y = 700; y > 500; y -= 20) {
        paper.text(y, PROSE);
      }
      paper.draw(paper.image(Scans.picture("The same words")), 0, 0, 600, 800);

      assertThat(outcome(extract("a.pdf", paper.bytes()))).isEqualTo("indexed");
    }
  }

  @Test
  void photosAreNoScansAndLogosNoFigures() throws IOException {
    try (var paper = new Paper()) {
      paper.page("A cover.").draw(paper.jpeg(Paper.sky()), 0, 0, 600, 800);
      PDImageXObject logo = paper.image(Scans.picture("Brand of pumps"));
      for (int i = 1; i <= 3; i++) {
        paper.page("Page " + i + " has words.").draw(logo, 60, 400, 320, 120);
      }

      assertThat(outcome(extract("a.pdf", paper.bytes()))).isEqualTo("indexed");
    }
  }

  @Test
  void smallPhotosAreCountedAndNotRead() throws IOException {
    Ocr ocr = ocr();
    try (var paper = new Paper()) {
      var photo = new BufferedImage(600, 400, BufferedImage.TYPE_INT_RGB);
      paper.page(PROSE).draw(paper.jpeg(photo), 60, 300, 320, 240);

      assertThat(outcome(extract("a.pdf", paper.bytes(), ocr)))
          .isEqualTo("indexed: 1 figure not read (p. 1)");
    }
  }
}
