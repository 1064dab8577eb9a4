package brimful.rank.reference;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.rank.reference.ImageCaptions.Captioned;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageCaptionsTest {

  @Test
  void markdownSaysAltTextAndTitle() {
    String text =
        """
        See ![How a batch\ntravels](diagrams/plan.png "From lane to lane") and
        ![a plan](<my plans/a b.png>), ![](no-words.png), [![a badge](badge.svg)](there).
        """;

    assertThat(said(text))
        .containsExactly(
            "diagrams/plan.png: How a batch travels \"From lane to lane\"",
            "my plans/a b.png: a plan",
            "badge.svg: a badge");
  }

  @Test
  void htmlSaysAltTextTitleAndTheFiguresCaption() {
    String text =
        """
        <p align="center"><IMG width=3 alt='the "logo"' src="img/logo.png"></p>
        <figure class="wide">
          <img src="a.png" alt="left" /><img src=b.png title="right">
          <figcaption>Figure 1: Both <b>halves</b> &amp; more</figcaption>
        </figure>
        <img src="c.png"><figure><figcaption>above</figcaption><img src="d.png"></figure>
        <img data-src="x.png" alt="nowhere"><img src="e.png" alt="last">
        """;

    assertThat(said(text))
        .containsExactly(
            "img/logo.png: the \"logo\"",
            "a.png: left Figure 1: Both halves more",
            "b.png: right Figure 1: Both halves more",
            "d.png: above",
            "e.png: last");
  }

  @Test
  void directivesSayOptionsAndCaptions() {
    String text =
        """
        .. image:: one.png
           :width: 40 %
           :alt: the first
              of all

        .. figure:: ../two.png
           :target: elsewhere

           A caption in
           two lines.

           And a legend.

        Text beside.

          .. |sub| image:: three.png
             :alt: substituted

        ```{figure} four.png
        :name: fig
        Caption of MyST
        ```
        not this
        """;

    assertThat(said(text))
        .containsExactly(
            "one.png: the first of all",
            "../two.png: A caption in two lines. And a legend.",
            "three.png: substituted",
            "four.png: Caption of MyST");
  }

  @Test
  void macrosSayAttributesAndTheBlocksTitle() {
    String text =
        """
        .The flow of claims
        [#flow]
        image::flow.svg[Claims and acks,300]

        Click image:icons/play.png[Play] now. `std::image::x` and image::none.png[].
        """;

    assertThat(said(text))
        .containsExactly(
            "flow.svg: The flow of claims Claims and acks,300", "icons/play.png: Play");
  }

  @ParameterizedTest
  @CsvSource({
    "docs/guide/a.md, plan.png, docs/guide/plan.png, plan.png",
    "docs/guide/a.md, ./img/plan.png, docs/guide/img/plan.png, img/plan.png",
    "docs/guide/a.md, ../img/plan.png, docs/img/plan.png, img/plan.png",
    "a.md, ../../img/plan.png, img/plan.png, img/plan.png",
    "a.zip!/docs/a.md, my%20plan.png?raw=true, a.zip!/docs/my plan.png, my plan.png",
    "a.md, 100%.png#dark, 100%.png, 100%.png",
    "docs/a.md, /img/plan.png, img/plan.png, img/plan.png",
    "docs/a.md, /plan.png, plan.png, plan.png",
    "docs/a.md, https://host.example/o/r/main/img/plan.png?raw=true, img/plan.png, img/plan.png",
  })
  void resolvesPathsFromTheText(String text, String target, String full, String suffix) {
    assertThat(ImageCaptions.resolved(text, target)).contains(new ImageCaptions.Path(full, suffix));
  }

  @Test
  void dataIsNoPath() {
    assertThat(ImageCaptions.resolved("a.md", "data:image/png;base64,AAAA"))
        .isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "![",
        "![a](",
        "![a](b \"",
        "<img ",
        "<figure>",
        "<figcaption>",
        "<img src=",
        ".. image:: x\n",
        "```{figure} x\n",
        "image::",
        ".t\n[\n",
        "image::x[",
        ".. |",
        "<img src='x' alt='y'>",
        " "
      })
  void takesLinearTimeForHostileTexts(String piece) {
    String text = piece.repeat(300_000 / piece.length());

    List<Captioned> found = ImageCaptions.of(text);

    assertThat(found).hasSizeLessThan(text.length());
  }

  private static List<String> said(String text) {
    return ImageCaptions.of(text).stream()
        .map(image -> image.target() + ": " + image.caption().strip().replaceAll("\\s+", " "))
        .toList();
  }
}
