package brimful.extract.pdf;

import brimful.corpus.Picture;
import brimful.extract.ocr.PictureEncoder;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.RenderDestination;
import org.apache.pdfbox.text.PDFTextStripperByArea;

/// A figure as a reader sees it: the part of its page, with whatever is drawn over the image, and
/// the text above and below.
final class FigureView {
  /// What is sharper than print shows no more.
  private static final double SCALE_MAX = 300 / 72.0;

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

  FigureView(PDDocument document, Figure figure) {
    this.document = document;
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
    var image =
        new BufferedImage(
            Math.max(1, (int) Math.ceil(box.getWidth() * scale)),
            Math.max(1, (int) Math.ceil(box.getHeight() * scale)),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setBackground(Color.WHITE);
      graphics.clearRect(0, 0, image.getWidth(), image.getHeight());
      graphics.translate(-box.getX() * scale, -box.getY() * scale);
      new PDFRenderer(document)
          .renderPageToGraphics(
              figure.page() - 1, graphics, (float) scale, (float) scale, RenderDestination.VIEW);
    } finally {
      graphics.dispose();
    }
    return isPlain(image) ? Picture.NONE : PictureEncoder.of(image);
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
