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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images of PDF pages that nothing here decodes.
final class LostImagesTest {
  private static final byte[] NO_IMAGE = new byte[500];

  @TempDir private Path cache;

  /// Three pages, of which the second cannot be decoded.
  private static byte[] pages(Paper paper, COSName filter) throws IOException {
    PDImageXObject scan = paper.image(Scans.picture("The pump costs 400 euros."));
    PDImageXObject lost = paper.packed(new ByteArrayInputStream(NO_IMAGE), filter);
    paper.blank().draw(scan, 0, 0, 600, 225);
    paper.blank().draw(lost, 0, 0, 600, 800);
    paper.blank().draw(scan, 0, 0, 600, 225);
    return paper.bytes();
  }

  @Test
  void aModelGetsNoBlankPageForAJpeg2000() throws IOException {
    try (var paper = new Paper()) {
      Extraction extraction = extractSeen("a.pdf", pages(paper, COSName.JPX_DECODE), Ocr.off());

      assertThat(shown(extraction)).contains("p. 1").doesNotContain("p. 2").contains("p. 3");
      assertThat(outcome(extraction))
          .isEqualTo("truncated: 2 of 3 pages (p. 2: JPEG 2000 cannot be decoded)");
    }
  }

  @Test
  void aDamagedJpegIsNoPageWithoutText() throws IOException {
    Ocr ocr =
        Ocr.of(Map.of("PATH", System.getenv().getOrDefault("PATH", ""), Ocr.LANGUAGES, ""), cache);
    if (!ocr.isOn()) {
      System.out.println("NO TESSERACT: damaged scans are not tested here");
    }
    assumeTrue(ocr.isOn());
    try (var paper = new Paper()) {
      Extraction extraction = extract("a.pdf", pages(paper, COSName.DCT_DECODE), ocr);

      assertThat(shown(extraction).lines())
          .containsExactly(
              "a.pdf p. 1: The pump costs 400 euros.", "a.pdf p. 3: The pump costs 400 euros.");
      assertThat(outcome(extraction))
          .isEqualTo("truncated: 2 of 3 pages (p. 2: a damaged image cannot be decoded)");
    }
  }

  @Test
  void aDocumentOfNothingElseFails() throws IOException {
    try (var paper = new Paper()) {
      PDImageXObject lost = paper.packed(new ByteArrayInputStream(NO_IMAGE), COSName.JPX_DECODE);
      paper.blank().draw(lost, 0, 0, 600, 800);

      assertThat(outcome(extractSeen("a.pdf", paper.bytes(), Ocr.off())))
          .isEqualTo("failed: p. 1: JPEG 2000 cannot be decoded");
    }
  }

  @Test
  void wordsOverSuchAnImageStay() throws IOException {
    try (var paper = new Paper()) {
      PDImageXObject lost = paper.packed(new ByteArrayInputStream(NO_IMAGE), COSName.JPX_DECODE);
      paper.page("Received 2024-05-01").draw(lost, 0, 0, 600, 700);

      Extraction extraction = extractSeen("a.pdf", paper.bytes(), Ocr.off());

      assertThat(shown(extraction)).contains("Received 2024-05-01");
      assertThat(outcome(extraction))
          .isEqualTo("truncated: 0 of 1 page (p. 1: JPEG 2000 cannot be decoded)");
    }
  }
}
