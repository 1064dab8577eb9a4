package brimful.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.service.FoundDocument;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SearchHitTest {
  private static final DocumentId DOCUMENT = new DocumentId("a.java");

  private static Chunk chunk(int ordinal, Locator place, String text, String... names) {
    return new Chunk(DOCUMENT, ordinal, place, "", List.of(names), text, 1);
  }

  private static Chunk lines(int ordinal, int first, int last, String text) {
    return chunk(ordinal, new Locator.Lines(first, last), text);
  }

  private static SearchHit hit(String question, Chunk... best) {
    return SearchHit.of(new FoundDocument(DOCUMENT, List.of(best)), Why.of(question));
  }

  @Test
  void joinsNeighboursAndTellsWhyOfTheBest() {
    SearchHit hit =
        hit(
            "broker",
            lines(4, 90, 99, "a broker"),
            lines(1, 11, 20, "the broker waits"),
            lines(0, 1, 10, "nothing"));

    assertThat(hit.places())
        .extracting(SearchHit.Spot::place)
        .containsExactly(new Locator.Lines(90, 99), new Locator.Lines(1, 20));
    assertThat(hit.places().getLast().why()).isEqualTo("11: the broker waits");
    assertThat(hit.address()).isEqualTo("a.java:90-99,1-20");
  }

  @Test
  void keepsDistantRangesAndPagesApart() {
    SearchHit hit =
        hit(
            "broker",
            lines(0, 1, 10, "x"),
            lines(2, 40, 50, "x"),
            chunk(3, new Locator.Page(7), "x"),
            chunk(4, new Locator.Page(8), "x"));

    assertThat(hit.places()).hasSize(4);
    assertThat(hit.address()).isEqualTo("a.java:1-10,40-50 (p. 7, p. 8)");
  }

  @Test
  void showsSixChunksAtMost() {
    SearchHit hit =
        hit(
            "broker",
            IntStream.range(0, 20)
                .mapToObj(i -> lines(i, 1 + i * 100, 10 + i * 100, "x"))
                .toArray(Chunk[]::new));

    assertThat(hit.places()).hasSize(6);
  }

  @Test
  void listsDefinitionsThatHaveWordsOfTheQuestionInTheirOrder() {
    SearchHit hit =
        hit(
            "when does the broker rebalance?",
            chunk(2, new Locator.Lines(9, 9), "int rebalanceBroker() {", "rebalanceBroker"),
            chunk(0, new Locator.Lines(1, 2), "class Broker {\nint other;", "Broker", "other"));

    assertThat(hit.definitions())
        .containsExactly("1: class Broker {", "9: int rebalanceBroker() {");
  }

  @Test
  void prefersDefinitionsWithMoreOfTheWords() {
    Chunk[] chunks =
        IntStream.range(0, 9)
            .mapToObj(i ->
                chunk(
                    i,
                    new Locator.Lines(1 + i, 1 + i),
                    i < 8 ? "void broker" + i + "()" : "void brokerWaits()",
                    i < 8 ? "broker" + i : "brokerWaits"))
            .toArray(Chunk[]::new);

    assertThat(hit("the broker waits", chunks).definitions())
        .hasSize(5)
        .contains("9: void brokerWaits()");
  }
}
