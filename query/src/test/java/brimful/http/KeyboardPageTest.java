package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The page without a pointer: what is reached, opened and left by keys alone, and where the focus
/// is then.
final class KeyboardPageTest extends PageVisits {
  private static final String QUESTION = "How is a budget read?";
  private static final String CITED =
      ".run .answer [data-citation='%s']".formatted(PageTestServer.RIGHT);

  private static Object focused(BrowserVisit visit, String property) {
    return visit.page().evaluate("(name) => document.activeElement[name]", property);
  }

  private static void leadsTo(BrowserVisit visit, String selector) {
    visit
        .page()
        .waitForCondition(() ->
            (boolean)
                visit
                    .page()
                    .evaluate("(selector) => document.activeElement.matches(selector)", selector));
  }

  @Test
  void tabGoesThroughTheHeadToTheQuestion() {
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(pageTestServer.collections()))) {
      visit.see("#question");
      var keys = visit.page().keyboard();
      keys.press("Tab");
      assertThat(focused(visit, "textContent")).isEqualTo("Skip to content");
      keys.press("Enter");
      leadsTo(visit, "#main");
      assertThat(visit.page().url()).doesNotContain("#main");
      keys.press("Tab");
      leadsTo(visit, "#conversations summary");
      keys.press("Tab");
      leadsTo(visit, "#question");
      keys.type(QUESTION);
      keys.press("Shift+Enter");
      assertThat(visit.count(".run")).as("a new line asks nothing").isZero();
      keys.press("Backspace");
      keys.press("Enter");
      visit.see("[data-test=copy-answer]");
      assertThat(visit.see(".asked").innerText()).isEqualTo(QUESTION);
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void aCitationOpensItsSourceAndEscapeLeadsBack() {
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(pageTestServer.collections()))) {
      visit.ask(QUESTION);
      visit.see("[data-test=copy-answer]");
      var keys = visit.page().keyboard();

      visit.page().locator(CITED).press("Enter");

      visit.see("#source .cited >> nth=0");
      leadsTo(visit, "#source-title");
      keys.press("Tab");
      leadsTo(visit, "[data-test=close-source]");
      keys.press("Tab");
      leadsTo(visit, "#source .source-body");
      double before = scrolled(visit);
      keys.press("End");
      visit.page().waitForCondition(() -> scrolled(visit) > before);
      keys.press("Escape");
      assertThat(visit.page().locator("#source").isVisible()).isFalse();
      leadsTo(visit, "[data-citation='%s']".formatted(PageTestServer.RIGHT));

      visit.page().locator(".treemap [tabindex='0']").focus();
      Object first = visit.page().evaluate("document.activeElement.getAttribute('aria-label')");
      keys.press("ArrowDown");
      assertThat(visit.page().evaluate("document.activeElement.getAttribute('aria-label')"))
          .isNotEqualTo(first);
      keys.press("Enter");
      visit.await("#source .line, .trail:visible", many -> many > 0);
      assertThat(visit.troubles()).isEmpty();
    }
  }

  private static double scrolled(BrowserVisit visit) {
    return ((Number) visit.page().locator("#source .source-body").evaluate("it => it.scrollTop"))
        .doubleValue();
  }

  @Test
  void aDialogKeepsTheFocusAndGivesItBack() {
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(pageTestServer.collections()))) {
      visit.ask(QUESTION);
      visit.see("[data-test=copy-answer]");
      var keys = visit.page().keyboard();

      visit.page().locator("#share-conversation").press("Enter");

      visit.see("#share-dialog");
      leadsTo(visit, "#share-on");
      keys.press("Escape");
      leadsTo(visit, "#share-conversation");
      visit.page().locator("#delete-conversation").press("Enter");
      visit.see("#confirm-dialog", "Delete");
      keys.press("Escape");
      leadsTo(visit, "#delete-conversation");
      visit.see("#thread-title", QUESTION);
      visit.page().locator("[data-test=edit-question]").press("Enter");
      leadsTo(visit, "#question");
      assertThat(visit.troubles()).isEmpty();
    }
  }
}
