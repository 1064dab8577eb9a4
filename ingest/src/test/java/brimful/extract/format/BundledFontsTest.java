package brimful.extract.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.junit.jupiter.api.Test;

final class BundledFontsTest {
  @Test
  void everyMissingFontIsTheSameOneOnEveryMachine() throws IOException {
    BundledFonts.use();
    FontMapper fonts = FontMappers.instance();

    assertThat(fonts.getFontBoxFont("Arial", null).getFont().getName()).isEqualTo("LiberationSans");
    assertThat(fonts.getTrueTypeFont("DejaVu Serif", null).getFont().getName())
        .isEqualTo("LiberationSans");
    assertThat(fonts.getCIDFont("KozMinPro", null, null).getTrueTypeFont().getName())
        .isEqualTo("LiberationSans");
  }
}
