package brimful.extract.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SymbolFontsTest {
  @ParameterizedTest
  @CsvSource({"61, α", "A0, €", "E5, ∑", "E6, ⎛", "F2, ∫", "FE, ⎭", "F0, •", "90, •"})
  void knowsTheSymbolFont(String sign, String shown) {
    assertThat(SymbolFonts.shown("Symbol", 0xF000 + Integer.parseInt(sign, 16))).isEqualTo(shown);
  }
}
