package brimful.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DefinitionsTest {

  private static List<String> lines(String text, String... names) {
    int last = 10 + (int) text.lines().count() - 1;
    var chunk =
        new Chunk(new DocumentId("a"), 0, new Locator.Lines(10, last), "", List.of(names), text, 1);
    return Definitions.lines(List.of(chunk));
  }

  @Test
  void takesTheLineThatDefinesRatherThanOneThatUses() {
    assertThat(
            lines(
                """
                // run runs
                static int run = 0;
                x.run();
                int run(int times) {
                  run(times - 1);
                """,
                "run"))
        .containsExactly("13: int run(int times) {");
    assertThat(lines("self.go()\ndef go(self):\n", "go")).containsExactly("11: def go(self):");
    assertThat(lines("func (s *Server) Close() error {\n}\n", "Close"))
        .containsExactly("10: func (s *Server) Close() error {");
  }

  @Test
  void takesHeadingsAndNotComments() {
    assertThat(lines("see Setup below\n\n## Setup\n\nSetup is easy\n", "Setup"))
        .containsExactly("12: ## Setup");
  }

  @Test
  void takesOnlyNamesThatAreWanted() {
    var chunk =
        new Chunk(
            new DocumentId("a"),
            0,
            new Locator.Lines(1, 2),
            "",
            List.of("run", "stop"),
            "int run() {\nint stop() {",
            1);

    assertThat(Definitions.lines(List.of(chunk), "stop"::equals))
        .containsExactly("2: int stop() {");
  }

  @Test
  void givesANameThatStandsInNoLine() {
    assertThat(lines("something else\n", "Made-up")).containsExactly("10: Made-up");
  }
}
