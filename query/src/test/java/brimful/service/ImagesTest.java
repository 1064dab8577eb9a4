package brimful.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import brimful.model.ModelCatalog;
import brimful.model.ModelProfile;
import brimful.testing.Pictures;
import brimful.token.ImageLimits;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ImagesTest {
  private static final ModelCatalog CATALOG = ModelCatalog.builtIn();
  private static final ModelProfile FLASH = CATALOG.find("deepseek-flash");

  private static String url(int width, int height, String format) {
    return "data:image/%s;base64,%s"
        .formatted(
            format, Base64.getEncoder().encodeToString(Pictures.file(1, width, height, format)));
  }

  private static void refused(ModelProfile model, String line, String... urls) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> Images.of(List.of(urls), model))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(UserError.Kind.USAGE))
        .withMessageContaining(line);
  }

  @Test
  void countsThemByTheModelsFormula() {
    List<String> two = List.of(url(1920, 1080, "png"), url(640, 480, "gif"));

    assertThat(Images.of(two, FLASH).tokens()).isEqualTo(968 + 206);
    assertThat(Images.of(List.of(url(1024, 1024, "jpeg")), CATALOG.find("gpt-5.5")).tokens())
        .isEqualTo(1_229);
    assertThat(Images.of(List.of(), CATALOG.find("deepseek-v4-pro")))
        .isEqualTo(new Images(0, 0, 0));
  }

  @Test
  void theWindowGetsWhatTheyLeave() {
    Images own = Images.of(Collections.nCopies(3, url(100, 100, "png")), FLASH);

    ImageLimits left = own.beside(FLASH.vision()).orElseThrow().limits();

    assertThat(left.count()).isEqualTo(597);
    assertThat(left.bytesAll()).isEqualTo(48_000_000 - own.bytes());
  }

  @Test
  void refusesWhatCannotBeSentAlong() {
    refused(
        FLASH,
        "image \"http://169.254.169.254/latest\" is not sent along: give it as data:image/png;base64,…",
        "http://169.254.169.254/latest");
    refused(FLASH, "is no PNG, JPEG, GIF or WebP", "data:image/png;base64,AAAA");
    refused(FLASH, "is no PNG, JPEG, GIF or WebP", "data:image/png;base64,A");
    refused(
        FLASH,
        "is no PNG, JPEG, GIF or WebP",
        "data:image/png;base64," + Base64.getEncoder().encodeToString("text".getBytes(UTF_8)));
    refused(
        CATALOG.find("deepseek-v4-pro"),
        "model deepseek-v4-pro takes no images",
        url(10, 10, "png"));
    refused(FLASH, "image of 4097 × 1 pixels", url(4_097, 1, "png"));
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> Images.of(Collections.nCopies(601, url(9, 9, "png")), FLASH))
        .withMessage("601 images: send 600 at most to deepseek-flash");
  }
}
