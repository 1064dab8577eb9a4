package brimful.answer;

import static brimful.answer.CitationsTest.lines;
import static brimful.answer.CitationsTest.window;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.pack.Window;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Documents that are cited by their names in brackets, without a place.
final class NamesAloneTest {
  @Test
  void anImageIsCitedByItsNameAlone() {
    var window =
        new Window(
            "",
            "",
            "",
            "",
            1,
            1,
            true,
            List.of(
                new Window.Placed(
                    new DocumentId("docs/plan.png"), new Locator.Lines(1, 1), "", 1, 1),
                new Window.Placed(new DocumentId("scan.pdf"), new Locator.Page(1), "", 1, 1),
                new Window.Placed(new DocumentId("scan.pdf"), new Locator.Page(2), "", 1, 1),
                new Window.Placed(new DocumentId("notes.md"), new Locator.Lines(1, 9), "", 1)),
            List.of(),
            1);

    List<Citation> cited =
        new Citations(window)
            .in(
                "A [notes.md:3] then [plan.png] and [`plan.png`], [scan.pdf p. 2], [scan.pdf], [notes.md], [x].");

    assertThat(cited)
        .extracting(Citation::line)
        .containsExactly(
            "[ok] notes.md:3",
            "[ok] docs/plan.png:1",
            "[ok] scan.pdf p. 2",
            "[ok] scan.pdf p. 1",
            "[ok] notes.md:1-9");
  }

  @Test
  void namesInBracketsAreCheckedLikePlaces() {
    Window window =
        window(lines("small/rgb.png", 1, 1), lines("a/b.md", 1, 5), lines("c/b.md", 2, 3));

    assertThat(
            new Citations(window)
                .in("[small/rgb.png] [rgb.png] [ghost.png], [b.md] [rgb.png, lost-plan.pdf]"))
        .extracting(Citation::line)
        .containsExactly(
            "[ok] small/rgb.png:1",
            "[??] ghost.png:1: the window has no such document",
            "[??] b.md:1: 2 documents of the window end so, such as a/b.md and c/b.md",
            "[??] lost-plan.pdf:1: the window has no such document");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[./docs/guide.md]",
        "[docs\\guide.md]",
        "[GUIDE.md]",
        "[see guide.md]",
        "[siehe docs/guide.md]",
        "`[guide.md]`",
      })
  void aNameIsKnownHoweverItIsWritten(String answer) {
    assertThat(new Citations(window(lines("docs/guide.md", 1, 5))).in(answer))
        .extracting(Citation::line)
        .containsExactly("[ok] docs/guide.md:1-5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[x] [1] [note] [see above] [e.g.] [Node.js] [ASP.NET] [TODO: a.b]",
        "[guide.pdf](https://example.com/guide.pdf) ![plan.png](plan.png)",
        "`files[out.txt]` and [https://example.com/a.html] [example.com/a.html] [me@site.md]",
        "```\n[ghost.png]\n```",
        "Use `tool [out.md]`, [the manual.md][1], [ref.md][2], [text][ref.md]",
        "[ref.md]: https://example.com/x",
        "[*.md] [src/*.md] [<name>.md] [your-file.txt] [path/to/file.md] [$HOME/a.md] [^guide.md]",
        "[rename to a.txt] [see config.yaml]",
        "[rgb.png",
        "[]",
      })
  void otherWordsInBracketsAreNoCitations(String answer) {
    assertThat(new Citations(window(lines("small/rgb.png", 1, 1))).in(answer)).isEmpty();
  }

  @Test
  void aNameInBracketsBeforeItsPlaceIsOneCitation() {
    assertThat(new Citations(window(lines("b.md", 1, 5))).in("[b.md] lines 2-3"))
        .extracting(Citation::line)
        .containsExactly("[ok] b.md:2-3");
  }
}
