package brimful.extract.media;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.extract.ocr.GrayImage;
import brimful.extract.ocr.Scans;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PictureHashTest {
  private static GrayImage slide(String text) {
    return GrayImage.of(Scans.picture(text), 0);
  }

  private static boolean alike(GrayImage one, GrayImage other) {
    return PictureHash.of(one).isLike(PictureHash.of(other));
  }

  @Test
  void noiseAndAPointerChangeNothing() {
    GrayImage slide = slide("Costs\nA pump is 400 euros");
    byte[] pixels = slide.pixels().clone();
    var random = new Random(7);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.clamp((pixels[i] & 0xff) + random.nextInt(-6, 7), 0, 255);
    }
    for (int y = 300; y < 312; y++) {
      for (int x = 500; x < 510; x++) {
        pixels[y * slide.width() + x] = 0;
      }
    }

    assertThat(alike(slide, new GrayImage(slide.width(), slide.height(), 0, pixels))).isTrue();
  }

  @Test
  void anotherWordIsAnotherPicture() {
    assertThat(alike(slide("Same"), slide("Other"))).isFalse();
    assertThat(alike(slide("Costs"), slide("Costs\nA pump is 400 euros"))).isFalse();
  }

  @Test
  void tinyPicturesHaveOneToo() {
    var one = new GrayImage(3, 2, 0, new byte[6]);

    assertThat(alike(one, one)).isTrue();
  }
}
