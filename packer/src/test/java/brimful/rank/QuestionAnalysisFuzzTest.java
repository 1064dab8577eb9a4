package brimful.rank;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.FuzzContract;
import java.util.List;

/// Any question gives cues, whatever its wording.
final class QuestionAnalysisFuzzTest extends FuzzContract {
  @Override
  protected List<byte[]> examples() {
    return List.of(
        "how does `Packer.pack` fill src/main/java/brimful/pack/Packer.java?".getBytes(UTF_8),
        """
        Crash in a.b.C
        <!-- template -->
        - [ ] I have read it
        ### Steps to reproduce:
        at org.example.Server$1.run(Server.java:12)
        """
            .getBytes(UTF_8));
  }

  @Override
  protected void check(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    if (text.isBlank()) {
      return;
    }

    QuestionAnalysis questionAnalysis = QuestionAnalysis.of(new Question(text));

    assertThat(questionAnalysis.terms()).isNotNull();
    assertThat(questionAnalysis.paths()).doesNotContain("");
    assertThat(questionAnalysis.symbols()).doesNotContain("");
  }
}
