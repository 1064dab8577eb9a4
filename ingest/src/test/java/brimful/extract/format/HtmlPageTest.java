package brimful.extract.format;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.shown;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HtmlPageTest {
  /// A page with less text is shown as code.
  private static final String PROSE = "The museum opens at ten on weekdays. ".repeat(8).strip();

  private static final String NAVIGATION =
      "<nav><ul><li><a href=/x1>Section 1</a></li><li><a href=/x2>Section 2</a></li></ul></nav>";

  private static String page(String head, String body) {
    return "<!DOCTYPE html><html lang=en><head>" + head + "</head><body>" + body + "</body></html>";
  }

  /// Returns the text of a body after the prose that comes first.
  private static String after(String body) {
    String shown = shown(extract("a.html", page("", "<p>" + PROSE + "</p>" + body)));
    return shown.substring(shown.indexOf(PROSE) + PROSE.length()).replaceFirst("^/+", "");
  }

  @Test
  void putsTitleAndDescriptionFirstAndNavigationLast() {
    String head =
        "<title>Opening hours of the Canistel museum</title>"
            + "<meta name=description content='When to come'>"
            + "<script>window.__STATE__=`${location.href}`;var t=\"{{x}}\";</script><style>.a{}</style>";
    String body =
        "<header>Site name</header>"
            + NAVIGATION
            + "<main><article><header><h1>Visit</h1></header><p>"
            + PROSE
            + "</p></article></main><footer>cookie notice</footer>";

    assertThat(shown(extract("a.html", page(head, body))))
        .isEqualTo(
            "a.html 1-14: # Opening hours of the Canistel museum//When to come//# Visit//"
                + PROSE
                + "//Site name//- Section 1/- Section 2//cookie notice")
        .doesNotContain("__STATE__", "{{x}}");
  }

  @Test
  void leavesTheOrderOfAPageThatSaysNothingOfItsParts() {
    String body =
        "<h1>Visit</h1><div class=nav>Menu</div><p>"
            + PROSE
            + "</p><article>One</article><h2>And</h2><article>Two</article>";

    assertThat(shown(extract("a.html", page("<title>Visit</title>", body))))
        .isEqualTo("a.html 1-11: # Visit//Menu//" + PROSE + "//One//## And//Two");
  }

  @Test
  void keepsEveryWord() {
    String body =
        "<nav>w1</nav><header><h1>w2</h1></header><section><aside>w3<nav>w4</nav></aside>w5</section>"
            + "<main>w6<aside>w7</aside></main><main>w8</main><table><tr><td>w9<div>w10</div></td></tr></table>"
            + "<details><summary>w11</summary>w12</details><button>w13</button><footer>w14</footer>"
            + "<p>"
            + PROSE
            + "</p>";

    String shown = shown(extract("a.html", page("", body)));

    for (int i = 1; i <= 14; i++) {
      assertThat(shown).containsOnlyOnce("w" + i + (i == 1 ? "/" : ""));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<a href='https://example.org/hours'>opening hours</a> | [opening hours](https://example.org/hours)",
        "<a href=' mailto:a@example.org '>write</a> | [write](mailto:a@example.org)",
        "<a href='https://example.org/a'>https://example.org/a</a> | https://example.org/a",
        "<a href='/hours'>opening hours</a> | opening hours",
        "<a href='javascript:x()'>opening hours</a> | opening hours",
        "<a href='https://example.org/?q=0123456789012345678901234567890123456789012345678901234567890123456789'>far</a> | far",
        "<img alt='A chart of visitors' src='data:image/png;base64,AAAA'> | [image: A chart of visitors]",
        "<img alt='A chart' src='../img/chart%201.png'> | [image: A chart](../img/chart%201.png)",
        "<img alt='A chart' src='https://example.org/chart.png'> | [image: A chart]",
        "<img alt='A chart' src='//example.org/chart.png'> | [image: A chart]",
        "<img alt='A chart' src='chart.php?id=1'> | [image: A chart]",
        "<img alt='' src=x>text | text",
        "<img src='chart.png'>text | text",
        "<math><mi>E</mi><annotation encoding='application/x-tex'>E=mc^2</annotation></math> | $E=mc^2$",
        "<math><mi>E</mi><mo>=</mo><mi>m</mi></math> | E=m",
        "is<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>2</mi></mfrac></math>of | is (a+b)/2 of",
        "<math><msup><mi>x</mi><mn>2</mn></msup><msqrt><msub><mi>y</mi><mi>i</mi></msub></msqrt></math> | x^2√(y_i)",
        "<math><mi>f</mi><mo>=</mo><mtext>0 if </mtext><mi>n</mi><mtext> is <b>even</b> now</mtext></math> | f= 0 if n is even now",
        "<math><mi>sin</mi><mi>x</mi><mspace/><mi>y</mi><mphantom><mi>z</mi></mphantom></math> | sin x y",
        "<math><maction><mi>a</mi><mi>b</mi></maction><mo>+</mo><msup><mrow><mfrac><mi>a</mi><mi>b</mi></mfrac></mrow><mn>2</mn></msup></math> | a+(a/b)^2",
        "<math><mlongdiv><mn>435.3</mn><mn>1306</mn><msgroup><msrow><mn>12</mn></msrow><mn>10</mn></msgroup></mlongdiv></math> | 435.3 1306 12 10",
        "10<sup>6</sup> J, 10<sup>−6</sup> m<sup>2</sup> | 10^6 J, 10^−6 m^2",
        "since 2020<sup><a href='#f1'>1</a></sup> and H<sub>2</sub>O, 101<sub>2</sub> | since 2020^1 and H2O, 101_2",
        "the 4<sup>th</sup>, 2<sup>nd</sup> and n<sup>o</sup> 5 | the 4th, 2nd and no 5",
        "costs <del>90</del><ins>80</ins> euro, was <s>100</s> | costs ~~90~~80 euro, was ~~100~~",
        "<svg><title>Plan</title><text>North</text><text>South</text></svg> | Plan North South",
      })
  void showsLinksPicturesAndFormulas(String html, String text) {
    assertThat(after("<p>" + html + "</p>")).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<ol start=4><li>a<li>b<li value=9>c<li>d</ol> | 4. a/5. b/9. c/10. d",
        "<ol reversed><li>a<li>b</ol> | 2. a/1. b",
        "<ol type=A><li>a<ol type=i start=4><li>b<li>c</ol><li>d</ol> | A. a/  iv. b/  v. c/B. d",
        "<ol type=a start=26><li>a<li>b</ol> | z. a/aa. b",
        "<ol><li>a<ul><li>b</ul><li>c</ol> | 1. a/  - b/2. c",
        "<ol style='list-style: none'><li>a<li>b</ol> | - a/- b",
        "<ol><li>a<li style='color:red;list-style-type:none'>b<li>c</ol> | 1. a/- b/3. c",
        "<ol><li><a href='#a'>1 Intro</a><ol><li><b>1.1</b> Bar</ol><li>2) Baz<li>2.5 kg</ol> | - 1 Intro/  - 1.1 Bar/- 2) Baz/3. 2.5 kg",
        "<menu><ol><li>a</ol></menu> | - a",
      })
  void numbersListsAsABrowserDoes(String html, String text) {
    assertThat(after(html)).isEqualTo(text);
  }

  @Test
  void aRaisedNumberThatBeginsALineRaisesNothing() {
    assertThat(after("<div>abc</div><sup>2</sup> note")).isEqualTo("abc//2 note");
  }

  @Test
  void aPictureWithoutADescriptionHasThatOfItsFigure() {
    String caption = "<figcaption>The <b>old</b> crane</figcaption>";

    String text = after("<figure><img src='a.png'><img src='b.png'>" + caption + "</figure>");

    assertThat(text).contains("[image: The old crane](a.png)").doesNotContain("b.png");
  }

  @Test
  void keepsColumnsInLineWhereCellsSpan() {
    String table =
        "<table><tr><th rowspan=2>City</th><th colspan=2>Visitors</th><th>Note</th></tr>"
            + "<tr><th>2023</th><th>2024</th><th>x</th></tr>"
            + "<tr><td>Ghent</td><td>10</td><td>20</td><td>y</td></tr></table>";

    assertThat(after(table))
        .isEqualTo("City | Visitors | | Note/| 2023 | 2024 | x/Ghent | 10 | 20 | y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<table role=presentation><tr><td>One</td><td>Two</td></tr></table>",
        "<table><tr><td>One</td></tr><tr><td>Two</td></tr></table>",
        "<table><tr><td><table><tr><td>One</td></tr></table></td><td>Two</td></tr></table>",
      })
  void readsATableThatOnlyLaysOutThePageAsBlocks(String table) {
    assertThat(after(table)).isEqualTo("One//Two");
  }

  @Test
  void keepsTheLinesOfPreformattedText() {
    assertThat(after("<pre>line one\n  line two</pre>")).isEqualTo("line one/  line two");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<p>{{ name }}</p>",
        "<p>{% if x %}</p>",
        "<div v-if=x></div>",
        "<?php echo 1 ?>",
        "<script>x</script><p>${name}</p>",
      })
  void showsATemplateAsCode(String body) {
    assertThat(shown(extract("a.html", page("", body + "<p>" + PROSE + "</p>"))))
        .contains("<p>The");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>`${x}`</script>",
        "<pre>{{ quoted }}</pre>",
        "<!-- {{ x }} -->",
        "<style>a:after{content:'{{'}</style>",
      })
  void readsAPageWithTemplatesInItsScriptsAsAPage(String body) {
    assertThat(shown(extract("a.html", page("", body + "<p>" + PROSE + "</p>"))))
        .contains(PROSE)
        .doesNotContain("<p>");
  }

  @ParameterizedTest
  @CsvSource({
    "'<meta charset=utf-8>', windows-1252", "'<meta charset=iso-8859-1>', UTF-8",
    "'<meta charset=windows-1251>', windows-1251", "'', UTF-8",
    "'<meta http-equiv=content-type content=\"text/html; charset=koi8-r\">', KOI8-R",
  })
  void readsTheEncodingThatAPageIsIn(String head, String encoding) {
    Charset charset = Charset.forName(encoding);
    boolean russian = !charset.newEncoder().canEncode('é');
    String text =
        russian
            ? "Музей открыт по будням с десяти часов."
            : "Le musée est ouvert dès dix heures, à côté.";

    assertThat(
            shown(
                extract("a.html", page(head, "<p>" + text + "</p><p>" + PROSE).getBytes(charset))))
        .contains(text);
  }

  @Test
  void readsAPageThatNestsDeeply() {
    String deep = "<div><nav>".repeat(5_000) + "deep" + "</nav></div>".repeat(5_000);

    assertThat(shown(extract("a.html", page("", "<p>" + PROSE + "</p>" + deep)))).contains("deep");
  }

  @Seeds
  void losesNoWordOfAnyPage(long seed) {
    var random = new Random(seed);
    String[] tags = {
      "nav",
      "main",
      "article",
      "header",
      "aside",
      "table",
      "tr",
      "td",
      "p",
      "ul",
      "li",
      "a href=/",
      "h1",
      "footer",
      "pre"
    };
    var body = new StringBuilder("<p>" + PROSE + "</p>");
    int words = 60;
    for (int i = 0; i < words; i++) {
      String tag = tags[random.nextInt(tags.length)];
      body.append(random.nextInt(3) == 0 ? "</" + tag.split(" ", -1)[0] + ">" : "<" + tag + ">");
      body.append(" word").append(i).append("e ");
    }

    String shown =
        shown(extract("a.html", page("", body.toString()).getBytes(StandardCharsets.UTF_8)));

    for (int i = 0; i < words; i++) {
      assertThat(shown).containsOnlyOnce("word" + i + "e");
    }
  }
}
