package brimful.extract.pdf;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;
import org.apache.pdfbox.filter.MissingImageReaderException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;

/// Draws pages, and remembers when an image could not be decoded: PDFBox leaves its place white.
final class WatchedRenderer extends PDFRenderer {
  private Optional<String> loss = Optional.empty();

  WatchedRenderer(PDDocument document) {
    super(document);
  }

  /// Returns why an image is missing, if one is.
  Optional<String> loss() {
    return loss;
  }

  /// Tells whether an image is missing, and there is nothing else to see.
  boolean lostAll(BufferedImage drawn) {
    if (loss.isEmpty()) {
      return false;
    }
    int first = drawn.getRGB(0, 0);
    for (int y = 0; y < drawn.getHeight(); y++) {
      for (int x = 0; x < drawn.getWidth(); x++) {
        if (drawn.getRGB(x, y) != first) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
    return new Watched(parameters);
  }

  private final class Watched extends PageDrawer {
    Watched(PageDrawerParameters parameters) throws IOException {
      super(parameters);
    }

    @Override
    public void drawImage(PDImage image) throws IOException {
      try {
        super.drawImage(image);
      } catch (MissingImageReaderException e) {
        loss = Optional.of(name(image) + " cannot be decoded");
      } catch (IOException e) {
        loss = Optional.of("a damaged image cannot be decoded");
      }
    }
  }

  private static String name(PDImage image) {
    return switch (String.valueOf(image.getSuffix())) {
      case "jpx" -> "JPEG 2000";
      case "jb2" -> "JBIG2";
      default -> "an image";
    };
  }
}
