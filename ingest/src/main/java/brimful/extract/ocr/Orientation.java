package brimful.extract.ocr;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// How a camera was held: the orientation of EXIF, by which viewers turn an image.
///
/// @param value 1 to 8, as EXIF 2.32 numbers them in table 8: 1 is upright, 3 upside down, 6 and 8
///   lie on a side; 2, 4, 5 and 7 are their mirror images
public record Orientation(int value) {
  private static final int UPRIGHT = 1;
  private static final int VALUES = 8;
  private static final int ON_A_SIDE_MIN = 5;

  /// Returns what a file says; upright if it says nothing.
  static Orientation of(Path file) {
    try (var in = Files.newInputStream(file)) {
      return of(in);
    } catch (IOException e) {
      return new Orientation(UPRIGHT);
    }
  }

  /// Returns what a file says; upright if it says nothing.
  public static Orientation of(byte[] file) {
    return of(new ByteArrayInputStream(file));
  }

  private static Orientation of(InputStream file) {
    try {
      Metadata metadata = ImageMetadataReader.readMetadata(file);
      for (ExifIFD0Directory directory : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
        Integer value = directory.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
        if (value != null && value >= UPRIGHT && value <= VALUES) {
          return new Orientation(value);
        }
      }
    } catch (ImageProcessingException | IOException | RuntimeException e) {
      // An image may be read although what is said of it may not.
    }
    return new Orientation(UPRIGHT);
  }

  /// Tells whether width and height change places.
  public boolean liesOnASide() {
    return value >= ON_A_SIDE_MIN;
  }

  /// Returns an image as viewers show it.
  BufferedImage upright(BufferedImage image) {
    if (value == UPRIGHT) {
      return image;
    }
    int width = image.getWidth();
    int height = image.getHeight();
    boolean lies = liesOnASide();
    boolean gray = image.getType() == BufferedImage.TYPE_BYTE_GRAY;
    var turned =
        new BufferedImage(
            lies ? height : width,
            lies ? width : height,
            gray ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = turned.createGraphics();
    graphics.drawImage(image, transform(width, height), null);
    graphics.dispose();
    return turned;
  }

  /// Returns where pixels go; the numbers are those of [AffineTransform]'s matrix.
  private AffineTransform transform(int width, int height) {
    return switch (value) {
      case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
      case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
      case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
      case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
      case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
      case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
      case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
      default -> new AffineTransform();
    };
  }
}
