package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.index.Terms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QuestionAnalysisTest {
  @Test
  void repeatsTheTitleAndDropsTheTemplate() {
    var question =
        new Question(
            """
            Slicing loses the units

            <!-- Please search first.
            Thank you -->
            ### Describe the bug
            It forgets them.
            - [x] I have searched
            **Expected behavior**
            Units stay.
            """);

    QuestionAnalysis questionAnalysis = QuestionAnalysis.of(question);

    assertThat(questionAnalysis.subject())
        .contains("It forgets them.", "Units stay.")
        .doesNotContain("search", "Thank you", "Describe", "Expected");
    assertThat(questionAnalysis.terms().passages())
        .endsWith(
            new Terms.Passage("Slicing loses   units", 3.6f),
            new Terms.Passage("Slicing loses the units", 0.4f));
    assertThat(questionAnalysis.report()).isFalse();
  }

  @Test
  void keepsAQuestionThatIsNothingButTemplate() {
    assertThat(QuestionAnalysis.of(new Question("Environment")).terms().passages())
        .containsExactly(new Terms.Passage("Environment", 1));
  }

  @Test
  void readsNamedFilesFramesAndModules() {
    var question =
        new Question(
            """
            fails: File "/usr/lib/site-packages/flask/app.py", line 3
              at org.example.web.Server$Loop.run(Server.java:12)
            see django.db.models and C:\\work\\x.cs
            """);

    assertThat(QuestionAnalysis.of(question).paths())
        .contains("usr/lib/site-packages/flask/app.py")
        .contains("org/example/web/Server.java")
        .contains("django/db/models")
        .contains("work/x.cs");
  }

  @Test
  void readsLongNonsenseInNoTime() {
    String word = "ab_9".repeat(40_000);
    String slashes = "a/".repeat(80_000);
    String comments = "<!-- ".repeat(39_999);
    String breaks = "x" + "\n".repeat(80_000);
    String marks = "\u0301".repeat(100_000);
    String nested = "<!-- -->".repeat(24_000);

    assertThat(QuestionAnalysis.of(new Question(word)).paths()).isEmpty();
    assertThat(QuestionAnalysis.of(new Question(slashes)).paths()).isEmpty();
    assertThat(QuestionAnalysis.of(new Question(comments)).paths()).isEmpty();
    assertThat(QuestionAnalysis.of(new Question(breaks)).subject()).isEqualTo("x");
    assertThat(QuestionAnalysis.of(new Question(marks)).paths()).isEmpty();
    assertThat(QuestionAnalysis.of(new Question("x" + nested)).subject()).isEqualTo("x");
    assertThat(QuestionAnalysis.of(new Question("a.".repeat(5_000))).paths()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "## Steps to reproduce the issue:",
        "  **To Reproduce**  ",
        "Code for reproduction",
        "#### Bug summary",
        "ENVIRONMENT INFO?",
        "* [ ] I agree",
        "- [X] done",
        "Expected behaviour **:**",
        "<!-- one --> <!--\ntwo\n-->"
      })
  void dropsWhatTemplatesSay(String line) {
    assertThat(
            QuestionAnalysis.of(new Question("first\n" + line + "\nlast")).subject().split("\\s+"))
        .containsExactly("first", "last");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Environment of the test", "- [y] no box", "<!-- open", "The summary is wrong"})
  void keepsWhatPeopleSay(String line) {
    assertThat(QuestionAnalysis.of(new Question("first\n" + line + "\nlast")).subject())
        .contains(line);
  }

  @Test
  void readsNamesHoweverTheyAreComposed() {
    assertThat(
            QuestionAnalysis.of(
                    new Question("see \u110C\u1161\u11BC\u1107\u1175.md and \uFB01le.py"))
                .paths())
        .contains("\uC7A5\uBE44.md", "file.py");
  }

  @Test
  void tellsReportsAndQuestionsAboutTests() {
    assertThat(QuestionAnalysis.of(new Question("why? ".repeat(70))).report()).isTrue();
    assertThat(QuestionAnalysis.of(new Question("how are the tests run")).tests()).isTrue();
    assertThat(QuestionAnalysis.of(new Question("what is the latest version")).tests()).isFalse();
  }
}
