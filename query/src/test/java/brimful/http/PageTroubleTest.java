package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What the page does when the server goes, and when a model writes nonsense.
final class PageTroubleTest extends PageVisits {
  /// Of which a billionth was read in a minute.
  private static final String LONG_JOB =
      """
      {"data": [{"id": "far", "collection": "code", "source": "code", "kind": "sync",
        "state": "running", "files": 9, "read": 1, "bytes": 9000000000, "bytes_read": 9,
        "tokens": 0, "failed": 0, "removed": 0, "created": "2026-11-28T07:00:00Z",
        "started": "2026-11-28T07:00:00Z", "ended": null, "files_per_second": 0.1,
        "eta_seconds": 60000000000, "error": null, "notice": null}], "next": null}
      """;

  @Test
  void saysThatTheServerIsGoneAndWhenItIsBack() {
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(pageTestServer.collections()))) {
      visit.see("#model", "deepseek-flash connected");
      visit.page().route("**/health", route -> route.abort());

      visit.see("#gone", "The server does not answer.");

      visit.page().unroute("**/health");
      visit.page().waitForCondition(() -> !visit.page().locator("#gone").isVisible());
      visit.ask("How is a budget read?");
      visit.see(".run [data-test=receipt]", "tokens out");
    }
  }

  @Test
  void showsNonsenseOfAModel() {
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(pageTestServer.collections()))) {
      visit.ask("How is a budget read " + PageTestServer.NONSENSE + "?");

      visit.see(".run [data-test=copy-answer]");
      assertThat(visit.see(".run .answer").innerText()).contains("[[[[[[[[", "* * * *");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void anAnswerThatIsCutIsNotComplete() {
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(pageTestServer.collections()))) {
      visit.ask("How is a budget read " + PageTestServer.CUT + "?");

      assertThat(visit.see(".run .notice", "the answer ends after 2 tokens"))
          .contains("ask for less, or for the rest of it")
          .doesNotContain("--");
      assertThat(visit.page().locator(".run .status").textContent())
          .isEqualTo("The answer has ended early.");
      visit.page().reload();
      visit.see(".run .notice", "the answer ends after 2 tokens");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void theMarkupIsNamedWhereItCounts() {
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(pageTestServer.collections()))) {
      visit.ask("How is a budget read?");
      visit.see(".run .legend", "instructions, question and markup");
      visit.see("[data-test=copy-answer]");
      visit.ask("How is a budget read " + PageTestServer.ENDLESS + "?");
      visit.see(".run >> nth=1 >> .status", "Answering");
      assertThat(visit.page().locator(".run .status").last().textContent())
          .doesNotContain("complete");
    }
  }

  @Test
  void aKeyThatIsRevokedIsAskedForAgainWithTheReason() {
    String key = pageTestServer.key("passing");
    String next = pageTestServer.key("next");
    try (BrowserVisit visit =
        chrome.visit(pageTestServer.serveWithKeys(pageTestServer.collections()))) {
      visit.fill("#key", key);
      visit.page().locator("#key").press("Enter");
      visit.see("#ask-form", PageTestServer.COLLECTION);
      assertThat(visit.page().locator("#key-problem").isVisible()).isFalse();
      pageTestServer.revoke("passing");

      visit.ask("How is a budget read?");

      visit.see("#key-dialog", "This key was refused");
      visit.see("#key-problem", "this key opens nothing here: it was revoked, or never was one");
      visit.shot("key-refused");
      assertThat(visit.barriers()).isEmpty();
      visit.fill("#key", next);
      visit.page().locator("#key").press("Enter");
      visit.see(".run .evidence .card >> nth=0", "Budget.java");
    }
  }

  @Test
  void aConversationIsOpenedOnceTheServerIsBack() {
    String address = pageTestServer.serve(pageTestServer.collections());
    String link;
    try (BrowserVisit visit = chrome.visit(address)) {
      visit.ask("How is a budget read?");
      visit.see(".run [data-test=copy-answer]");
      link = visit.page().url();
    }
    try (BrowserVisit visit = chrome.visit(address)) {
      visit.see("#question");
      visit.page().route("**/v1/conversations/**", route -> route.abort());
      visit.page().route("**/health", route -> route.abort());
      visit.page().navigate(link);
      visit.see("#thread-problem", "The server does not answer");
      assertThat(visit.page().locator("#thread-actions").isVisible()).isFalse();
      visit.see("#gone");

      visit.page().unroute("**/v1/conversations/**");
      visit.page().unroute("**/health");

      visit.see("#thread-title", "How is a budget read?");
      assertThat(visit.page().locator("#thread-problem").isVisible()).isFalse();
    }
  }

  @Test
  void whatIsFarOffIsNoMoreThanThat() {
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(pageTestServer.collections()))) {
      visit.see("#question");
      visit.page().route("**/v1/jobs/*/events", route -> {});
      visit
          .page()
          .route(
              "**/v1/jobs?*",
              route ->
                  route.fulfill(
                      new Route.FulfillOptions()
                          .setContentType("application/json")
                          .setBody(LONG_JOB)));

      visit.go("jobs");

      assertThat(visit.see("[data-job=far] .job-figures", "left"))
          .contains("more than 2 days left")
          .doesNotContain(" h left");
    }
  }

  @Test
  void adviceOnThePageHasNoOptionOfTheCommandLine() throws IOException {
    Path folder = Files.createDirectories(pageTestServer.code().resolveSibling("fonts"));
    Files.write(folder.resolve("logo.woff2"), new byte[] {'w', 'O', 'F', '2', 0, 1});
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(pageTestServer.newLibrary()))) {
      visit.go("collections");
      visit.fill("#add-location", folder.toString());
      visit.click("#add");
      visit.see("[aria-label=Sources]", "synced");
      visit.go("ask");

      visit.ask("What is in the logo?");

      assertThat(visit.see("[data-test=run-problem]", "collection fonts holds no text"))
          .contains("1 file found: 0 indexed, 0 truncated, 1 skipped")
          .doesNotContain("--");
    }
  }

  @Test
  void unknownAddressesLeadHome() {
    String address = pageTestServer.serve(pageTestServer.collections());
    try (BrowserVisit visit = chrome.visit(address)) {
      visit.page().navigate(address + "#/nowhere/at/all");
      visit.see("#question");
      visit.page().navigate(address + "#/batches/%");
      visit.see("[data-page=batches]");
      assertThat(visit.troubles()).as("malformed").noneMatch(each -> each.contains("URIError"));
      visit.page().navigate(address + "#/ask/0123456789abcdef0123456789abcdef");
      visit.see("#thread-problem", "no conversation is called 0123456789abcdef0123456789abcdef");
      visit.see("#question");
      assertThat(visit.page().locator("#thread-actions").isVisible()).isFalse();
      assertThat(visit.page().url()).isEqualTo(address + "#/ask");
      visit.ask("How is a budget read?");
      visit.see(".run [data-test=receipt]", "tokens out");
    }
  }
}
