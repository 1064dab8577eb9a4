package brimful.extract.pdf;

import brimful.testing.Pictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceRGB;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/// Draws pages of 600 by 800 points.
public final class Paper implements AutoCloseable {
  private final PDDocument document = new PDDocument();
  private PDPage page = new PDPage();
  private int images;

  public Paper page(String text) {
    page = new PDPage(new PDRectangle(600, 800));
    document.addPage(page);
    return text(740, text);
  }

  public Paper text(int y, String text) {
    try (var content =
        new PDPageContentStream(
            document, page, PDPageContentStream.AppendMode.APPEND, true, true)) {
      content.setFont(new PDType1Font(FontName.TIMES_ROMAN), 12);
      content.beginText();
      content.newLineAtOffset(60, y);
      content.showText(text);
      content.endText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  PDImageXObject image(int width, int height) {
    images++;
    try {
      return PDImageXObject.createFromByteArray(
          document, Pictures.file(images, width, height, "png"), "image");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Paper draw(PDImageXObject image, int x, int y, int width, int height) {
    try (var content =
        new PDPageContentStream(
            document, page, PDPageContentStream.AppendMode.APPEND, true, true)) {
      content.drawImage(image, x, y, width, height);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  PDImageXObject image(BufferedImage image) throws IOException {
    return LosslessFactory.createFromImage(document, image);
  }

  /// Returns a picture that goes from black to white: a photo of nothing.
  static BufferedImage sky() {
    var sky = new BufferedImage(600, 800, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 800; y++) {
      for (int x = 0; x < 600; x++) {
        sky.setRGB(x, y, y * 255 / 800 * 0x10101);
      }
    }
    return sky;
  }

  /// Returns an image of bytes that are packed already.
  PDImageXObject packed(InputStream bytes, COSName filter) throws IOException {
    return new PDImageXObject(document, bytes, filter, 600, 800, 8, PDDeviceRGB.INSTANCE);
  }

  /// Begins a page without words.
  Paper blank() {
    page = new PDPage(new PDRectangle(600, 800));
    document.addPage(page);
    return this;
  }

  PDImageXObject jpeg(BufferedImage image) throws IOException {
    var colors = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    colors.createGraphics().drawImage(image, 0, 0, null);
    return JPEGFactory.createFromImage(document, colors);
  }

  /// Begins again with the first image.
  void again() {
    images = 0;
  }

  public Paper figure(int y) {
    return draw(image(400, 300), 60, y, 320, 240);
  }

  /// Begins a page with the resources of the page before.
  Paper next(String text) {
    PDResources resources = page.getResources();
    page = new PDPage(new PDRectangle(600, 800));
    page.setResources(resources);
    document.addPage(page);
    return text(740, text);
  }

  public Paper turned() {
    page.setRotation(90);
    return this;
  }

  public byte[] bytes() {
    var out = new ByteArrayOutputStream();
    try {
      document.save(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Override
  public void close() throws IOException {
    document.close();
  }
}
