package brimful.extract.pdf;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.extractSeen;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.chunk.ChunkLimits;
import brimful.chunk.Chunker;
import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.PictureSize;
import brimful.extract.Extraction;
import brimful.extract.Extractor;
import brimful.extract.Section;
import brimful.extract.limit.Limit;
import brimful.extract.limit.Limits;
import brimful.extract.ocr.Ocr;
import brimful.token.Tokenizers;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.junit.jupiter.api.Test;

/// Figures of pages that have text, as models see them.
final class PdfFiguresTest {
  private static List<Section> figures(Extraction extraction) {
    return extraction.texts().stream()
        .flatMap(text -> text.sections().stream())
        .filter(section -> section.locator() instanceof Locator.Figure)
        .toList();
  }

  private static Extraction seen(Paper paper) {
    return extractSeen("report.pdf", paper.bytes(), Ocr.off());
  }

  @Test
  void figuresFollowTheTextOfTheirPageWithTheirCaptions() throws IOException {
    try (var paper = new Paper()) {
      paper.page("How valves are sold.").figure(300);
      paper.text(280, "Figure 12: Sales of valves by region.").text(180, "Unrelated words.");
      paper.page("The end.");

      Extraction extraction = seen(paper);

      assertThat(shown(extraction).lines())
          .containsExactly(
              "report.pdf p. 1: How valves are sold.//Figure 12: Sales of valves by region.//Unrelated words.",
              "report.pdf p. 1 figure 12: Figure 12: Sales of valves by region.",
              "report.pdf p. 2: The end.");
      assertThat(outcome(extraction)).isEqualTo("indexed");
      PictureSize size = figures(extraction).getFirst().picture().size();
      assertThat(List.of(size.width(), size.height())).containsExactly(400, 300);
    }
  }

  @Test
  void aFigureIsAChunkWithItsPicture() throws IOException {
    try (var paper = new Paper()) {
      Extraction extraction = seen(paper.page("How valves are sold.").figure(300));

      List<Chunk> chunks =
          new Chunker(Tokenizers.named("estimate"), ChunkLimits.DEFAULT)
              .chunk(new DocumentId("report.pdf"), extraction.texts().getFirst().sections())
              .orElseThrow()
              .chunks();

      assertThat(chunks).extracting(chunk -> chunk.picture().isNone()).containsExactly(true, false);
      assertThat(chunks.getLast().locator()).isEqualTo(new Locator.Figure(1, 1));
    }
  }

  @Test
  void pagesMayShareTheirResources() throws IOException {
    try (var paper = new Paper()) {
      paper.page("One.").figure(300).next("Two.").figure(300).next("Three.").figure(300);
      paper.next("Four.").figure(300);

      assertThat(figures(seen(paper))).hasSize(4);
    }
  }

  @Test
  void whatRepeatsOrFillsThePageOrIsSmallIsNoFigure() throws IOException {
    try (var paper = new Paper()) {
      PDImageXObject logo = paper.image(400, 300);
      for (int i = 1; i <= 3; i++) {
        paper.page("Page " + i + " has words.").draw(logo, 60, 100, 320, 240);
      }
      paper.page("A background.").draw(paper.image(Paper.sky()), 0, 0, 600, 800);
      paper.page("An icon.").draw(paper.image(190, 190), 60, 100, 300, 300);
      paper.page("A stamp.").draw(paper.image(400, 400), 60, 100, 100, 100);

      Extraction extraction = seen(paper);

      assertThat(figures(extraction)).isEmpty();
      assertThat(outcome(extraction)).isEqualTo("indexed");
    }
  }

  @Test
  void theSameLogoOnEachPageInCopiesIsNoFigure() throws IOException {
    try (var paper = new Paper()) {
      for (int i = 1; i <= 3; i++) {
        paper.page("Page " + i + " has words.");
        paper.again();
        paper.draw(paper.image(400, 300), 60, 100, 320, 240);
      }

      assertThat(figures(seen(paper))).isEmpty();
    }
  }

  @Test
  void stripesThatTouchAreOneFigure() throws IOException {
    try (var paper = new Paper()) {
      paper.page("A map in stripes.");
      for (int i = 0; i < 6; i++) {
        paper.draw(paper.image(400, 50), 60, 300 + 40 * i, 320, 40);
      }

      List<Section> figures = figures(seen(paper));

      assertThat(figures).hasSize(1);
      PictureSize size = figures.getFirst().picture().size();
      assertThat(List.of(size.width(), size.height())).containsExactly(400, 300);
    }
  }

