package brimful.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.service.Found;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SearchToolTest {

  private static Found found(String place) {
    int ordinal = place.charAt(1) - '0';
    var id = new DocumentId(place.substring(0, 1));
    return new Found(new Chunk(id, ordinal, new Locator.Page(ordinal), "", List.of(), place, 1), 1);
  }

  @Test
  void noDocumentFillsThePage() {
    List<Found> found =
        Stream.of("a1", "a2", "a3", "b1", "a4", "a5", "c1", "b2", "b3")
            .map(SearchToolTest::found)
            .toList();

    assertThat(SearchTool.spread(found))
        .extracting(Chunk::text)
        .containsExactly("a1", "a2", "b1", "c1", "b2", "a3", "a4", "b3", "a5");
  }
}
