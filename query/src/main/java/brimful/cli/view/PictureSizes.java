package brimful.cli.view;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import brimful.corpus.PictureHeader;
import brimful.corpus.PictureSize;
import brimful.extract.ocr.Orientation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// What the pictures in an image file measure: one, or the pages of a TIFF. Nothing is decoded but
/// headers.
public final class PictureSizes {
  private static final int PAGES_MAX = 100_000;
  private static final int BMP_BYTES_MIN = 26;

  private PictureSizes() {}

  /// Returns the pictures of a file; empty if it is no image.
  ///
  /// @throws IOException if it is an image and cannot be read
  public static List<PictureSize> of(byte[] file) throws IOException {
    Optional<PictureHeader> header = PictureHeader.of(file);
    if (header.isPresent()) {
      PictureSize size = header.get().size();
      // Models get it as viewers show it.
      return List.of(
          Orientation.of(file).liesOnASide()
              ? new PictureSize(size.height(), size.width(), size.bytes())
              : size);
    }
    return isTiff(file) || isBitmap(file) ? pages(file) : List.of();
  }

  private static boolean isTiff(byte[] file) {
    return starts(file, "II*\0") || starts(file, "MM\0*");
  }

  /// Text may begin with `BM`, too, but has no file's length behind it.
  private static boolean isBitmap(byte[] file) {
    return starts(file, "BM")
        && file.length >= BMP_BYTES_MIN
        && ((file[2] & 0xff) | (file[3] & 0xff) << 8 | (file[4] & 0xff) << 16 | file[5] << 24)
            == file.length;
  }

  private static boolean starts(byte[] file, String mark) {
    return file.length >= mark.length()
        && new String(file, 0, mark.length(), ISO_8859_1).equals(mark);
  }

  private static List<PictureSize> pages(byte[] file) throws IOException {
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new IOException("no decoder knows it");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream);
        int count = Math.min(PAGES_MAX, reader.getNumImages(true));
        var pages = new ArrayList<PictureSize>();
        for (int page = 0; page < count; page++) {
          pages.add(new PictureSize(reader.getWidth(page), reader.getHeight(page), file.length));
        }
        return pages;
      } catch (RuntimeException e) {
        throw new IOException("it is damaged", e);
      } finally {
        reader.dispose();
      }
    }
  }
}
