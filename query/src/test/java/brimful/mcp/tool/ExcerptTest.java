package brimful.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExcerptTest {

  private static Chunk chunk(int ordinal, Locator place, String text) {
    return new Chunk(new DocumentId("a"), ordinal, place, "", List.of(), text, 1);
  }

  @Test
  void joinsLinesOverChunksAndBlanksBetween() {
    List<Chunk> chunks =
        List.of(
            chunk(0, new Locator.Lines(1, 2), "one\ntwo"),
            chunk(1, new Locator.Lines(4, 4), "four"));

    Excerpt excerpt = Excerpt.of(chunks, _ -> true, 0, 100);

    assertThat(excerpt.text()).isEqualTo("<chunk lines=\"1-4\">\none\ntwo\n\nfour\n");
    assertThat(excerpt.to()).isEqualTo(excerpt.all()).isEqualTo(14);
  }

  @Test
  void keepsRangesApart() {
    List<Chunk> chunks = List.of(chunk(0, new Locator.Lines(1, 4), "one\ntwo\nthree\nfour"));

    Excerpt excerpt = Excerpt.of(chunks, place -> !place.equals(new Locator.Lines(2, 2)), 0, 100);

    assertThat(excerpt.text())
        .isEqualTo("<chunk lines=\"1\">\none\n<chunk lines=\"3-4\">\nthree\nfour\n");
  }

  @Test
  void keepsPagesApart() {
    List<Chunk> chunks =
        List.of(
            chunk(0, new Locator.Page(1), "one"),
            chunk(1, new Locator.Page(2), "two"),
            chunk(2, new Locator.Page(2), "more"));

    Excerpt excerpt = Excerpt.of(chunks, new Locator.Page(2)::equals, 0, 100);

    assertThat(excerpt.text()).isEqualTo("<chunk page=\"2\">\ntwo\nmore\n");
  }

  @Test
  void cutsALineThatIsTooLongAndGoesOnInIt() {
    String line = "x".repeat(9) + "😀" + "y".repeat(30);
    List<Chunk> chunks =
        List.of(chunk(0, new Locator.Lines(1, 1), line), chunk(1, new Locator.Lines(1, 1), "z"));
    var read = new StringBuilder();
    int at = 0;
    int all = 1;
    for (int i = 0; i < 100 && at < all; i++) {
      Excerpt excerpt = Excerpt.of(chunks, _ -> true, at, 10);
      read.append(excerpt.text().replace("<chunk lines=\"1\">\n", "").replace("\n", ""));
      at = excerpt.to();
      all = excerpt.all();
    }

    assertThat(read.toString()).isEqualTo(line + "z");
  }
}
