package brimful.extract.pdf;

import brimful.corpus.Picture;
import brimful.extract.ocr.GrayImage;
import brimful.extract.ocr.PictureEncoder;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.RenderDestination;
import org.apache.pdfbox.text.PDFTextStripperByArea;

/// A figure as a reader sees it: the part of its page, with whatever is drawn over the image, and
/// the text above and below.
final class FigureView {
  /// What is sharper than print shows no more.
  private static final double SCALE_MAX = 300 / 72.0;

  private static final double POINTS_PER_INCH = 72;

  /// OCR reads small letters better a little larger.
  private static final double SCALE_MIN = 150 / POINTS_PER_INCH;

  /// Of so many pixels, paper is told from photos.
  private static final double LOOKED_AT = 300;

  /// Of 256, those that count as one.
  private static final int SHADES = 24;

  private static final double PAPER_MIN = 0.4;

  /// How far a caption may be from its figure, in points: three lines.
  private static final double REACH = 60;

  /// Captions may be wider than their figure.
  private static final double ASIDE = 40;

  /// A figure of this part of its page's width stands in no column.
  private static final double WIDE = 0.55;

  /// A figure is looked at in so many places, each way, for more than one color.
  private static final int LOOKS = 40;

  private final PDDocument document;
  private final PDPage page;
  private final Figure figure;

  /// In points, from the upper left of the page as it is shown.
  private final Rectangle2D box;

  private final Map<Integer, String> losses;

  /// @param losses takes why an image of a page could not be decoded
  FigureView(PDDocument document, Figure figure, Map<Integer, String> losses) {
    this.document = document;
    this.losses = losses;
    this.figure = figure;
    page = document.getPage(figure.page() - 1);
    box = upright(page).createTransformedShape(figure.box()).getBounds2D();
  }

  /// Returns what leads from a page's units to points of the page as it is shown.
  private static AffineTransform upright(PDPage page) {
    PDRectangle crop = page.getCropBox();
    var transform = new AffineTransform();
    switch (page.getRotation()) {
      case 90 -> transform.translate(crop.getHeight(), 0);
      case 180 -> transform.translate(crop.getWidth(), crop.getHeight());
      case 270 -> transform.translate(0, crop.getWidth());
      default -> {
        // Nothing is turned.
      }
    }
    transform.rotate(Math.toRadians(page.getRotation()));
    transform.translate(0, crop.getHeight());
    transform.scale(1, -1);
    transform.translate(-crop.getLowerLeftX(), -crop.getLowerLeftY());
    return transform;
  }

  /// Returns the figure; [Picture#NONE] if it is of one color.
  Picture picture() throws IOException {
    double side = Math.max(box.getWidth(), box.getHeight());
    double scale = Math.min(Math.min(figure.density(), SCALE_MAX), Picture.SIDE_MAX / side);
    BufferedImage image = drawn(scale, BufferedImage.TYPE_INT_RGB);
    return isPlain(image) ? Picture.NONE : PictureEncoder.of(image);
  }

  private BufferedImage drawn(double scale, int type) throws IOException {
    var image =
        new BufferedImage(
            Math.max(1, (int) Math.ceil(box.getWidth() * scale)),
            Math.max(1, (int) Math.ceil(box.getHeight() * scale)),
            type);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setBackground(Color.WHITE);
      graphics.clearRect(0, 0, image.getWidth(), image.getHeight());
      graphics.translate(-box.getX() * scale, -box.getY() * scale);
      var renderer = new WatchedRenderer(document);
      renderer.setSubsamplingAllowed(scale <= 1);
      renderer.renderPageToGraphics(
          figure.page() - 1, graphics, (float) scale, (float) scale, RenderDestination.VIEW);
      renderer.loss().ifPresent(loss -> losses.put(figure.page(), loss));
      if (renderer.lostAll(image)) {
        throw new IOException("nothing of it can be decoded");
      }
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private static boolean isPlain(BufferedImage image) {
    int first = image.getRGB(image.getWidth() / 2, image.getHeight() / 2);
    for (int y = 0; y < LOOKS; y++) {
      for (int x = 0; x < LOOKS; x++) {
        if (image.getRGB(x * image.getWidth() / LOOKS, y * image.getHeight() / LOOKS) != first) {
          return false;
        }
      }
    }
    return true;
  }

  /// Returns the figure in gray, as sharply as OCR needs it.
  GrayImage gray() throws IOException {
    double scale = Math.min(SCALE_MAX, Math.max(figure.density(), SCALE_MIN));
    double pixels = box.getWidth() * box.getHeight() * scale * scale;
    scale *= Math.min(1, Math.sqrt(GrayImage.PIXELS_MAX * 0.99 / pixels));
    return GrayImage.of(
        drawn(scale, BufferedImage.TYPE_BYTE_GRAY), Math.max(1, (int) (scale * POINTS_PER_INCH)));
  }

  /// Tells whether it looks like paper: most of it has one shade, as photos have not.
  boolean isPaper() throws IOException {
    double scale = Math.min(1, LOOKED_AT / Math.max(box.getWidth(), box.getHeight()));
    BufferedImage small = drawn(scale, BufferedImage.TYPE_BYTE_GRAY);
    var shades = new int[256 / SHADES + 2];
    int width = small.getWidth();
    int height = small.getHeight();
    for (int pixel : small.getRaster().getPixels(0, 0, width, height, (int[]) null)) {
      shades[pixel / SHADES]++;
    }
    int most = 0;
    for (int i = 0; i + 1 < shades.length; i++) {
      most = Math.max(most, shades[i] + shades[i + 1]);
    }
    return most >= PAPER_MIN * width * height;
  }

  /// Returns how many letters and digits of the page's own text stand on the figure.
  long lettersOver() throws IOException {
    var stripper = new PDFTextStripperByArea();
    stripper.addRegion("over", box);
    stripper.extractRegions(page);
    return stripper
        .getTextForRegion("over")
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .count();
  }

  /// Returns what the text around the figure says of it.
  FigureCaption caption() throws IOException {
    var stripper = new PDFTextStripperByArea();
    stripper.setSortByPosition(true);
    PDRectangle crop = page.getCropBox();
    boolean wide = box.getWidth() > WIDE * crop.getWidth();
    double left = wide ? 0 : box.getX() - ASIDE;
    double width = wide ? Math.max(crop.getWidth(), crop.getHeight()) : box.getWidth() + 2 * ASIDE;
    stripper.addRegion("above", new Rectangle2D.Double(left, box.getY() - REACH, width, REACH));
    stripper.addRegion("below", new Rectangle2D.Double(left, box.getMaxY(), width, REACH));
    stripper.extractRegions(page);
    return FigureCaption.of(stripper.getTextForRegion("above"), stripper.getTextForRegion("below"));
  }
}
