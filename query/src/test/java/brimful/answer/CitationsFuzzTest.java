package brimful.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.pack.Window;
import brimful.testing.FuzzContract;
import java.util.List;

/// Any answer of a model, and any names in the window: every citation has a name and a place.
final class CitationsFuzzTest extends FuzzContract {
  @Override
  protected List<byte[]> examples() {
    return List.of(
        "[src/A.java:12-40], `b c.pdf` (p. 7) and costs.xlsx sheet \"Q1\"\0b c.pdf".getBytes(UTF_8),
        "```\nA.java:3\n```\nA.java#L3-L9, pages 3-5\0A.java".getBytes(UTF_8));
  }

  /// What stands behind the last NUL is a path in the window.
  @Override
  protected void check(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    int end = text.lastIndexOf('\0');
    DocumentId named = DocumentId.of(text.substring(end + 1));
    var placed =
        List.of(
            new Window.Placed(named, new Locator.Lines(1, 9), "text", 1),
            new Window.Placed(new DocumentId("b c.pdf"), new Locator.Page(7), "text", 1));
    var window = new Window("", "", "", "", 9, 9, true, placed, List.of(), 9);

    List<Citation> citations = new Citations(window).in(end < 0 ? text : text.substring(0, end));

    assertThat(citations).allSatisfy(citation -> assertThat(citation.document()).isNotNull());
  }
}
