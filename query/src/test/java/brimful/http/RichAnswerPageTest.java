package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.BrowserVisit.Screen;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Code, formulas and tables of answers.
final class RichAnswerPageTest extends PageVisits {
  private static final String QUESTION = "How is a sum made %s?".formatted(PageTestServer.RICH);

  private static BrowserVisit visit(Screen screen) {
    return chrome.visit(pageTestServer.serve(pageTestServer.collections()), screen);
  }

  @Test
  void coloursCodeAndSetsFormulas() {
    try (BrowserVisit visit = visit(Screen.DESKTOP)) {
      visit.ask(QUESTION);
      visit.see("[data-test=copy-answer]");

      visit.await(".answer .math.set", many -> many == 4);
      visit.await(".answer .hljs-keyword", many -> many >= 3);
      assertThat(visit.count(".answer .math.display .katex-display")).isEqualTo(2);
      assertThat(visit.count(".answer math mfrac")).isOne();
      assertThat(visit.see(".answer").innerText())
          .contains("it costs $5 today and $10 tomorrow", "<b>no colours</b>", "\\frac{1");
      assertThat(visit.page().locator(".answer .code-head span").allInnerTexts())
          .containsExactly("java", "text");
      assertThat(visit.page().locator(".answer p code").allInnerTexts()).containsExactly("$HOME");
      visit.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
      visit.click(".answer [data-test=copy-code] >> nth=0");
      visit.see(".answer .code-head >> nth=0", "Copied");
      assertThat(visit.page().evaluate("navigator.clipboard.readText()"))
          .asString()
          .startsWith("/// A comment.\nfinal class Sum {");
      assertThat(visit.page().evaluate("document.fonts.check('1em KaTeX_Main')")).isEqualTo(true);
      visit.wholeShot("rich-answer");
      assertThat(visit.barriers()).isEmpty();
      visit.page().reload();
      visit.await(".answer .math.set", many -> many == 4);
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void wideTablesAndFormulasScrollByThemselves() {
    try (BrowserVisit visit = visit(Screen.PHONE_IN_THE_DARK)) {
      visit.ask(QUESTION);
      visit.see("[data-test=copy-answer]");
      visit.await(".answer .math.set", many -> many == 4);

      assertThat(visit.pixelsTooWide()).isZero();
      assertThat(
              visit
                  .page()
                  .evaluate(
                      "(() => { const t = document.querySelector('.answer .scroll');"
                          + " return t.scrollWidth > t.clientWidth; })()"))
          .isEqualTo(true);
      visit.wholeShot("phone-rich-answer");
      assertThat(visit.barriers()).isEmpty();
    }
  }

  @Test
  void asksForNoLibraryThatAnAnswerDoesNotNeed() {
    try (BrowserVisit visit = visit(Screen.DESKTOP)) {
      visit.see("#question");
      Object names =
          visit
              .page()
              .evaluate("performance.getEntriesByType('resource').map((each) => each.name).join()");

      assertThat(names)
          .asString()
          .contains("marked")
          .doesNotContain("katex", "highlight", "pdf.min", "pdf-view");
    }
  }
}
