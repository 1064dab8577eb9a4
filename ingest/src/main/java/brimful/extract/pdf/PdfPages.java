package brimful.extract.pdf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import brimful.corpus.Picture;
import brimful.extract.ocr.DrawnImage;
import brimful.extract.ocr.GrayImage;
import brimful.extract.ocr.PictureEncoder;
import brimful.source.Rule;
import brimful.source.Rules;
import java.awt.image.BufferedImage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.text.PDFTextStripper;

/// The pages of a PDF that is open a second time, for a closer look at some. Not thread-safe.
public final class PdfPages implements Closeable {
  private static final int LOOKED_AT_BYTES = 16_384;
  private static final double POINTS_PER_INCH = 72;

  /// What Tesseract's documentation recommends.
  private static final int DPI = 300;

  /// A photo that is larger than this part of its page may be a scan.
  private static final double SCAN_MIN = 0.4;

  /// A stamp or a page's number on a scan has no more letters than these.
  private static final int LETTERS_A_PAGE = 200;

  private static final int LETTERS_MIN = 20;

  /// The commands that fill, stroke or shade, and those of images.
  private static final Pattern PAINTING =
      Pattern.compile("(?:^|\\s)(?:f\\*?|F|S|s|B\\*?|b\\*?|Do|sh|ID)(?:\\s|$)");

  private final PDDocument document;
  private final Map<Integer, String> losses = new TreeMap<>();

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
        rules.has(Rule.IMAGES) ? Optional.empty() : gray(number),
        rules.has(Rule.PICTURES) ? Picture.NONE : color(number),
        "");
  }

  /// Returns what some pages with text show beside it, also beyond what is wanted. A document whose
  /// images cannot be found has none.
  ///
  /// @param beat called for each page
  public FoundImages images(Set<Integer> pages, int max, Runnable beat) {
    try {
      return max == 0 ? FoundImages.NONE : new PdfFigures(document).in(pages, max, beat);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // What is damaged so keeps its text.
      return FoundImages.NONE;
    }
  }

  /// Tells whether an image may hold text that the page's own does not: paper, with few letters of
  /// the page's own on it.
  ///
  /// @param letters how many letters the page has at most
  public boolean isUnread(Figure image, int letters) {
    PDRectangle crop = document.getPage(image.page() - 1).getCropBox();
    double share = image.area() / (crop.getWidth() * crop.getHeight());
    if (image.photo() && share < SCAN_MIN) {
      return false;
    }
    long few = Math.max(LETTERS_MIN, (long) (share * LETTERS_A_PAGE));
    try {
      var view = new FigureView(document, image, new TreeMap<>());
      return (letters <= few || view.lettersOver() <= few) && view.isPaper();
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return false;
    }
  }

  /// Draws a figure for OCR.
  public Optional<GrayImage> gray(Figure figure) {
    try {
      return Optional.of(new FigureView(document, figure, losses).gray());
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return Optional.empty();
    }
  }

  /// Draws a figure in color; [Picture#NONE] if there is nothing to see.
  public Picture drawn(Figure figure) throws IOException {
    return new FigureView(document, figure, losses).picture();
  }

  /// Returns what the text around a figure says of it.
  public FigureCaption caption(Figure figure) throws IOException {
    return new FigureView(document, figure, losses).caption();
  }

  private Picture color(int number) throws IOException {
    PDRectangle box = document.getPage(number - 1).getCropBox();
    double side = Math.max(1, Math.max(box.getWidth(), box.getHeight())) / POINTS_PER_INCH;
    float dpi = (float) Math.min(DPI, Picture.SIDE_MAX / side);
    Optional<BufferedImage> image = drawn(number, dpi, ImageType.RGB);
    return image.isPresent() ? PictureEncoder.of(image.get()) : Picture.NONE;
  }

  /// Returns nothing if all that there is to see cannot be decoded.
  private Optional<BufferedImage> drawn(int number, float dpi, ImageType type) throws IOException {
    var renderer = new WatchedRenderer(document);
    BufferedImage image = renderer.renderImageWithDPI(number - 1, dpi, type);
    renderer.loss().ifPresent(loss -> losses.put(number, loss));
    return renderer.lostAll(image) ? Optional.empty() : Optional.of(image);
  }

  /// Returns why images of the pages that were drawn could not be decoded, by page.
  public Map<Integer, String> losses() {
    return Map.copyOf(losses);
  }

  public int count() {
    return document.getNumberOfPages();
  }

  private Optional<GrayImage> gray(int number) throws IOException {
    PDRectangle box = document.getPage(number - 1).getCropBox();
    double inches = box.getWidth() * box.getHeight() / (POINTS_PER_INCH * POINTS_PER_INCH);
    int dpi = (int) Math.min(DPI, Math.sqrt(GrayImage.PIXELS_MAX * 0.99 / Math.max(inches, 0.01)));
    return drawn(number, dpi, ImageType.GRAY).map(image -> GrayImage.of(image, dpi));
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
