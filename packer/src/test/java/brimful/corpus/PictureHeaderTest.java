package brimful.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PictureHeaderTest {
  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif"})
  void readsWhatOthersWrite(String format) throws IOException {
    byte[] file = file(format, 321, 123);

    assertThat(PictureHeader.of(file))
        .contains(new PictureHeader("image/" + format, new PictureSize(321, 123, file.length)));
  }

  @Test
  void readsTheThreeKindsOfWebp() {
    // From the examples of RFC 9649: lossy 550 × 368, lossless 386 × 395, extended 400 × 301.
    assertThat(webp("VP8 ", "00000000 000000 9d012a 2602 7001")).isEqualTo("550 × 368");
    assertThat(webp("VP8L", "00000000 2f 81816200 0000000000")).isEqualTo("386 × 395");
    assertThat(webp("VP8X", "0a000000 10000000 8f0100 2c0100")).isEqualTo("400 × 301");
  }

  private static String webp(String kind, String rest) {
    byte[] start = ("RIFF0000WEBP" + kind).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    byte[] more = HexFormat.of().parseHex(rest.replace(" ", ""));
    byte[] file = Arrays.copyOf(start, Math.max(30, start.length + more.length));
    System.arraycopy(more, 0, file, start.length, more.length);
    return PictureHeader.of(file).map(header -> header.size().display()).orElse("none");
  }

  @Seeds
  void neverFailsOnDamage(long seed) throws IOException {
    var random = new Random(seed);
    for (String format : new String[] {"png", "jpeg", "gif"}) {
      byte[] file = file(format, 30, 40);
      for (int i = 0; i < 500; i++) {
        byte[] damaged = Arrays.copyOf(file, random.nextInt(file.length));
        for (int hit = 0; hit < 3 && damaged.length > 0; hit++) {
          damaged[random.nextInt(Math.min(40, damaged.length))] = (byte) random.nextInt();
        }
        assertThat(PictureHeader.of(damaged).map(header -> header.size().width()).orElse(1))
            .isPositive();
      }
    }
  }

  @Test
  void takesNothingElse() {
    assertThat(PictureHeader.of(new byte[0])).isEmpty();
    assertThat(PictureHeader.of("text".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isEmpty();
  }

  private static byte[] file(String format, int width, int height) throws IOException {
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, bytes);
    return bytes.toByteArray();
  }
}
