package brimful.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CostTest {
  private static final Instant SUNDAY = Instant.parse("2026-11-22T02:00:00Z");
  private static final ModelCatalog CATALOG = ModelCatalog.builtIn();

  @ParameterizedTest
  @CsvSource({
    "22:00, 06:00, 23:30, true",
    "22:00, 06:00, 05:59, true",
    "22:00, 06:00, 06:00, false",
    "22:00, 06:00, 21:59, false",
    "16:30, 00:00, 23:59, true",
    "16:30, 00:00, 00:00, false",
    "00:00, 00:00, 12:00, true",
    "01:00, 04:00, 03:59, true",
    "01:00, 04:00, 04:00, false"
  })
  void hoursGoOverMidnight(LocalTime from, LocalTime until, LocalTime at, boolean holds) {
    assertThat(new TokenPrice.Hours(from, until).holds(at)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T02:00:00Z, 0.15", // Sunday
    "2026-11-23T00:59:59Z, 0.15", // Monday
    "2026-11-23T01:00:00Z, 0.30",
    "2026-11-23T03:59:59Z, 0.30",
    "2026-11-23T04:00:00Z, 0.15",
    "2026-11-27T06:00:00Z, 0.30", // Friday
    "2026-11-27T10:00:00Z, 0.15",
    "2026-11-28T06:00:00Z, 0.15" // Saturday
  })
  void deepSeekCostsTwiceInItsPeakHours(Instant at, double usd) {
    Cost cost = Cost.estimate(CATALOG.defaultProfile(), 1_000_000, 0, at);

    assertThat(cost.missUsd()).isEqualTo(usd, within(1e-9));
    assertThat(cost.hitUsd()).isEqualTo(usd / 50, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"272000, 1.36, 0.30", "272001, 2.72001, 0.45"})
  void openAiBillsTheWholeOfALongRequestHigher(long prompt, double miss, double reply) {
    Cost cost = Cost.estimate(CATALOG.find("gpt-5.5"), prompt, 10_000, SUNDAY);

    assertThat(cost.missUsd()).isEqualTo(miss, within(1e-9));
    assertThat(cost.replyUsd()).isEqualTo(reply, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"2026-11-30T23:59:59Z, 2", "2026-12-01T00:00:00Z, 4"})
  void anIntroductoryPriceEnds(Instant at, double usd) {
    Cost cost = Cost.estimate(CATALOG.find("gemini-4-argon"), 1_000_000, 0, at);

    assertThat(cost.missUsd()).isEqualTo(usd, within(1e-9));
  }

  @Test
  void aCallCostsWhatItsUsageSays() {
    var usage = new Usage(1_000_000, 900_000, 0, 10_000, 4_000);

    double usd = Cost.of(CATALOG.defaultProfile(), usage, SUNDAY);

    assertThat(usd).isEqualTo(0.1 * 0.15 + 0.9 * 0.003 + 0.01 * 0.60, within(1e-9));
  }

  @Test
  void anEstimateIsNeverBelowTheBill() {
    var usage = new Usage(400_000, 0, 400_000, 10_000, 0);
    ModelProfile model = CATALOG.find("gpt-5.6-terra");

    Cost estimate = Cost.estimate(model, usage.prompt(), usage.completion(), SUNDAY);

    assertThat(estimate.mostUsd()).isEqualTo(Cost.of(model, usage, SUNDAY), within(1e-9));
    assertThat(estimate.missUsd()).isEqualTo(0.4 * 2 * 2 * 1.25, within(1e-9));
  }

  @Test
  void tellsFreeFromUnknown() {
    assertThat(Cost.estimate(CATALOG.find("local"), 1_000, 1_000, SUNDAY))
        .isEqualTo(new Cost(0, 0, 0, true));
    assertThat(Cost.estimate(CATALOG.find("deepseek-r1"), 1_000, 1_000, SUNDAY).known()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, $0.00", "0.0031, $0.0031", "0.15, $0.15", "12.345, $12.35"})
  void displaysDollars(double usd, String text) {
    assertThat(Cost.display(usd)).isEqualTo(text);
  }
}
