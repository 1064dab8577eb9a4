package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What the page does when the server goes, and when a model writes nonsense.
final class PageTroubleTest extends PageVisits {
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
