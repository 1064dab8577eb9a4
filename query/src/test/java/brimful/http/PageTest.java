package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.collection.library.CollectionService;
import brimful.http.BrowserVisit.Screen;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.WaitForSelectorState;
import org.junit.jupiter.api.Test;

/// The web page as people use it: a real browser, the real server, real files.
final class PageTest extends PageVisits {
  private static final String QUESTION = "How is a budget read?";
  private static final String VERIFIED =
      ".run .answer [data-citation='%s']".formatted(PageTestServer.RIGHT);
  private static final String DOUBTFUL =
      ".run .answer [data-citation='%s']".formatted(PageTestServer.WRONG);

  @Test
  void showsHowFarAJobIsAndWhatFailed() {
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(pageTestServer.newLibrary()))) {
      visit.see("#first-step", "Start with a collection");
      visit.shot("first-step");
      visit.go("collections");
      visit.remember("#jobs .job-figures");

      visit.fill("#add-location", pageTestServer.code().toString());
      visit.click("#add");

      visit.see("[aria-label=Sources]", "synced");
      assertThat(visit.remembered())
          .anyMatch(text -> text.matches("(?s)[1-9]\\d* of \\d+ files.*"));
      assertThat(visit.see("[data-file='code/broken.pdf']", "failed: ")).contains("ends early");
      visit.click("[data-state=failed]");
      visit.fill("#find-file", "LOGO");
      visit.see("[data-file='code/logo.woff2']", "skipped: media");
      visit.fill("#find-file", "zeppelin");
      visit.see("#files [role=status]", "No file of the sources has this in its name.");
      visit.fill("#find-file", "");
      visit.click("[data-state=failed]");
      visit.wholeShot("collection");

      visit.click("[data-test=retry-failed]");

      visit.page().waitForCondition(() -> visit.page().locator("[data-state=done]").count() == 2);
      visit.go("jobs");
      assertThat(visit.page().locator(".job-figures").first().innerText())
          .contains("1 file\n")
          .contains("1 failed");
      visit.wholeShot("jobs");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void streamsAnAnswerAndChecksWhatItCites() {
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(pageTestServer.collections()))) {
      visit.see("#model", "deepseek-flash connected");
      visit.remember(".run .answer");

      visit.ask(QUESTION);

      String receipt = visit.see("[data-test=receipt]", "deepseek-flash");
      assertThat(receipt).contains("tokens in").contains("from the cache").contains("tokens out");
      assertThat(visit.remembered().stream().mapToInt(String::length).distinct().count())
          .as("the text grew")
          .isGreaterThan(1);
      assertThat(visit.see(".run .answer"))
          .satisfies(answer -> {
            assertThat(answer.locator("h2").innerText()).isEqualTo("How a budget is read");
            assertThat(answer.locator("li").count()).isEqualTo(3);
            assertThat(answer.locator("table td").first().innerText()).isEqualTo("32k");
            assertThat(answer.innerText()).contains("<b>not</b>");
          });
      assertThat(visit.see(".run .window-picture .fill"))
          .satisfies(fill -> assertThat(fill.innerText()).contains("tokens").contains("full"));
      assertThat(visit.page().locator(".treemap [data-document]").count()).isGreaterThan(5);
      assertThat(visit.see(VERIFIED).getAttribute("data-verified")).isEqualTo("true");
      assertThat(visit.see(DOUBTFUL).getAttribute("data-verified")).isEqualTo("false");
      assertThat(visit.see(".sources").innerText())
          .contains("1 of 2 citations verified")
          .contains("not verified: the window has no such document");
      visit.wholeShot("answer");

      visit.click(VERIFIED);

      visit.see("#source .cited >> nth=0");
      assertThat(visit.page().locator("#source .cited").allInnerTexts())
          .hasSize(PageTestServer.LAST - PageTestServer.FIRST + 1)
          .first()
          .asString()
          .contains(PageTestServer.METHOD);
      assertThat(visit.page().locator("#source .cited").first().getAttribute("data-line"))
          .isEqualTo(Integer.toString(PageTestServer.FIRST));
      visit.shot("source");
      visit.click("[data-test=close-source]");
      assertThat(visit.page().locator("#source").isVisible()).isFalse();
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void stopsAnAnswer() {
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(pageTestServer.collections()))) {
      visit.ask("How is a budget read " + PageTestServer.ENDLESS + "?");
      visit.see(".run .answer", "takes what people write");
      visit.shot("answering");

      visit.click("#stop");

      visit.see("[data-test=run] .status", "Stopped");
      assertThat(visit.see("#ask").isEnabled()).isTrue();
      assertThat(visit.see(".run .answer").innerText()).contains("takes what people write");
      visit.shot("stopped");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void saysThatANamedModelLacksItsKey() {
    try (BrowserVisit visit =
        chrome.visit(pageTestServer.serveWithoutItsKey(pageTestServer.collections()))) {
      visit.see("#model", "No model connected");

      visit.ask(QUESTION);

      assertThat(visit.see("[data-test=run-problem]", "does not accept this server's account"))
          .doesNotContain("DEEPSEEK_API_KEY");
      visit.see(".run .evidence .card >> nth=0", "Budget.java");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void readsDocumentsOfManyParts() {
    pageTestServer.writeLong();
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(pageTestServer.newLibrary()))) {
      visit.go("collections");
      visit.fill("#add-location", pageTestServer.longFolder().toString());
      visit.click("#add");
      visit.see("[aria-label=Sources]", "synced");
      visit.click("[data-state=indexed]");

      visit.click("[data-document='long/long.md']");

      visit
          .page()
          .getByText(PageTestServer.LAST_WORDS)
          .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
      assertThat(visit.see("#source header .hint").innerText()).matches("5,[1-9]\\d\\d parts · .*");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void takesUploadsAndForgetsThem() {
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(pageTestServer.newLibrary()))) {
      visit.go("collections");

      visit.choose(
          "#upload", "notes.md", "text/markdown", "# Noon\n\nThe broker rebalances at noon.\n");

      visit.see("[data-test=drop]", "Uploaded 1 file.");
      visit.see("[data-source=uploads]", "synced");
      visit.click("[data-state=indexed]");
      visit.click("[data-document='uploads/notes.md']");
      visit.see("#source", "The broker rebalances at noon.");
      visit.shot("upload");
      visit.click("[data-test=close-source]");

      visit.click("[data-test=delete-collection]");
      visit.shot("confirm");
      visit.click("#confirm");

      visit.see("#collection-page", "No collections yet");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void showsTheEvidenceWhereNoModelIsConnected() {
    try (BrowserVisit visit =
        chrome.visit(pageTestServer.serveWithoutModel(pageTestServer.collections()))) {
      visit.see("#model", "No model connected");
      visit.click(".options summary");
      visit.fill("#budget", "8k");

      visit.ask(QUESTION);

      assertThat(visit.see(".run .notice", "no model is connected")).contains("DEEPSEEK_API_KEY");
      assertThat(visit.see(".run .evidence .card >> nth=0").innerText()).contains("Budget.java");
      assertThat(visit.see(".run .window-picture .fill", "of 8,000 tokens")).contains("% full");
      assertThat(visit.page().locator("[data-test=receipt]").isVisible()).isFalse();
      visit.wholeShot("evidence");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void asksForTheKey() {
    String key = pageTestServer.key();
    try (BrowserVisit visit =
        chrome.visit(pageTestServer.serveWithKeys(pageTestServer.collections()))) {
      visit.see("#key-dialog", "API key");
      visit.shot("key");

      visit.fill("#key", "bf-none");
      visit.page().locator("#key").press("Enter");
      visit.see("#key-dialog", "This key was refused");
      visit.fill("#key", key);
      visit.page().locator("#key").press("Enter");

      visit.see("#ask-form", PageTestServer.COLLECTION);
      visit.ask(QUESTION);
      visit.see(".run .evidence .card >> nth=0", "Budget.java");
      assertThat(visit.troubles()).isNotEmpty().allMatch(trouble -> trouble.contains("401"));
    }
  }

  @Test
  void aKeyThatOnlyAsksSeesNothingToManage() {
    String manage = "[data-needs=manage]";
    String key = pageTestServer.askingKey();
    try (BrowserVisit visit =
        chrome.visit(pageTestServer.serveWithKeys(pageTestServer.collections()))) {
      visit.see("#key-dialog", "API key");
      visit.fill("#key", key);
      visit.page().locator("#key").press("Enter");
      visit.see("#ask-form", PageTestServer.COLLECTION);

      visit.go("collections");
      visit.see("#files .states", "1 skipped");

      assertThat(visit.page().locator(manage).count()).isGreaterThan(5);
      assertThat(visit.page().locator(manage + ":visible").count()).isZero();
      assertThat(visit.page().locator("[data-test=delete-collection]").isVisible()).isFalse();
      assertThat(visit.page().locator("[data-test=sync]:visible").count()).isZero();
      visit.wholeShot("asking-key");
      visit.go("batches");
      visit.see("[data-page=batches]", "does not start them");
      assertThat(visit.page().locator("#batch-form").isVisible()).isFalse();
      visit.go("ask");
      visit.ask(QUESTION);
      visit.see(".run .evidence .card >> nth=0", "Budget.java");
    }
  }

  @Test
  void showsARecountAsAJob() {
    CollectionService collections = pageTestServer.collections();
    collections.open(PageTestServer.COLLECTION, "o200k_base").close();
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(collections))) {
      visit.go("jobs");

      visit.see("[data-job] h2 >> nth=0", "Count for o200k_base");
      assertThat(visit.see("[data-job] .job-figures >> nth=0").innerText()).contains("chunks");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void fitsAPhoneInTheDark() {
    try (BrowserVisit visit =
        chrome.visit(
            pageTestServer.serve(pageTestServer.collections()), Screen.PHONE_IN_THE_DARK)) {
      visit.ask(QUESTION);
      visit.see("[data-test=receipt]", "tokens out");
      visit.wholeShot("phone-answer");

      assertThat(visit.pixelsTooWide()).as("ask").isZero();
      assertThat(
              visit.page().evaluate("getComputedStyle(document.documentElement).backgroundColor"))
          .isEqualTo("rgb(20, 22, 24)");
      visit.click(VERIFIED);
      visit.see("#source .cited >> nth=0");
      visit.shot("phone-source");
      assertThat(visit.pixelsTooWide()).as("source").isZero();
      visit.click("[data-test=close-source]");
      visit.go("collections");
      visit.see("#files .states", "1 skipped");
      visit.wholeShot("phone-collection");
      assertThat(visit.pixelsTooWide()).as("collections").isZero();
      visit.go("jobs");
      visit.see("[data-job] >> nth=0");
      visit.shot("phone-jobs");
      assertThat(visit.pixelsTooWide()).as("jobs").isZero();
      assertThat(visit.troubles()).isEmpty();
    }
  }
}
