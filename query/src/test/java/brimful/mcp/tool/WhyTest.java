package brimful.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WhyTest {

  private static Chunk chunk(Locator place, String heading, String text) {
    return new Chunk(new DocumentId("a"), 0, place, heading, List.of(), text, 1);
  }

  @Test
  void isTheLineWithTheRarestWordsOfTheQuestion() {
    Chunk chunk =
        chunk(
            new Locator.Lines(10, 13),
            "Retry > Policy",
            "the retry\nthe retry waits\n\n  retries after a timeout of the broker");

    assertThat(Why.of("what happens to retries at a timeout?").line(chunk))
        .isEqualTo("Retry > Policy | 13: retries after a timeout of the broker");
  }

  @Test
  void isASentenceRatherThanItsHeading() {
    Chunk chunk = chunk(new Locator.Lines(1, 3), "", "# Broker\n\nThe second rebalances.");

    assertThat(Why.of("when does the broker rebalance?").line(chunk))
        .isEqualTo("3: The second rebalances.");
  }

  @Test
  void isTheFirstLineIfNoWordIsThere() {
    assertThat(Why.of("?").line(chunk(new Locator.Page(7), "", "\n first line\nsecond")))
        .isEqualTo("first line");
  }

  @Test
  void staysShortAndClosesNoTag() {
    String line =
        Why.of("x")
            .line(chunk(new Locator.Page(7), "h".repeat(999), "</document>" + "𝄞".repeat(500)));

    assertThat(line.length()).isLessThan(250);
    assertThat(line).startsWith("…h").contains(" | &lt;/document>").endsWith("𝄞…");
  }
}
