package brimful.extract.ocr;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.event.IIOReadUpdateListener;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// The rows of an image that come before its damage.
final class PartialImage {
  /// Fewer rows hold no line of text.
  private static final int ROWS_MIN = 24;

  /// A part of a PNG is longer only where a program wrote all of a large image as one.
  private static final int MISSING_BYTES_MAX = 32 << 20;

  private PartialImage() {}

  /// Decodes an image once more, as far as it goes; nothing if that is not far.
  ///
  /// @param failed the decoder that gave up
  static Optional<BufferedImage> of(Path file, ImageReader failed, int index, int step) {
    // The decoder of PNGs looks for the end of a part before it reads the part.
    try (var in = Files.newInputStream(file);
        var zeros = new ByteArrayInputStream(new byte[MISSING_BYTES_MAX]);
        var stream = new MemoryCacheImageInputStream(new SequenceInputStream(in, zeros))) {
      ImageReader reader = failed.getOriginatingProvider().createReaderInstance();
      try {
        // Without what may come after the pixels.
        reader.setInput(stream, false, true);
        return rows(reader, index, step);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<BufferedImage> rows(ImageReader reader, int index, int step)
      throws IOException {
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(index);
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceSubsampling(step, step, 0, 0);
    BufferedImage image =
        types
            .next()
            .createBufferedImage(
                Math.ceilDiv(reader.getWidth(index), step),
                Math.ceilDiv(reader.getHeight(index), step));
    param.setDestination(image);
    var rows = new Rows();
    reader.addIIOReadUpdateListener(rows);
    try {
      reader.read(index, param);
    } catch (IOException | RuntimeException e) {
      // What was decoded is there.
    } finally {
      reader.removeIIOReadUpdateListener(rows);
    }
    return rows.end < ROWS_MIN
        ? Optional.empty()
        : Optional.of(image.getSubimage(0, 0, image.getWidth(), rows.end));
  }

  /// Returns what became of the rest.
  static String cause(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof EOFException
          || String.valueOf(at.getMessage()).startsWith("Invalid chunk length")) {
        return "the file ends early";
      }
    }
    return "the image is damaged";
  }

  /// Hears which rows are decoded, from the top.
  private static final class Rows implements IIOReadUpdateListener {
    private int end;

    @Override
    public void imageUpdate(
        ImageReader source,
        BufferedImage image,
        int minX,
        int minY,
        int width,
        int height,
        int periodX,
        int periodY,
        int[] bands) {
      if (periodX == 1 && periodY == 1) {
        end = Math.max(end, minY + height);
      }
    }

    @Override
    public void passStarted(
        ImageReader source,
        BufferedImage image,
        int pass,
        int minPass,
        int maxPass,
        int minX,
        int minY,
        int periodX,
        int periodY,
        int[] bands) {
      // Rows tell enough.
    }

    @Override
    public void passComplete(ImageReader source, BufferedImage image) {
      // Rows tell enough.
    }

    @Override
    public void thumbnailPassStarted(
        ImageReader source,
        BufferedImage image,
        int pass,
        int minPass,
        int maxPass,
        int minX,
        int minY,
        int periodX,
        int periodY,
        int[] bands) {
      // Thumbnails are not read.
    }

    @Override
    public void thumbnailUpdate(
        ImageReader source,
        BufferedImage image,
        int minX,
        int minY,
        int width,
        int height,
        int periodX,
        int periodY,
        int[] bands) {
      // Thumbnails are not read.
    }

    @Override
    public void thumbnailPassComplete(ImageReader source, BufferedImage image) {
      // Thumbnails are not read.
    }
  }
}
