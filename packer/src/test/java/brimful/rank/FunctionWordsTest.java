package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FunctionWordsTest {
  @Test
  void keepsWhatTheQuestionIsAbout() {
    assertThat(FunctionWords.without("When did Ann go to the parade?").split("\\s+"))
        .containsExactly("", "Ann", "go", "parade?");
  }

  @Test
  void keepsAQuestionOfNothingElse() {
    assertThat(FunctionWords.without("what is it?")).isEqualTo("what is it?");
  }
}
