package brimful.extract.ocr;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/// Pictures of text, and files of them. The letters are drawn by PDFBox, which needs no fonts of
/// the system.
public final class Scans {
  private static final int DPI = 200;

  private Scans() {}

  private static void write(PDDocument document, String text) throws IOException {
    var page = new PDPage(new PDRectangle(400, 150));
    document.addPage(page);
    try (var content = new PDPageContentStream(document, page)) {
      content.setFont(new PDType1Font(FontName.TIMES_ROMAN), 14);
      content.setLeading(20);
      content.beginText();
      content.newLineAtOffset(30, 110);
      for (String line : text.split("\n", -1)) {
        content.showText(line);
        content.newLine();
      }
      content.endText();
    }
  }

  public static BufferedImage picture(String text) {
    try (var document = new PDDocument()) {
      write(document, text);
      return new PDFRenderer(document).renderImageWithDPI(0, DPI, ImageType.GRAY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns a PNG that says its resolution.
  static byte[] png(BufferedImage image, int dpi) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
    var root = new IIOMetadataNode("javax_imageio_png_1.0");
    var size = new IIOMetadataNode("pHYs");
    String pixelsAMetre = String.valueOf(Math.round(dpi / 0.0254));
    size.setAttribute("pixelsPerUnitXAxis", pixelsAMetre);
    size.setAttribute("pixelsPerUnitYAxis", pixelsAMetre);
    size.setAttribute("unitSpecifier", "meter");
    root.appendChild(size);
    metadata.mergeTree("javax_imageio_png_1.0", root);
    var out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(new IIOImage(image, List.of(), metadata));
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /// Returns a JPEG whose pixels are turned as a camera stores them, and which says how.
  ///
  /// @param orientation of EXIF
  static byte[] turnedJpeg(BufferedImage image, int orientation) {
    // Applied twice or with its opposite, each turn gives the image again.
    int back = orientation == 6 ? 8 : orientation == 8 ? 6 : orientation;
    byte[] jpeg = image("jpg", new Orientation(back).upright(image));
    byte[] exif = {
      (byte) 0xff,
      (byte) 0xe1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      0x01,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0
    };
    var out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.writeBytes(exif);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  /// Returns an image file.
  ///
  /// @param format such as `png`
  public static byte[] image(String format, BufferedImage picture) {
    var out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(picture, format, out)) {
        throw new IllegalArgumentException("cannot write " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// Returns a PNG that says that it has more frames; they are missing.
  static byte[] moving(String text, int frames) throws IOException {
    byte[] png = image("png", picture(text));
    int header = 8 + 25;
    var out = new ByteArrayOutputStream();
    out.write(png, 0, header);
    var chunk = new DataOutputStream(out);
    var data = ByteBuffer.allocate(12).put("acTL".getBytes(ISO_8859_1)).putInt(frames).putInt(0);
    chunk.writeInt(8);
    chunk.write(data.array());
    var sum = new CRC32();
    sum.update(data.array());
    chunk.writeInt((int) sum.getValue());
    out.write(png, header, png.length - header);
    return out.toByteArray();
  }

  /// Returns a GIF with a frame for each text.
  static byte[] gif(String... texts) {
    return sequence("gif", texts);
  }

  /// Returns a TIFF with a page for each text.
  static byte[] tiff(String... texts) {
    return sequence("tiff", texts);
  }

  private static byte[] sequence(String format, String... texts) {
    var out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      for (String text : texts) {
        writer.writeToSequence(new IIOImage(picture(text), null, null), null);
      }
      writer.endWriteSequence();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// Returns a PDF with a page for each text: a scan of it if it begins with `scan:`.
  public static byte[] pdf(String... texts) {
    var out = new ByteArrayOutputStream();
    try (var document = new PDDocument()) {
      for (String text : Arrays.asList(texts)) {
        if (text.startsWith("scan:")) {
          scan(document, picture(text.substring("scan:".length())));
        } else {
          write(document, text);
        }
      }
      document.save(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void scan(PDDocument document, BufferedImage picture) throws IOException {
    var page = new PDPage(new PDRectangle(400, 150));
    document.addPage(page);
    try (var content = new PDPageContentStream(document, page)) {
      content.drawImage(LosslessFactory.createFromImage(document, picture), 0, 0, 400, 150);
    }
  }
}
