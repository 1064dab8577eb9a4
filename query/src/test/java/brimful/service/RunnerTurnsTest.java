package brimful.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.UserError;
import brimful.model.LocalRunner;
import brimful.model.LocalRunner.Kind;
import brimful.model.LocalRunner.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunnerTurnsTest {
  private final RunnerTurns turns = new RunnerTurns(Duration.ofMillis(50));

  @Test
  void giveAPlaceToAsManyAsThereAreSlotsAndTokens() throws InterruptedException {
    LocalRunner four = runner(4);

    try (RunnerTurns.Turn _ = turns.enter(four, 3_000, 8_000);
        RunnerTurns.Turn _ = turns.enter(four, 3_000, 8_000)) {
      assertBusy(four, 3_000);
      try (RunnerTurns.Turn _ = turns.enter(four, 2_000, 8_000)) {
        assertBusy(four, 1);
      }
    }
    try (RunnerTurns.Turn whole = turns.enter(four, 9_999, 8_000)) {
      assertThat(whole).isNotNull();
    }
  }

  @Test
  void giveOnePlaceToOneSlot() throws InterruptedException {
    LocalRunner one = runner(1);
    try (RunnerTurns.Turn _ = turns.enter(one, 10, 8_000)) {
      assertBusy(one, 10);
    }
  }

  private void assertBusy(LocalRunner runner, long tokens) {
    assertThatThrownBy(() -> turns.enter(runner, tokens, 8_000))
        .isInstanceOfSatisfying(
            UserError.class, error -> assertThat(error.kind()).isEqualTo(UserError.Kind.BUSY))
        .hasMessageContaining("llama.cpp at http://127.0.0.1:1/v1 is busy");
  }

  private static LocalRunner runner(int slots) {
    return new LocalRunner(Kind.LLAMA_CPP, "http://127.0.0.1:1/v1", List.of(), slots, State.OPEN);
  }
}
