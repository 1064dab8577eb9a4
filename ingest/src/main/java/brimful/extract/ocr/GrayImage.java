package brimful.extract.ocr;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;

/// A picture of text in shades of gray.
///
/// @param width in pixels
/// @param height in pixels
/// @param dpi pixels an inch, as far as is known; 0 if not
/// @param pixels a byte for each pixel, row by row from the top; 0 is black. Not to be changed
@SuppressWarnings("ArrayRecordComponent") // A page has millions of pixels, which nobody compares.
public record GrayImage(int width, int height, int dpi, byte[] pixels) {
  /// A page of A3 with 300 dpi has 17 million.
  public static final int PIXELS_MAX = 25_000_000;

  private static final int DPI_MAX = 10_000;

  public GrayImage {
    if (!isPossible(width, height, dpi) || pixels.length != width * height) {
      throw new IllegalArgumentException(
          "%s × %s pixels with %s dpi in %s bytes: give a byte for each of at most %s pixels"
              .formatted(width, height, dpi, pixels.length, PIXELS_MAX));
    }
  }

  /// Tells whether there may be such an image.
  public static boolean isPossible(int width, int height, int dpi) {
    return width > 0
        && height > 0
        && (long) width * height <= PIXELS_MAX
        && dpi >= 0
        && dpi <= DPI_MAX;
  }

  /// Converts an image; what is transparent becomes white.
  ///
  /// @throws IllegalArgumentException if it has too many pixels
  public static GrayImage of(BufferedImage image, int dpi) {
    int width = image.getWidth();
    int height = image.getHeight();
    if (!isPossible(width, height, dpi)) {
      throw new IllegalArgumentException(
          "%s × %s pixels: draw it smaller".formatted(width, height));
    }
    BufferedImage gray = image;
    if (image.getType() != BufferedImage.TYPE_BYTE_GRAY) {
      gray = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
      Graphics2D graphics = gray.createGraphics();
      graphics.drawImage(image, 0, 0, Color.WHITE, null);
      graphics.dispose();
    }
    byte[] pixels = ((DataBufferByte) gray.getRaster().getDataBuffer()).getData();
    return new GrayImage(width, height, dpi, Arrays.copyOf(pixels, width * height));
  }
}
