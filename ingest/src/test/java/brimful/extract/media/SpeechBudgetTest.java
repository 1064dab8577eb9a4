package brimful.extract.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SpeechBudgetTest {
  private final SpeechBudget budget =
      new SpeechBudget(Optional.of(new BigDecimal("0.006")), new BigDecimal("0.10"));

  @Test
  void spendsNoMoreThanItMay() {
    assertThat(budget.reserve(600)).isEmpty();
    assertThat(budget.reserve(600))
        .contains(
            "would cost $0.0600, and $0.0600 of BRIMFUL_TRANSCRIBE_USD_MAX=0.10 are spent: raise it");
    assertThat(budget.reserve(400)).isEmpty();
  }

  @Test
  void whatWasNotSentIsFreeAgain() {
    assertThat(budget.reserve(900)).isEmpty();
    budget.release(600);

    assertThat(budget.reserve(600)).isEmpty();
  }

  @Test
  void saysBeforehandWhatItWillTakeAndWhereItStops() {
    assertThat(budget.forecast(2, 600))
        .isEqualTo(
            "transcription: 2 recordings, 10.0 minutes of sound to send for at most $0.0600, of $0.1 left by BRIMFUL_TRANSCRIBE_USD_MAX");
    assertThat(budget.reserve(600)).isEmpty();
    assertThat(budget.forecast(1, 600))
        .endsWith(
            "$0.0600, of $0.04 left by BRIMFUL_TRANSCRIBE_USD_MAX: it stops there, and goes on with the next run once that is higher");
    assertThat(new SpeechBudget(Optional.empty(), BigDecimal.ZERO).forecast(1, 90))
        .isEqualTo(
            "transcription: 1 recording, 1.5 minutes of sound to send; set BRIMFUL_TRANSCRIBE_USD_MINUTE to see what it costs");
  }

  @Test
  void withoutAPriceNothingIsCounted() {
    var free = new SpeechBudget(Optional.empty(), BigDecimal.ZERO);

    assertThat(free.reserve(1e6)).isEmpty();
    assertThat(free.shown(60)).isEmpty();
    assertThat(budget.shown(61)).isEqualTo(" for $0.0061");
  }
}
