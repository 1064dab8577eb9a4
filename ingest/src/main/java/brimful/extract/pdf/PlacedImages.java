package brimful.extract.pdf;

import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.pdfbox.contentstream.PDFStreamEngine;
import org.apache.pdfbox.contentstream.operator.DrawObject;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.state.Concatenate;
import org.apache.pdfbox.contentstream.operator.state.Restore;
import org.apache.pdfbox.contentstream.operator.state.Save;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;

/// Follows what a page draws, and notes where images are; none is decoded. Not thread-safe.
final class PlacedImages extends PDFStreamEngine {
  /// A hostile page draws an image a million times.
  private static final int IMAGES_MAX = 2_000;

  private final Predicate<COSStream> wanted;
  private final List<Image> images = new ArrayList<>();

  /// @param density pixels for each unit of the page
  /// @param photo whether it is packed as photos are
  record Image(Rectangle2D box, double density, boolean photo) {}

  private PlacedImages(Predicate<COSStream> wanted) {
    this.wanted = wanted;
    addOperator(new Save(this));
    addOperator(new Restore(this));
    addOperator(new Concatenate(this));
    addOperator(new Noting());
  }

  /// Returns the wanted images of a page, in the order in which they are drawn.
  static List<Image> of(PDPage page, Predicate<COSStream> wanted) throws IOException {
    var placed = new PlacedImages(wanted);
    placed.processPage(page);
    return List.copyOf(placed.images);
  }

  private final class Noting extends DrawObject {
    Noting() {
      super(PlacedImages.this);
    }

    @Override
    public void process(Operator operator, List<COSBase> operands) throws IOException {
      PDResources resources = getResources();
      if (!operands.isEmpty()
          && operands.getFirst() instanceof COSName name
          && resources != null
          && resources.isImageXObject(name)) {
        COSBase image = PageImages.dictionary(resources).getDictionaryObject(name);
        if (image instanceof COSStream stream
            && wanted.test(stream)
            && images.size() < IMAGES_MAX) {
          note(stream);
        }
      } else {
        super.process(operator, operands);
      }
    }
  }

  private void note(COSStream image) {
    AffineTransform matrix =
        getGraphicsState().getCurrentTransformationMatrix().createAffineTransform();
    Rectangle2D box =
        matrix.createTransformedShape(new Rectangle2D.Double(0, 0, 1, 1)).getBounds2D();
    double units = Math.sqrt(Math.abs(matrix.getDeterminant()));
    double pixels = Math.sqrt((double) PageImages.width(image) * PageImages.height(image));
    if (units > 0) {
      images.add(new Image(box, pixels / units, PageImages.isPhoto(image)));
    }
  }
}
