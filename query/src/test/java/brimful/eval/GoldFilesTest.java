package brimful.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.eval.GoldQuestion.FileLines;
import brimful.eval.GoldQuestion.LineGold;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class GoldFilesTest {
  private static final GoldFiles FILES =
      new GoldFiles(
          Stream.of("client.py", "tests/client.py", "pdfs/a.pdf", "one/b.py", "two/b.py")
              .map(DocumentId::new)
              .toList());

  private static GoldQuestion resolved(String path, Gold gold) {
    var question =
        new GoldQuestion(
            "q7",
            "why?",
            "",
            List.of(path),
            List.of(gold),
            Map.of(path, 2.0),
            "",
            "",
            Map.of(),
            Map.of(LineGold.SPAN, List.of(new FileLines(path, 3, 4))));
    return FILES.resolved(question);
  }

  @Test
  void prefersAWholePathToTheEndOfAnother() {
    assertThat(resolved("client.py", new Gold.File("client.py")).files())
        .containsExactly("client.py");
  }

  @Test
  void writesOutPathsEverywhere() {
    GoldQuestion question = resolved("a.pdf", new Gold.Page("a.pdf", 3));

    assertThat(question.files()).containsExactly("pdfs/a.pdf");
    assertThat(question.gold()).containsExactly(new Gold.Page("pdfs/a.pdf", 3));
    assertThat(question.grades()).containsExactly(Map.entry("pdfs/a.pdf", 2.0));
    assertThat(question.lines().get(LineGold.SPAN))
        .containsExactly(new FileLines("pdfs/a.pdf", 3, 4));
  }

  @Test
  void refusesGoldThatTheCorpusLacksOrHasTwice() {
    assertThatThrownBy(() -> resolved("c.py", new Gold.File("c.py")))
        .isInstanceOf(UserError.class)
        .hasMessage("question q7: gold c.py names 0 of the 5 documents: give the path of one");
    assertThatThrownBy(() -> resolved("b.py", new Gold.File("b.py")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("b.py names 2 of the 5");
  }
}
