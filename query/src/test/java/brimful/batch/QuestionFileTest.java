package brimful.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ID,Question,Type,Choices\na,\"What, \"\"exactly\"\"?\",,\nb,Is it?,choice,yes|no\n",
        "ID;Question;Type;Choices\r\na;What, \"exactly\"?;;\r\nb;Is it?;choice;yes|no\r\n",
        "\uFEFFid\tQUESTION\ttype\tchoices\na\tWhat, \"exactly\"?\t\t\nb\tIs it?\tchoice\tyes|no",
        "id,question,type,choices,,\na,\"What, \"\"exactly\"\"?\",,,,\n,,,,,\n\nb,Is it?,choice,yes|no,,\n",
        " id , question ,type,choices\na,\"What, \"\"exactly\"\"?\",,\nb,Is it?,choice,yes|no\n",
        "choices,question,id,type\n,\"What, \"\"exactly\"\"?\",a\nyes|no,Is it?,b,choice\n"
      })
  void takesHeadsInAnyCaseAndTheDelimitersOfSpreadsheets(String text) {
    assertThat(QuestionFile.read("q.csv", text)).isEqualTo(WANTED);
  }

  @Test
  void countsTheLinesOfCellsThatHaveSome() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> QuestionFile.read("q.csv", "id,question\na,\"Why\nthen?\"\n\nb,Who?,x\n"))
        .withMessageStartingWith("q.csv line 5 has 3 columns, and the head line 2: ");
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
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> QuestionFile.read("q.csv", "id,question\na,Why?\nb,\n"))
        .withMessage("q.csv line 3 has no question: write one");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> QuestionFile.read("q.jsonl", "\n{\"id\": \"a\", \"question\": "))
        .withMessageStartingWith("q.jsonl line 2 column ");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> QuestionFile.read("q.csv", "id,question,type\na,Why?,colour\n"))
        .withMessageContaining("say one of text, boolean, number, date, choice, list");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> QuestionFile.read("q.csv", "id,question\na,Why?\nb,Why?\n"))
        .withMessageContaining("question b is asked twice");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> QuestionFile.read("q.txt", "Why?"))
        .withMessageContaining("name a .csv, .tsv, .jsonl or .yaml");
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
