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
    }
  }
}
