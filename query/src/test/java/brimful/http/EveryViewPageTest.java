package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.BrowserVisit.Screen;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every view in every state, on each screen: no barrier, nothing wider than the screen. Pictures
/// of all of them are kept for people to look at.
final class EveryViewPageTest extends PageVisits {
  private static final String QUESTION = "How is a budget read?";
  private static final String CITED =
      ".run .answer [data-citation='%s']".formatted(PageTestServer.RIGHT);

  private static void check(BrowserVisit visit, Screen screen, String state) {
    visit.shot("every-%s-%s".formatted(screen.name().toLowerCase(Locale.ROOT), state));
    assertThat(visit.barriers()).as(state).isEmpty();
    assertThat(visit.pixelsTooWide()).as(state).isZero();
  }

  private static void escape(BrowserVisit visit) {
    visit.page().keyboard().press("Escape");
    visit.await("dialog[open]", many -> many == 0);
  }

  @ParameterizedTest
  @EnumSource
  void beforeTheFirstCollection(Screen screen) {
    try (BrowserVisit visit =
        chrome.visit(pageTestServer.serve(pageTestServer.newLibrary()), screen)) {
      visit.see("#first-step");
      check(visit, screen, "none-ask");
      for (String view : new String[] {"batches", "collections", "jobs", "settings"}) {
        visit.go(view);
        check(visit, screen, "none-" + view);
      }
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aQuestionAndItsAnswer(Screen screen) {
    try (BrowserVisit visit =
        chrome.visit(pageTestServer.serve(pageTestServer.collections()), screen)) {
      visit.see("#question");
      check(visit, screen, "first");
      visit.click(".options summary");
      visit.click("#conversations summary");
      check(visit, screen, "options");
      visit.fill("#question", QUESTION);
      visit.click("#estimate-ask");
      visit.see("#ask-estimate", "tokens");
      check(visit, screen, "estimate");
      visit.click("#choose-scope");
      visit.see("#scope-tree [data-path='code/'] >> nth=0");
      check(visit, screen, "scope");
      escape(visit);
      visit.page().locator("#question").press("Enter");
      visit.see("[data-test=copy-answer]");
      check(visit, screen, "answer");
      visit.click("[data-thumb=down]");
      visit.see(".note input");
      visit.click(".run .evidence summary");
      visit.wholeShot("every-%s-whole".formatted(screen.name().toLowerCase(Locale.ROOT)));
      check(visit, screen, "judged");
      visit.click(CITED);
      visit.see("#source .cited >> nth=0");
      check(visit, screen, "drawer");
      visit.click("[data-test=close-source]");
      for (String dialog : new String[] {"rename", "share", "delete"}) {
        visit.click("#%s-conversation".formatted(dialog));
        visit.see("dialog[open]");
        check(visit, screen, dialog);
        escape(visit);
      }
      visit.click("[data-test=edit-question]");
      visit.see("#editing");
      check(visit, screen, "editing");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsManaged(Screen screen) {
    try (BrowserVisit visit =
        chrome.visit(pageTestServer.serve(pageTestServer.collections()), screen)) {
      visit.go("collections");
      visit.see("[data-source]", "synced");
      visit.click("[data-state=skipped]");
      visit.see("[data-file] >> nth=0");
      visit.wholeShot("every-%s-files".formatted(screen.name().toLowerCase(Locale.ROOT)));
      check(visit, screen, "collections");
      visit.click("[data-state=indexed]");
      visit.click("[data-document] >> nth=0");
      visit.see("#source .line >> nth=0");
      check(visit, screen, "document");
      visit.click("[data-test=close-source]");
      visit.click("[data-test=delete-collection]");
      visit.see("#confirm-dialog");
      check(visit, screen, "confirm");
      escape(visit);
      visit.go("jobs");
      visit.see("[data-job] >> nth=0");
      check(visit, screen, "jobs");
      visit.go("batches");
      visit.click("#batch-options summary");
      check(visit, screen, "batches");
      visit.go("settings");
      visit.see("[data-provider] >> nth=0");
      check(visit, screen, "settings");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatGoesWrong(Screen screen) {
    String address = pageTestServer.serveWithoutItsKey(pageTestServer.collections());
    try (BrowserVisit visit = chrome.visit(address, screen)) {
      visit.ask(QUESTION);
      visit.see("[data-test=run-problem]");
      check(visit, screen, "no-key");
      visit.page().navigate(address + "#/ask/0123456789abcdef0123456789abcdef");
      visit.see("#thread-problem");
      check(visit, screen, "unknown");
      visit.page().route("**/health", route -> route.abort());
      visit.see("#gone");
      check(visit, screen, "gone");
    }
    try (BrowserVisit visit =
        chrome.visit(pageTestServer.serve(pageTestServer.collections()), screen)) {
      visit.ask("How is a budget read " + PageTestServer.ENDLESS + "?");
      visit.see(".run .answer", "takes what people write");
      check(visit, screen, "answering");
      visit.click("#stop");
      visit.see("[data-test=run] .status", "Stopped");
      check(visit, screen, "stopped");
    }
    try (BrowserVisit visit =
        chrome.visit(pageTestServer.serveWithKeys(pageTestServer.collections()), screen)) {
      visit.see("#key-dialog");
      check(visit, screen, "key");
    }
  }
}
