package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.BrowserVisit.Screen;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.FrameLocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Diagrams of answers.
final class DiagramPageTest extends PageVisits {
  private static final String QUESTION = "How does it flow %s?".formatted(PageTestServer.DRAWN);
  private static final int LOW_PIXELS = 40;

  private static BrowserVisit visit(Screen screen) {
    return chrome.visit(pageTestServer.serve(pageTestServer.collections()), screen);
  }

  private static FrameLocator diagram(BrowserVisit visit, int number) {
    return visit.page().frameLocator(".answer iframe.diagram >> nth=" + number);
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "PHONE_IN_THE_DARK"})
  void aDiagramIsDrawnAboveItsHiddenCode(Screen screen) {
    try (BrowserVisit visit = visit(screen)) {
      visit.ask(QUESTION);
      visit.see("[data-test=copy-answer]");

      visit.await("[data-test=diagram-code]", many -> many == 2);
      visit.await(".answer iframe.diagram", many -> many == 2);
      assertThat(diagram(visit, 0).locator("svg").textContent())
          .contains("Chunks", "ranked", "Window");
      assertThat(diagram(visit, 1).locator("svg").textContent()).contains("Browser", "question");
      assertThat(visit.page().locator(".answer iframe.diagram").first().boundingBox().height)
          .isGreaterThan(LOW_PIXELS);
      assertThat(visit.page().locator(".answer pre:visible").allInnerTexts())
          .singleElement()
          .asString()
          .contains("A --> --> B[");
      assertThat(visit.pixelsTooWide()).isZero();
      visit.click("[data-test=diagram-code] >> nth=0");
      assertThat(visit.page().locator(".answer pre:visible").first().innerText())
          .contains("Source[\"<img");
      visit.page().locator(".answer iframe.diagram >> nth=1").scrollIntoViewIfNeeded();
      visit.shot("diagrams-" + screen);
      assertThat(visit.barriers()).isEmpty();
    }
  }

  @Test
  void aDiagramReachesNeitherThePageNorTheNetwork() {
    try (BrowserVisit visit = visit(Screen.DESKTOP)) {
      visit.ask(QUESTION);
      visit.await("[data-test=diagram-code]", many -> many == 2);

      Frame frame =
          visit.page().frames().stream()
              .filter(each -> each.url().endsWith("diagram-frame.html"))
              .findFirst()
              .orElseThrow();
      assertThat(frame.evaluate("origin")).isEqualTo("null");
      assertThat(frame.evaluate("fetch('/health').then(() => 'reached', () => 'refused')"))
          .isEqualTo("refused");
      assertThat(
              frame.evaluate(
                  "(() => { try { return parent.document.title; } catch (e) { return e.name; } })()"))
          .isEqualTo("SecurityError");
      assertThat(diagram(visit, 0).locator("img, a[*|href^=javascript]").count()).isZero();
    }
  }
}
