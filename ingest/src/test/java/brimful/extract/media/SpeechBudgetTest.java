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
  void withoutAPriceNothingIsCounted() {
    var free = new SpeechBudget(Optional.empty(), BigDecimal.ZERO);

    assertThat(free.reserve(1e6)).isEmpty();
    assertThat(free.shown(60)).isEmpty();
    assertThat(budget.shown(61)).isEqualTo(" for $0.0061");
  }
}
