package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import brimful.corpus.UserError;
import org.junit.jupiter.api.Test;

final class QuestionTest {
  @Test
  void refusesWhatIsTooLongInOneLine() {
    String text = "a".repeat(Question.CHARS_MAX + 1);

    UserError error = catchThrowableOfType(UserError.class, () -> new Question(text));

    assertThat(error.kind()).isEqualTo(UserError.Kind.TOO_LARGE);
    assertThat(error.line())
        .isEqualTo(
            "the question has more than 200,000 characters: put long text into a file and ask about the file");
    assertThat(new Question(text.substring(1)).text()).hasSize(Question.CHARS_MAX);
  }

  @Test
  void refusesAnEmptyOne() {
    UserError error = catchThrowableOfType(UserError.class, () -> new Question(" \n"));

    assertThat(error.kind()).isEqualTo(UserError.Kind.USAGE);
  }

  @Test
  void cutsBeforeAPairThatWouldBreak() {
    String text = "a".repeat(Question.CHARS_MAX - 1) + "\uD83D\uDE00";

    assertThat(Question.beginning(text)).hasSize(Question.CHARS_MAX - 1);
    assertThat(Question.beginning("why?")).isEqualTo("why?");
  }
}
