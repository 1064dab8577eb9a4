package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SymbolsTest {
  @Test
  void findsNamesOfCode() {
    assertThat(
            Symbols.in("`run` calls models.parseHeader() and max_bytes of HttpServer, not Words"))
        .contains("run", "parseHeader", "max_bytes", "HttpServer")
        .doesNotContain("calls", "Words", "not");
  }

  @Test
  void readsLongNonsenseInNoTime() {
    assertThat(Symbols.in("aA".repeat(300_000))).hasSizeLessThan(300);
    assertThat(Symbols.in("`".repeat(300_000))).isEmpty();
  }
}