  @Test
  void captionsAboveAndHeadingsCountToo() throws IOException {
    try (var paper = new Paper()) {
      paper.page("Words.").text(550, "Fig. 3.1 A pump in section.").figure(300);
      paper.page("Words.").text(550, "How the pump is cleaned").figure(300);

      assertThat(figures(seen(paper)))
          .extracting(Section::text)
          .containsExactly("Fig. 3.1 A pump in section.", "How the pump is cleaned");
    }
  }

  @Test
  void figuresOfATurnedPageStandUpright() throws IOException {
    try (var paper = new Paper()) {
      paper.page("A turned page.").turned().draw(paper.image(400, 200), 100, 300, 400, 200);

      PictureSize size = figures(seen(paper)).getFirst().picture().size();

      assertThat(List.of(size.width(), size.height())).containsExactly(200, 400);
    }
  }

  @Test
  void figuresBeyondTheLimitAreSaid() throws IOException {
    try (var paper = new Paper()) {
      for (int i = 1; i <= 3; i++) {
        paper.page("Page " + i + " has words.").figure(300);
      }
      Limits limits = Limits.standard().with(Limit.FIGURES, 2);

      Extraction extraction = extractSeen("report.pdf", paper.bytes(), Ocr.off(), limits);

      assertThat(figures(extraction)).hasSize(2);
      assertThat(outcome(extraction)).startsWith("truncated").endsWith("(limit figures=2)");
      assertThat(shown(extraction)).contains("Page 3 has words.");
    }
  }

  @Test
  void pagesThatAreNotSearchedAreSaid() throws IOException {
    Limits limits = Limits.standard().with(Limit.FIGURES, 1);
    try (var paper = new Paper()) {
      for (int i = 1; i <= 10; i++) {
        paper.page("Page " + i + " has words.");
        paper.draw(paper.image(400, 300), 60, 300, 40, 30);
      }
      assertThat(outcome(extractSeen("report.pdf", paper.bytes(), Ocr.off(), limits)))
          .isEqualTo("indexed");
      for (int i = 11; i <= 13; i++) {
        paper.page("Page " + i + " has words.").figure(300);
      }

      Extraction extraction = extractSeen("report.pdf", paper.bytes(), Ocr.off(), limits);

      assertThat(figures(extraction)).isEmpty();
      assertThat(outcome(extraction))
          .isEqualTo(
              "truncated: 10 of 13 pages with images (searched for figures; limit figures=1)");
      assertThat(Extractor.readsMore(Limits.standard(), outcome(extraction))).isTrue();
      assertThat(shown(extraction)).contains("Page 13 has words.");
    }
  }

  @Test
  void pagesThatAreNotSearchedAreSaidBesideFiguresBeyondTheLimit() throws IOException {
    try (var paper = new Paper()) {
      for (int i = 1; i <= 13; i++) {
        paper.page("Page " + i + " has words.").figure(300);
      }
      Limits limits = Limits.standard().with(Limit.FIGURES, 1);

      Extraction extraction = extractSeen("report.pdf", paper.bytes(), Ocr.off(), limits);

      assertThat(figures(extraction)).hasSize(1);
      assertThat(outcome(extraction))
          .isEqualTo(
              "truncated: 1 of 10 figures (3 pages with images not searched; limit figures=1)");
      assertThat(Extractor.readsMore(Limits.standard(), outcome(extraction))).isTrue();
    }
  }

  @Test
  void aModelThatDoesNotSeeGetsTextAlone() throws IOException {
    try (var paper = new Paper()) {
      paper.page("How valves are sold.").figure(300);

      assertThat(shown(extract("report.pdf", paper.bytes())))
          .isEqualTo("report.pdf p. 1: How valves are sold.");
    }
  }

  @Test
  void figuresOfOneColorShowNothing() throws IOException {
    try (var paper = new Paper()) {
      paper.page("A page.");
      var plain = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
      paper.draw(paper.image(plain), 60, 300, 320, 240);

      assertThat(figures(seen(paper))).isEmpty();
    }
  }
}
