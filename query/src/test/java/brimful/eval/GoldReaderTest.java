package brimful.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import brimful.eval.GoldQuestion.FileLines;
import brimful.eval.GoldQuestion.LineGold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GoldReaderTest {
  @TempDir Path folder;

  private List<GoldQuestion> read(String lines) throws IOException {
    return GoldReader.read(Files.writeString(folder.resolve("queries.jsonl"), lines));
  }

  @Test
  void readsEveryKindOfGold() throws IOException {
    List<GoldQuestion> questions =
        read(
            """
            {"id":"a","query":"why?","gold":["x.py","y.pdf#p4","z.md#c10-25","conv#D1:3"],"answer":42,"extra":[1]}

            {"query":"how?","gold":["x.py"],"gold_units":{"x.py":[[3,9,"run"]]},"corpus":"r.git@1","scope":"s"}
            """);

    assertThat(questions.getFirst().gold())
        .containsExactly(
            new Gold.File("x.py"),
            new Gold.Page("y.pdf", 5),
            new Gold.Chars("z.md", 10, 25),
            new Gold.Marked("D1:3"));
    assertThat(questions.getFirst().files()).containsExactly("x.py", "y.pdf", "z.md", "conv");
    assertThat(questions.getFirst().answer()).isEqualTo("42");
    assertThat(questions.getLast().id()).isEqualTo("q3");
    assertThat(questions.getLast().corpus()).isEqualTo("r.git@1/s");
    assertThat(questions.getLast().lines())
        .containsEntry(LineGold.FUNCTION, List.of(new FileLines("x.py", 3, 9)));
  }

  @Test
  void takesTheScopeOffPaths() throws IOException {
    assertThat(
            read("{\"query\":\"q\",\"gold\":[\"c#D1\"],\"gold_files\":[\"c/a.md\"],\"scope\":\"c\"}")
                .getFirst()
                .files())
        .containsExactly("a.md");
  }

  @Test
  void saysWhichLineIsWrong() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> read("{\"query\":\"q\",\"gold\":[\"a\"]}\n{\"query\":\"q\"}\n"))
        .withMessageContaining("line 2")
        .withMessageContaining("no gold");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> read("not json"))
        .withMessageContaining("line 1");
  }
}
