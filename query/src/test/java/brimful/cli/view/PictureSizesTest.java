package brimful.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.PictureSize;
import brimful.testing.Pictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class PictureSizesTest {
  /// The start of a JPEG whose EXIF says that the camera lay on a side.
  private static final byte[] ON_A_SIDE =
      HexFormat.of()
          .parseHex("ffd8ffe100224578696600004d4d002a00000008000101120003000000010006000000000000");

  @Test
  void aPhotoCountsAsItIsShown() throws IOException {
    byte[] jpeg = Pictures.file(1, 300, 200, "jpg");
    var turned = new ByteArrayOutputStream();
    turned.writeBytes(ON_A_SIDE);
    turned.write(jpeg, 2, jpeg.length - 2);

    assertThat(PictureSizes.of(jpeg)).extracting(PictureSize::display).containsExactly("300 × 200");
    assertThat(PictureSizes.of(turned.toByteArray()))
        .extracting(PictureSize::display)
        .containsExactly("200 × 300");
  }
}
