package brimful.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class BudgetTest {

  @Test
  void leavesThePromptWhatReplyAndTemplateDoNotTake() {
    assertThat(new Budget(1_000_000, 32_000, 4).promptTokens()).isEqualTo(967_996);
  }

  @Test
  void saysHowToFixAWindowWithoutRoom() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Budget(10, 8, 2))
        .withMessage(
            "window of 10 tokens leaves nothing for the prompt after reply 8 and template 2: raise the window or lower the reply");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Budget(10, Integer.MAX_VALUE, Integer.MAX_VALUE));
  }
}
