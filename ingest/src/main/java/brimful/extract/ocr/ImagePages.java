package brimful.extract.ocr;

import brimful.corpus.Picture;
import brimful.source.Rule;
import brimful.source.Rules;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import javax.imageio.stream.ImageInputStream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/// The pictures in an image file: one, or the pages of a TIFF. An image that is too large is read
/// smaller, every second or third pixel of it. Not thread-safe.
public final class ImagePages implements AutoCloseable {
  /// What is lower or narrower is no text: an icon, a line.
  private static final int SIDE_MIN = 24;

  private static final int PIXELS_MIN = 10_000;

  /// Tesseract takes no wider or higher image than 32,767.
  private static final int SIDE_MAX = 32_000;

  /// Where a file does not say it, Tesseract assumes 70, with which it reads Chinese at 200 dpi
  /// with 81 of 100 characters right instead of 97. With 150 it reads scans as well as with their
  /// own, and screenshots too (bench/results/ocr.md).
  private static final int DPI_UNKNOWN = 150;

  /// What is outside was not meant for paper: 72 is what programs write that know nothing.
  private static final int DPI_MIN = 90;

  /// What the decoder of JPEGs warns of before it fills the rest with gray.
  private static final Pattern PREMATURE_END = Pattern.compile("(?i)premature end");

  private static final String TOLERANT = "com.github.jaiimageio.";

  /// Fields of a TIFF's directory: where parts of a picture begin, and how many bytes they have.
  private static final int STRIP_OFFSETS = 273;

  private static final int STRIP_BYTE_COUNTS = 279;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTE_COUNTS = 325;

  /// Of a damaged file, so many pictures are looked for.
  private static final int LEADING_MAX = 100_000;

  private static final int DPI_MAX = 2_400;
  private static final double MILLIMETRES_AN_INCH = 25.4;

  private final ImageInputStream stream;
  private final Path file;
  private final ImageReader reader;
  private boolean endsEarly;
  private Optional<String> damage = Optional.empty();

  /// @throws IOException if no decoder knows the format
  public ImagePages(Path file) throws IOException {
    this.file = file;
    stream = Optional.ofNullable(ImageIO.createImageInputStream(file.toFile())).orElseThrow();
    Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
    if (!readers.hasNext()) {
      stream.close();
      throw new IOException("no decoder for this image");
    }
    reader = chosen(readers);
    reader.setInput(stream);
    reader.addIIOReadWarningListener(
        (_, warning) -> endsEarly |= PREMATURE_END.matcher(warning).find());
  }

  /// Returns the decoder that reads a TIFF as far as it goes, if there is one: the JDK's own gives
  /// up a page whose last strip is cut. The order in which they are found differs between programs.
  private static ImageReader chosen(Iterator<ImageReader> readers) {
    ImageReader chosen = readers.next();
    while (readers.hasNext()) {
      ImageReader next = readers.next();
      if (next.getClass().getName().startsWith(TOLERANT)) {
        chosen = next;
      }
    }
    return chosen;
  }

  /// Returns how many pictures there are; of a film of pictures, as GIF has, only the first counts.
  public int count() throws IOException {
    if (!isTiff()) {
      return 1;
    }
    OptionalInt loop = TiffChain.pagesOfLoop(file);
    if (loop.isPresent()) {
      return loop.getAsInt();
    }
    try {
      return reader.getNumImages(true);
    } catch (IOException | RuntimeException e) {
      int whole = leading();
      if (whole == 0) {
        throw e;
      }
      endsEarly = true;
      return whole;
    }
  }

  /// Returns how many frames an image has that moves, of which the first is read; 1 if it does not
  /// move.
  public int frames() {
    try {
      return switch (reader.getFormatName().toLowerCase(Locale.ROOT)) {
        case "gif" -> reader.getNumImages(true);
        case "png" -> FrameCount.ofPng(file);
        case "webp" -> FrameCount.ofWebp(file);
        default -> 1;
      };
    } catch (IOException | RuntimeException e) {
      // Its first frame may be whole.
      return 1;
    }
  }

  private boolean isTiff() throws IOException {
    return "tif".equalsIgnoreCase(reader.getFormatName())
        || "tiff".equalsIgnoreCase(reader.getFormatName());
  }

  /// Returns how many pictures come before the damage.
  private int leading() {
    int count = 0;
    try {
      while (count < LEADING_MAX && reader.getWidth(count) > 0) {
        count++;
      }
    } catch (IOException | RuntimeException e) {
      // These are all.
    }
    return count;
  }

  /// Returns why not all that was counted could be decoded so far: mostly, the file ends early.
  public Optional<String> damage() {
    return endsEarly ? Optional.of("the file ends early") : damage;
  }

