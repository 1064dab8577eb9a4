package brimful.extract.ocr;

import brimful.corpus.Picture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/// Encodes images as [Picture]s: scaled to its longest side, and as PNG where that is small, since
/// lines and letters stay sharp; otherwise as JPEG, as good as its bytes allow.
///
/// The same pixels give the same bytes.
public final class PictureEncoder {
  /// Larger images are photographs and scans, whose PNGs are larger still, and slow to write.
  private static final int PNG_PIXELS_MAX = 1_500_000;

  private static final int PNG_BYTES_MAX = Picture.BYTES_MAX / 2;
  private static final float[] QUALITIES = {0.85f, 0.7f, 0.5f, 0.3f};

  /// How much smaller an image gets, if it has too many bytes at the lowest quality.
  private static final double SMALLER = 0.7;

  /// Images of so few pixels always fit.
  private static final int ALWAYS_FIT_SIDE = 64;

  private PictureEncoder() {}

  /// Encodes an image; what is transparent becomes white.
  public static Picture of(BufferedImage image) throws IOException {
    BufferedImage scaled = scaled(image, Picture.SIDE_MAX);
    if ((long) scaled.getWidth() * scaled.getHeight() <= PNG_PIXELS_MAX) {
      byte[] png = png(scaled);
      if (png.length <= PNG_BYTES_MAX) {
        return new Picture(png);
      }
    }
    // Ends: each round has half as many pixels.
    while (true) {
      for (float quality : QUALITIES) {
        byte[] jpeg = jpeg(scaled, quality);
        if (jpeg.length <= Picture.BYTES_MAX) {
          return new Picture(jpeg);
        }
      }
      int side = Math.max(scaled.getWidth(), scaled.getHeight());
      scaled = scaled(scaled, Math.max(ALWAYS_FIT_SIDE, (int) (side * SMALLER)));
    }
  }

  /// Returns an opaque image whose longest side is at most so long, halved step by step: a single
  /// step would skip pixels.
  private static BufferedImage scaled(BufferedImage image, int sideMax) {
    int width = image.getWidth();
    int height = image.getHeight();
    int side = Math.max(width, height);
    double scale = Math.min(1, (double) sideMax / side);
    int toWidth = Math.max(1, (int) Math.round(width * scale));
    int toHeight = Math.max(1, (int) Math.round(height * scale));
    BufferedImage result = image;
    do {
      width = Math.max(toWidth, width / 2);
      height = Math.max(toHeight, height / 2);
      result = drawn(result, width, height);
    } while (width > toWidth || height > toHeight);
    return result;
  }

  private static BufferedImage drawn(BufferedImage image, int width, int height) {
    boolean gray =
        image.getType() == BufferedImage.TYPE_BYTE_GRAY
            || image.getType() == BufferedImage.TYPE_BYTE_BINARY;
    var result =
        new BufferedImage(
            width, height, gray ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = result.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, Color.WHITE, null);
    graphics.dispose();
    return result;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    var bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, "png", bytes)) {
      throw new IOException("no encoder for PNG");
    }
    return bytes.toByteArray();
  }

  private static byte[] jpeg(BufferedImage image, float quality) throws IOException {
    ImageWriter writer =
        Optional.of(ImageIO.getImageWritersByFormatName("jpeg"))
            .filter(java.util.Iterator::hasNext)
            .map(java.util.Iterator::next)
            .orElseThrow(() -> new IOException("no encoder for JPEG"));
    var bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
