package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.BrowserVisit.Screen;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Conversations on the page: they outlive a reload, and each question knows those before it.
final class ConversationPageTest extends PageVisits {
  private static final String QUESTION = "How is a budget read?";
  private static final String FOLLOW_UP = "And where is it checked?";

  private static BrowserVisit visit() {
    return chrome.visit(pageTestServer.serve(pageTestServer.collections()));
  }

  private static String nth(int n, String inside) {
    return ".run >> nth=%s >> %s".formatted(n, inside);
  }

  /// Asks, and waits for the end of the answer.
  private static void ask(BrowserVisit visit, String question, int n) {
    visit.ask(question);
    visit.see(nth(n, "[data-test=copy-answer]"));
  }

  @Test
  void outlivesAReload() {
    try (BrowserVisit visit = visit()) {
      ask(visit, QUESTION, 0);
      ask(visit, FOLLOW_UP, 1);
      assertThat(pageTestServer.lastRequest()).contains("[user] " + QUESTION, FOLLOW_UP);
      visit.wholeShot("conversation");

      visit.page().reload();

      visit.see("#thread-title", QUESTION);
      visit.see(nth(1, ".asked"), FOLLOW_UP);
      assertThat(visit.see(nth(0, ".answer h2")).innerText()).isEqualTo("How a budget is read");
      assertThat(
              visit
                  .see(nth(0, ".answer [data-citation='%s']".formatted(PageTestServer.RIGHT)))
                  .getAttribute("data-verified"))
          .isEqualTo("true");
      assertThat(visit.see(nth(0, "[data-test=receipt]")).innerText()).contains("tokens out");
      visit.click(nth(1, "[data-test=show-evidence]"));
      visit.see(nth(1, ".window-picture .fill"), "full");
      visit.click(nth(0, ".answer [data-citation='%s']".formatted(PageTestServer.RIGHT)));
      visit.see("#source .cited >> nth=0");
      visit.click("[data-test=close-source]");
      assertThat(visit.barriers()).isEmpty();
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void aQuestionIsEditedAndAskedAgain() {
    try (BrowserVisit visit = visit()) {
      ask(visit, QUESTION, 0);
      ask(visit, FOLLOW_UP, 1);

      visit.click(nth(0, "[data-test=edit-question]"));
      assertThat(visit.page().locator("#question").inputValue()).isEqualTo(QUESTION);
      visit.see("#editing", "replaces");
      visit.page().locator("#question").fill("How is a model read?");
      visit.page().locator("#question").press("Enter");
      visit.see("#confirm-dialog", "The questions after this one are deleted");
      visit.click("#confirm");

      visit.await(".run", many -> many == 1);
      visit.see(nth(0, ".asked"), "How is a model read?");
      visit.see(nth(0, "[data-test=ask-again]"));
      assertThat(pageTestServer.lastRequest()).doesNotContain(FOLLOW_UP, "[user] ");

      visit.click(".options summary");
      visit.fill("#budget", "8k");
      visit.click(nth(0, "[data-test=ask-again]"));

      visit.see(nth(0, ".window-picture .fill"), "of 8,000 tokens");
      visit.see(nth(0, "[data-test=copy-answer]"));
      visit.page().reload();
      visit.see(nth(0, ".asked"), "How is a model read?");
      assertThat(visit.count(".run")).isOne();
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void isFoundRenamedExportedAndDeleted() {
    try (BrowserVisit visit = visit()) {
      ask(visit, "Who pays for the zeppelin?", 0);
      visit.click("#conversations summary");
      visit.click("#new-conversation");
      visit.await(".run", many -> many == 0);
      ask(visit, QUESTION, 0);

      visit.fill("#find-conversation", "zeppelin");
      visit.await("[data-conversation]", many -> many == 1);
      visit.click("[data-conversation]");
      visit.see(nth(0, ".asked"), "zeppelin");
      visit.click("#rename-conversation");
      visit.fill("#new-title", "Airships");
      visit.page().locator("#new-title").press("Enter");
      visit.see("#thread-title", "Airships");
      visit.wholeShot("conversations");
      assertThat(visit.barriers()).isEmpty();

      assertThat(visit.download("#export-conversation"))
          .startsWith("# Airships\n\n## Who pays for the zeppelin?")
          .contains("How a budget is read", "- [" + PageTestServer.RIGHT + "]");

      JsonNode exported = TestServer.tree(visit.download("#export-json"));
      assertThat(exported.path("title").asText()).isEqualTo("Airships");
      assertThat(exported.at("/turns/0/request/question").asText()).contains("zeppelin");
      assertThat(exported.at("/turns/0/outcome/answer").asText()).contains("How a budget is read");

      visit.click("#delete-conversation");
      visit.click("#confirm");
      visit.await(".run", many -> many == 0);
      visit.see("#no-conversation", "No conversation has these words.");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void saysWhatAQuestionWouldCost() {
    try (BrowserVisit visit = visit()) {
      ask(visit, QUESTION, 0);
      int calls = pageTestServer.requests();
      visit.fill("#question", FOLLOW_UP);

      visit.click("#estimate-ask");

      assertThat(visit.see("#ask-estimate", "tokens"))
          .matches(
              "The window would have [\\d,]+ tokens of [\\d,]+ documents\\. Reading it costs .*");
      assertThat(pageTestServer.requests()).isEqualTo(calls);
      assertThat(visit.page().locator(nth(0, ".window-picture")).isVisible()).isTrue();
      ask(visit, FOLLOW_UP, 1);
      assertThat(visit.page().locator(nth(0, ".window-picture")).isVisible()).isFalse();
      visit.click(nth(0, "[data-test=show-evidence]"));
      visit.see(nth(0, ".window-picture .fill"), "full");
      assertThat(visit.download(nth(1, "[data-test=download-window]")))
          .contains("[user] " + QUESTION, FOLLOW_UP);
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void theSliderSaysWhatABudgetCostsBeforeItIsPaid() {
    try (BrowserVisit visit = visit()) {
      visit.see("#model", "connected");
      int calls = pageTestServer.requests();
      visit.click(".options summary");
      visit.fill("#question", QUESTION);
      Locator slider = visit.page().locator("#budget-slider");
      assertThat(slider.getAttribute("aria-valuetext")).isEqualTo("the model’s window");

      slider.press("Home");

      assertThat(visit.page().locator("#budget").inputValue()).isEqualTo("4k");
      assertThat(slider.getAttribute("aria-valuetext")).isEqualTo("4k tokens");
      String little = visit.see("#ask-estimate", "The window would have 3,9");
      slider.press("ArrowRight");
      visit.see("#ask-estimate", "The window would have 7,9");
      assertThat(usd(visit.page().locator("#ask-estimate").innerText())).isGreaterThan(usd(little));
      visit.fill("#budget", "32,000");
      assertThat(slider.getAttribute("aria-valuetext")).isEqualTo("32000 tokens");
      assertThat(slider.inputValue()).isEqualTo("3");
      slider.press("End");
      assertThat(visit.page().locator("#budget").inputValue()).isEmpty();
      assertThat(pageTestServer.requests()).as("nothing was sent").isEqualTo(calls);
      assertThat(visit.barriers()).isEmpty();
      assertThat(visit.troubles()).isEmpty();
    }
  }

  private static double usd(String estimate) {
    return Double.parseDouble(estimate.replaceAll("(?s).*costs (?:< )?\\$([\\d.]+).*", "$1"));
  }

  @Test
  void anotherModelAnswersAgain() {
    try (BrowserVisit visit = visit()) {
      ask(visit, QUESTION, 0);
      visit.click(".options summary");
      visit.page().locator("#ask-model").selectOption("deepseek-v4-pro");

      visit.click(nth(0, "[data-test=ask-again]"));

      visit.see(nth(0, "[data-test=receipt]"), "deepseek-v4-pro");
      assertThat(visit.count(".run")).isOne();
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void anAnswerAndALinkAreCopied() {
    try (BrowserVisit visit = visit()) {
      ask(visit, QUESTION, 0);
      visit.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));

      visit.click("[data-test=copy-answer]");

      visit.see("[data-test=copy-answer]", "Copied");
      assertThat(copied(visit))
          .startsWith("## How a budget is read\n")
          .contains("| `32k` | 32,000 |");
      visit.click("#share-conversation");
      visit.click("#copy-share");
      visit.see("#copy-share", "Copied");
      assertThat(copied(visit)).isEqualTo(visit.page().url());
      visit.page().keyboard().press("Escape");
      // As on a page that is not secure.
      visit.page().evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
      visit
          .page()
          .evaluate(
              "document.addEventListener('copy', () => (window.old = document.activeElement.value))");
      visit
          .page()
          .waitForCondition(
              () -> visit.page().locator("[data-test=copy-answer]").innerText().equals("Copy"));
      visit.page().locator("[data-test=copy-answer]").press("Enter");
      visit.see("[data-test=copy-answer]", "Copied");
      assertThat(visit.page().evaluate("window.old"))
          .asString()
          .startsWith("## How a budget is read\n");
      assertThat(visit.page().evaluate("document.activeElement.dataset.test"))
          .isEqualTo("copy-answer");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  private static String copied(BrowserVisit visit) {
    return String.valueOf(visit.page().evaluate("navigator.clipboard.readText()"));
  }

  @Test
  void anAnswerIsJudged() {
    try (BrowserVisit visit = visit()) {
      ask(visit, QUESTION, 0);
      visit.click(nth(0, "[data-thumb=down]"));
      visit.fill(nth(0, ".note input"), "It forgets the purse.");
      visit.click(nth(0, ".note button"));
      visit.page().waitForCondition(() -> visit.page().locator(".note button").isEnabled());

      visit.page().reload();

      assertThat(visit.see(nth(0, "[data-thumb=down]")).getAttribute("aria-pressed"))
          .isEqualTo("true");
      assertThat(
              visit
                  .page()
                  .request()
                  .get(visit.page().url().replaceAll("/#.*", "") + "/v1/feedback.jsonl")
                  .text())
          .contains(
              "It forgets the purse.", QUESTION, "How a budget is read", "\"prompt_tokens\":");
      visit.click(nth(0, "[data-thumb=up]"));
      visit.page().waitForCondition(() -> visit.page().locator("[data-thumb=up]").isEnabled());
      visit.go("settings");
      assertThat(visit.download("[data-test=feedback]")).contains("It forgets the purse.");
      assertThat(visit.download("[data-test=questions]"))
          .contains(
              "\"query\":\"How is a budget read?\"", "\"gold\":[\"code/service/Budget.java\"]");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void isReadByOthersOnceItIsShared() {
    String mia = pageTestServer.key();
    String tom = pageTestServer.askingKey();
    String address = pageTestServer.serveWithKeys(pageTestServer.collections());
    String link;
    try (BrowserVisit visit = chrome.visit(address)) {
      signIn(visit, mia);
      visit.see("#ask-form", PageTestServer.COLLECTION);
      visit.ask(QUESTION);
      visit.see(nth(0, "[data-test=ask-again]"));
      visit.click("#share-conversation");
      link = visit.page().locator("#share-link").inputValue();
      visit.shot("share");
      visit.page().locator("#share-on").check();
      visit.page().locator("#share-dialog .primary").click();
      visit.see("#thread-shared");
    }
    try (BrowserVisit visit = chrome.visit(link)) {
      signIn(visit, tom);

      visit.see(nth(0, ".asked"), QUESTION);
      visit.see("#not-own", "Only its owner can continue it");
      assertThat(visit.page().locator("#ask-form").isVisible()).isFalse();
      assertThat(visit.page().locator("#delete-conversation").isVisible()).isFalse();
      assertThat(visit.count("[data-test=edit-question]")).isZero();
      visit.click(nth(0, "[data-test=show-evidence]"));
      visit.see(nth(0, ".evidence"));
    }
  }

  private static void signIn(BrowserVisit visit, String key) {
    visit.see("#key-dialog", "API key");
    visit.fill("#key", key);
    visit.page().locator("#key").press("Enter");
  }

  @Test
  void onlyChosenFilesAreRead() {
    try (BrowserVisit visit = visit()) {
      visit.click(".options summary");
      visit.fill("#scope", "code/service/**");

      visit.ask(QUESTION);

      visit.see(nth(0, "[data-test=copy-answer]"));
      assertThat(visit.page().locator(".treemap [data-document]").count()).isPositive();
      assertThat(visit.page().locator(".treemap [data-document^='code/http']").count()).isZero();
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void hasNoBarriersOnAPhoneInTheDark() {
    try (BrowserVisit visit =
        chrome.visit(
            pageTestServer.serve(pageTestServer.collections()), Screen.PHONE_IN_THE_DARK)) {
      visit.see("#question");
      assertThat(visit.barriers()).as("first").isEmpty();
      ask(visit, QUESTION, 0);
      visit.click("#conversations summary");
      visit.wholeShot("phone-conversation");

      assertThat(visit.barriers()).as("conversation").isEmpty();
      assertThat(visit.pixelsTooWide()).isZero();
      for (String view : new String[] {"batches", "collections", "jobs"}) {
        visit.go(view);
        assertThat(visit.barriers()).as(view).isEmpty();
      }
    }
  }
}