  /// Tells whether a picture is large enough for a word.
  public boolean isLegible(int index) throws IOException {
    int width = reader.getWidth(index);
    int height = reader.getHeight(index);
    return Math.min(width, height) >= SIDE_MIN && (long) width * height >= PIXELS_MIN;
  }

  /// Decodes a picture.
  ///
  /// @param index counts from 0
  /// @param rules say whether OCR reads it, and whether it is kept for models
  public DrawnImage picture(int index, Rules rules) throws IOException {
    BufferedImage image = decoded(index);
    return new DrawnImage(
        rules.has(Rule.IMAGES)
            ? Optional.empty()
            : Optional.of(GrayImage.of(image, Math.max(1, dpi(index) / step(index)))),
        rules.has(Rule.PICTURES) ? Picture.NONE : PictureEncoder.of(image),
        "");
  }

  private BufferedImage decoded(int index) throws IOException {
    endsEarly |= isTiff() && lacksStrips(index);
    int step = step(index);
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceSubsampling(step, step, 0, 0);
    // Pages of a TIFF have orientations of their own, which scanners do not use.
    BufferedImage image = image(index, step, param);
    return index == 0 ? Orientation.of(file).upright(image) : image;
  }

  private BufferedImage image(int index, int step, ImageReadParam param) throws IOException {
    try {
      return reader.read(index, param);
    } catch (IOException | RuntimeException e) {
      Optional<BufferedImage> rows =
          isTiff() ? Optional.empty() : PartialImage.of(file, reader, index, step);
      if (rows.isEmpty()) {
        throw e;
      }
      damage = Optional.of(PartialImage.cause(e));
      return rows.get();
    }
  }

  /// Tells whether a TIFF has no longer all that a picture is made of, which its decoder leaves
  /// black.
  private boolean lacksStrips(int index) throws IOException {
    IIOMetadata metadata = reader.getImageMetadata(index);
    if (metadata == null || metadata.getNativeMetadataFormatName() == null) {
      return false;
    }
    var root = (Element) metadata.getAsTree(metadata.getNativeMetadataFormatName());
    long length = Files.size(file);
    return lacks(root, STRIP_OFFSETS, STRIP_BYTE_COUNTS, length)
        || lacks(root, TILE_OFFSETS, TILE_BYTE_COUNTS, length);
  }

  private static boolean lacks(Element root, int offsets, int counts, long length) {
    List<Long> starts = numbers(root, offsets);
    List<Long> sizes = numbers(root, counts);
    return IntStream.range(0, Math.min(starts.size(), sizes.size()))
        .anyMatch(i -> starts.get(i) + sizes.get(i) > length);
  }

  /// Returns the values of a field of a TIFF's directory.
  private static List<Long> numbers(Element root, int field) {
    NodeList fields = root.getElementsByTagName("TIFFField");
    for (int i = 0; i < fields.getLength(); i++) {
      var found = (Element) fields.item(i);
      if (found.getAttribute("number").equals(String.valueOf(field))) {
        var values = new ArrayList<Long>();
        for (Node at = found.getFirstChild().getFirstChild();
            at != null;
            at = at.getNextSibling()) {
          values.add(Long.parseLong(((Element) at).getAttribute("value")));
        }
        return values;
      }
    }
    return List.of();
  }

  /// Returns how much smaller a picture is read.
  private int step(int index) throws IOException {
    int width = reader.getWidth(index);
    int height = reader.getHeight(index);
    double pixels = (double) width * height;
    int side = Math.ceilDiv(Math.max(width, height), SIDE_MAX);
    return Math.max(side, (int) Math.ceil(Math.sqrt(pixels / GrayImage.PIXELS_MAX)));
  }

  /// Returns how many pixels an inch of paper has, as the file says it.
  private int dpi(int index) {
    try {
      IIOMetadata metadata = reader.getImageMetadata(index);
      if (metadata == null || !metadata.isStandardMetadataFormatSupported()) {
        return DPI_UNKNOWN;
      }
      NodeList sizes =
          ((Element) metadata.getAsTree(IIOMetadataFormatImpl.standardMetadataFormatName))
              .getElementsByTagName("HorizontalPixelSize");
      double millimetres =
          sizes.getLength() == 0
              ? 0
              : Double.parseDouble(((Element) sizes.item(0)).getAttribute("value"));
      double dpi = MILLIMETRES_AN_INCH / millimetres;
      return dpi >= DPI_MIN && dpi <= DPI_MAX ? (int) Math.round(dpi) : DPI_UNKNOWN;
    } catch (IOException | RuntimeException e) {
      // A picture may be read although what is said of it may not.
      return DPI_UNKNOWN;
    }
  }

  @Override
  public void close() throws IOException {
    reader.dispose();
    stream.close();
  }
}
