package brimful.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import org.junit.jupiter.api.Test;

final class ChatLineTest {
  @Test
  void readsQuestionsAndCommands() {
    assertThat(ChatLine.of("  ")).isEqualTo(new ChatLine.Blank());
    assertThat(ChatLine.of(" what's \"this\"? ")).isEqualTo(new ChatLine.Ask("what's \"this\"?"));
    assertThat(ChatLine.of("/sources ")).isEqualTo(new ChatLine.ListSources());
    assertThat(ChatLine.of("/open  12")).isEqualTo(new ChatLine.OpenSource(12));
    assertThat(ChatLine.of("/budget 32k")).isEqualTo(new ChatLine.SetBudget("32k"));
    assertThat(ChatLine.of("/model")).isEqualTo(new ChatLine.SetModel(""));
    assertThat(ChatLine.of("/new")).isEqualTo(new ChatLine.Restart());
    assertThat(ChatLine.of("/help")).isEqualTo(new ChatLine.Explain());
    assertThat(ChatLine.of("/quit")).isEqualTo(new ChatLine.Quit());
  }

  @Test
  void aPathIsNoCommand() {
    assertThat(ChatLine.of("/etc/hosts: who reads it?"))
        .isEqualTo(new ChatLine.Ask("/etc/hosts: who reads it?"));
  }

  @Test
  void saysWhatIsWrongWithACommand() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ChatLine.of("/source"))
        .withMessage(
            "/source is not a command: the commands are /sources, /open, /budget, /model, /new, /help, /quit");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ChatLine.of("/open the door"))
        .withMessage("/open \"the door\": give the number of a source, as /sources lists them");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ChatLine.of("/quit now"))
        .withMessage("/quit takes no \"now\": type /quit alone");
  }
}
