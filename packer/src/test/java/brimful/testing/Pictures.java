package brimful.testing;

import brimful.corpus.Picture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/// Pictures for tests, drawn anew each time.
public final class Pictures {
  private Pictures() {}

  /// Returns a picture that no other number has.
  public static Picture of(int number, int width, int height) {
    return new Picture(file(number, width, height, "png"));
  }

  /// Returns the file of such a picture.
  public static byte[] file(int number, int width, int height, String format) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(new Color(number * 7_919 & 0xffffff));
    graphics.fillOval(0, 0, width, height / 2);
    graphics.drawLine(0, height - 1, width, number % height);
    graphics.dispose();
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
