package brimful.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class QuestionFileTest {
  private static final List<BatchQuestion> WANTED =
      List.of(
          BatchQuestion.of("a", "What, \"exactly\"?"),
          new BatchQuestion("b", "Is it?", AnswerType.CHOICE, List.of("yes", "no"), ""));

  @Test
  void readsWhatSpreadsheetsWrite() {
    String text =
        "\uFEFFid,question,type,choices\r\na,\"What, \"\"exactly\"\"?\",,\r\nb,Is it?,choice,yes|no\r\n";

    assertThat(QuestionFile.read("q.csv", text)).isEqualTo(WANTED);
    assertThat(QuestionFile.read("q.csv", "id;question\na;Why, then?\n").getFirst().text())
        .isEqualTo("Why, then?");
  }

  @Test
  void readsJsonLinesAndYaml() {
    String lines =
        """
        {"id": "a", "question": "What, \\"exactly\\"?"}

        {"id": "b", "question": "Is it?", "type": "choice", "choices": ["yes", "no"]}
        """;
    String yaml =
        """
        questions:
          - {id: a, question: 'What, "exactly"?'}
          - id: b
            question: Is it?
            type: choice
            choices: [yes, no]
        """;

    assertThat(QuestionFile.read("q.jsonl", lines)).isEqualTo(WANTED);
    assertThat(QuestionFile.read("q.yaml", yaml)).isEqualTo(WANTED);
  }

  @Test
  void saysWhichQuestionIsWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QuestionFile.read("q.csv", "id,question\na,Why?\nb,\n"))
        .withMessage("question 2, question b is empty: ask something");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QuestionFile.read("q.jsonl", "\n{\"id\": \"a\", \"question\": "))
        .withMessageStartingWith("q.jsonl is no JSON in line 2, ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QuestionFile.read("q.csv", "id,question,type\na,Why?,colour\n"))
        .withMessageContaining("say one of text, boolean, number, date, choice, list");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QuestionFile.read("q.csv", "id,question\na,Why?\nb,Why?\n"))
        .withMessageContaining("question b is asked twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QuestionFile.read("q.txt", "Why?"))
        .withMessageContaining("name a .csv, .jsonl or .yaml");
  }

  @Test
  void theSchemaOfARecordGivesEachQuestionItsProperty() {
    String schema =
        """
        {"$defs": {"year": {"type": "integer"}}, "type": "object",
         "properties": {"a": {"$ref": "#/$defs/year"}}}
        """;

    List<BatchQuestion> questions = RecordSchema.apply(schema, WANTED);

    assertThat(questions.getFirst().schema()).contains("\"$ref\"").contains("\"$defs\"");
    assertThat(questions.getLast()).isEqualTo(WANTED.getLast());
  }
}
