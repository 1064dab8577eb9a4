package brimful.token;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.PictureSize;
import brimful.testing.Seeds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageTokensTest {
  private static final List<ImageTokens> ALL =
      List.of(
          new ImageTokens.DeepSeek(),
          new ImageTokens.Patches(120, 10_000, 6_000),
          new ImageTokens.Patches(162, 1_536, 0),
          new ImageTokens.Tiles(70, 140),
          new ImageTokens.Claude(2_576, 4_784),
          new ImageTokens.Claude(1_568, 1_568),
          new ImageTokens.GeminiTiles(),
          new ImageTokens.Fixed(1_120),
          new ImageTokens.Bound(28));

  @ParameterizedTest
  @CsvSource({
    "1920, 1080, 968",
    "640, 480, 206",
    "8192, 8192, 994",
    "16809, 11841, 990",
    "1, 1, 184",
    "978, 479, 302",
    "3024, 4032, 1010",
    "1080, 1920, 986",
    "2, 165, 356",
    "165, 2, 240",
    "158, 10000, 762",
    "10000, 158, 962",
    "1024, 1024, 652",
    "1240, 1754, 1001",
    "2480, 3508, 1001",
    "7, 900, 443",
    "900, 7, 298",
    "13, 5, 200",
    "1999, 1414, 990",
    "16000, 2, 1024",
  })
  void countsLikeTheReferenceOfDeepSeek(int width, int height, int tokens) {
    assertThat(new ImageTokens.DeepSeek().of(size(width, height))).isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource({
    "1024, 1024, 120, 30000, 1229",
    "4032, 3024, 120, 30000, 14364",
    "1024, 1024, 100, 1536, 1024",
    "1800, 2400, 100, 1536, 1452"
  })
  void countsPatchesAsMeasured(int width, int height, int percent, int patches, int tokens) {
    assertThat(new ImageTokens.Patches(percent, patches, 0).of(size(width, height)))
        .isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource({"1024, 1024, 765", "2048, 4096, 1105", "512, 512, 255"})
  void countsTilesAsDocumented(int width, int height, int tokens) {
    assertThat(new ImageTokens.Tiles(85, 170).of(size(width, height))).isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource({"28, 28, 1", "1000, 1000, 1296", "200, 200, 64", "1092, 1092, 1521"})
  void countsCellsOfClaude(int width, int height, int tokens) {
    assertThat(new ImageTokens.Claude(1_568, 1_568).of(size(width, height))).isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource({"384, 384, 258", "385, 100, 258", "769, 768, 516", "1536, 1536, 1032"})
  void countsTilesOfGemini(int width, int height, int tokens) {
    assertThat(new ImageTokens.GeminiTiles().of(size(width, height))).isEqualTo(tokens);
  }

  @Test
  void shrinksWhatClaudeWouldShrink() {
    var formula = new ImageTokens.Claude(2_576, 4_784);

    assertThat(formula.of(size(100_000, 100_000))).isBetween(4_600, 4_784);
    assertThat(formula.of(size(5_152, 28))).isEqualTo(92);
    assertThat(formula.of(size(60_000, 1))).isEqualTo(92);
  }

  @Seeds
  void keepsItsBounds(long seed) {
    var random = new Random(seed);

    for (int i = 0; i < 2_000; i++) {
      PictureSize size =
          size(
              1 + random.nextInt(1 << random.nextInt(15)),
              1 + random.nextInt(1 << random.nextInt(15)));
      for (ImageTokens formula : ALL) {
        assertThat(formula.of(size)).as("%s of %s", formula, size).isPositive();
      }
      assertThat(ALL.get(0).of(size)).isBetween(100, 1_024);
      assertThat(ALL.get(1).of(size)).isLessThanOrEqualTo(12_000);
      assertThat(ALL.get(2).of(size)).isLessThanOrEqualTo(2_489);
      assertThat(ALL.get(3).of(size)).isLessThanOrEqualTo(70 + 8 * 140);
      assertThat(ALL.get(4).of(size)).isLessThanOrEqualTo(4_784);
    }
  }

  private static PictureSize size(int width, int height) {
    return new PictureSize(width, height, 1);
  }
}
