package brimful.extract.pdf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import brimful.corpus.Picture;
import brimful.extract.ocr.DrawnImage;
import brimful.extract.ocr.GrayImage;
import brimful.extract.ocr.PictureEncoder;
import brimful.source.Rule;
import brimful.source.Rules;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;

/// The pages of a PDF that is open a second time, for a closer look at some. Not thread-safe.
public final class PdfPages implements Closeable {
  private static final int LOOKED_AT_BYTES = 16_384;
  private static final double POINTS_PER_INCH = 72;

  /// What Tesseract's documentation recommends.
  private static final int DPI = 300;

  /// The commands that fill, stroke or shade, and those of images.
  private static final Pattern PAINTING =
      Pattern.compile("(?:^|\\s)(?:f\\*?|F|S|s|B\\*?|b\\*?|Do|sh|ID)(?:\\s|$)");

  private final PDDocument document;

  public PdfPages(Path file) throws IOException {
    document = Loader.loadPDF(file.toFile(), IOUtils.createTempFileOnlyStreamCache());
    PageTree.cutLoops(document);
  }

  /// Tells whether there is anything to see on a page, such as a scan.
  ///
  /// @param number counts from 1
  public boolean isDrawn(int number) throws IOException {
    if (number > document.getNumberOfPages()) {
      return false;
    }
    PDPage page = document.getPage(number - 1);
    if (!page.hasContents()) {
      return false;
    }
    try (var contents = page.getContents()) {
      byte[] start = contents.readNBytes(LOOKED_AT_BYTES);
      return start.length == LOOKED_AT_BYTES
          || PAINTING.matcher(new String(start, ISO_8859_1)).find();
    }
  }

  /// Draws a page: in gray, as sharply as OCR needs it, and in color as models see it.
  ///
  /// @param rules say which of both is wanted
  public DrawnImage drawn(int number, Rules rules) throws IOException {
    return new DrawnImage(
        rules.has(Rule.IMAGES) ? Optional.empty() : Optional.of(gray(number)),
        rules.has(Rule.PICTURES) ? Picture.NONE : color(number),
        "");
  }

  /// Returns the figures of some pages, also those beyond what is wanted.
  ///
  /// @param beat called for each page
  PdfFigures.Found figures(Set<Integer> pages, int max, Runnable beat) throws IOException {
    return new PdfFigures(document).in(pages, max, beat);
  }

  /// Draws a figure in color; [Picture#NONE] if there is nothing to see.
  public Picture drawn(Figure figure) throws IOException {
    return new FigureView(document, figure).picture();
  }

  /// Returns what the text around a figure says of it.
  public FigureCaption caption(Figure figure) throws IOException {
    return new FigureView(document, figure).caption();
  }

  private Picture color(int number) throws IOException {
    PDRectangle box = document.getPage(number - 1).getCropBox();
    double side = Math.max(1, Math.max(box.getWidth(), box.getHeight())) / POINTS_PER_INCH;
    float dpi = (float) Math.min(DPI, Picture.SIDE_MAX / side);
    return PictureEncoder.of(
        new PDFRenderer(document).renderImageWithDPI(number - 1, dpi, ImageType.RGB));
  }

  private GrayImage gray(int number) throws IOException {
    PDRectangle box = document.getPage(number - 1).getCropBox();
    double inches = box.getWidth() * box.getHeight() / (POINTS_PER_INCH * POINTS_PER_INCH);
    int dpi = (int) Math.min(DPI, Math.sqrt(GrayImage.PIXELS_MAX * 0.99 / Math.max(inches, 0.01)));
    return GrayImage.of(
        new PDFRenderer(document).renderImageWithDPI(number - 1, dpi, ImageType.GRAY), dpi);
  }

  /// Returns a page's text with lines of every direction in one piece: first what stands upright,
  /// then what is turned; empty if nothing is turned.
  public Optional<String> turned(int number) throws IOException {
    return number > document.getNumberOfPages()
        ? Optional.empty()
        : TurnedText.of(document, number);
  }

  /// Returns a page's text without letters that are drawn twice in one place, as for a false bold.
  public String once(int number) throws IOException {
    var stripper = new PDFTextStripper();
    stripper.setSuppressDuplicateOverlappingText(true);
    stripper.setStartPage(number);
    stripper.setEndPage(number);
    return stripper.getText(document);
  }

  @Override
  public void close() throws IOException {
    document.close();
  }
}
