package brimful.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.batch.ReplyValidator.Checked;
import brimful.corpus.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReplyValidatorTest {
  private static final ReplyValidator CHECKER = new ReplyValidator(BatchFixture.QUESTIONS);

  private static Checked check(int question, String answer) {
    BatchQuestion asked = BatchFixture.QUESTIONS.get(question);
    return CHECKER.check(
        asked,
        "```json\n{\"%s\": {\"answer\": %s, \"confidence\": 0.5, \"citations\": [\"a.md:1\"]}}\n```"
            .formatted(asked.id(), answer));
  }

  private static String problem(Checked checked) {
    assertThat(checked).isInstanceOf(Checked.Invalid.class);
    return checked instanceof Checked.Invalid(String problem) ? problem : "";
  }

  @Test
  void takesEachTypeAndNothingElse() {
    List<String> right = List.of("\"so\"", "1.5", "true", "\"2024-02-29\"", "\"red\"", "[\"a\"]");
    List<String> wrong = List.of("1", "\"1\"", "\"yes\"", "\"2023-02-29\"", "\"green\"", "[1]");
    for (int i = 0; i < right.size(); i++) {
      assertThat(check(i, right.get(i)))
          .isEqualTo(new Checked.Valid(right.get(i), 0.5, List.of("a.md:1")));
      assertThat(check(i, "null")).isInstanceOf(Checked.Valid.class);
      assertThat(problem(check(i, wrong.get(i)))).contains(BatchFixture.QUESTIONS.get(i).id());
    }
  }

  @Test
  void keepsEveryDigitOfANumber() {
    for (String number :
        List.of("12345678.90", "1234567890123456789.01", "0.1", "98765432109876543210", "-0.50")) {
      assertThat(check(1, number)).isEqualTo(new Checked.Valid(number, 0.5, List.of("a.md:1")));
    }
  }

  @Test
  void refusesNumbersThatNothingCanHold() {
    for (String number : List.of("1e400", "-1e2147483647", "1e99999999999", "1e-99999999999")) {
      assertThat(problem(check(1, number))).isNotEmpty();
    }
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() ->
            new ReplyValidator(
                List.of(BatchQuestion.of("year", "When?").with("{\"maximum\": 1e99999999999}"))))
        .withMessageContaining("question year has a schema that cannot be used");
  }

  @Test
  void saysWhatIsWrongBesideTheAnswer() {
    BatchQuestion question = BatchFixture.QUESTIONS.getFirst();

    assertThat(problem(CHECKER.check(question, "I do not know"))).contains("not one JSON object");
    assertThat(problem(CHECKER.check(question, "{\"other\": {}}")))
        .contains("no object with an answer under \"what\"");
    assertThat(
            problem(
                CHECKER.check(
                    question,
                    "{\"what\": {\"answer\": \"x\", \"confidence\": 2, \"citations\": []}}")))
        .contains("what.confidence");
    assertThat(
            problem(
                CHECKER.check(
                    question,
                    "{\"what\": {\"answer\": \"x\", \"confidence\": 1, \"citations\": \"a\"}}")))
        .contains("what.citations");
  }

  @Test
  void anAnswerFitsIntoASpreadsheetsCell() {
    String longest = "\"" + "x".repeat(31_998) + "\"";

    assertThat(check(0, longest)).isInstanceOf(Checked.Valid.class);
    assertThat(problem(check(0, "\"x" + longest.substring(1))))
        .contains("what.answer has 32,001 characters: give at most 32,000");
  }

  @Test
  void aSchemaOfItsOwnGoesBeforeTheType() {
    BatchQuestion year =
        BatchQuestion.of("year", "When?").with("{\"type\": \"integer\", \"minimum\": 1900}");
    var replyValidator = new ReplyValidator(List.of(year));

    assertThat(
            problem(
                replyValidator.check(
                    year, "{\"year\": {\"answer\": 1800, \"confidence\": 1, \"citations\": []}}")))
        .contains("year.answer")
        .contains("1900");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> new ReplyValidator(List.of(year.with("{\"type\": 7"))))
        .withMessageContaining("correct it");
  }
}
