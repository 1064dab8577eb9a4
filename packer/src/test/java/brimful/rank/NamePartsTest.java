package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NamePartsTest {
  private static final List<String> PATHS =
      List.of(
          "pdfs/AMERICANWATERWORKS_2020_10K.pdf",
          "pdfs/AMERICANWATERWORKS_2021_10K.pdf",
          "pdfs/3M_2021_10K.pdf",
          "pdfs/3M_2023Q2_10Q.pdf");

  @Test
  void findsNamesHoweverTheyAreSpaced() {
    float[] scores = new NameParts(PATHS).scores("What did American Water Works earn in FY2021?");

    assertThat(scores[1]).isGreaterThan(scores[0]).isGreaterThan(scores[2]);
    assertThat(scores[0]).isPositive();
    assertThat(scores[3]).isZero();
  }

  @Test
  void findsYearsAndQuartersApart() {
    float[] scores = new NameParts(PATHS).scores("3M's sales in Q2 of 2023");

    assertThat(scores[3]).isGreaterThan(scores[2]);
    assertThat(scores[0]).isZero();
  }

  @Test
  void scoresNothingWhereNothingIsSaid() {
    assertThat(new NameParts(PATHS).scores("how are you")).containsOnly(0);
    assertThat(new NameParts(List.of()).scores("how")).isEmpty();
  }
}
