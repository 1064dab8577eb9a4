package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From an empty server to the first answer, in each of the three ways that the page shows.
final class FirstStepPageTest extends PageVisits {
  private static BrowserVisit visit() {
    BrowserVisit visit = chrome.visit(pageTestServer.serve(pageTestServer.newLibrary()));
    visit.see("#first-step", "three ways to begin");
    return visit;
  }

  private static void leadsTo(BrowserVisit visit, String id) {
    visit
        .page()
        .waitForCondition(() -> id.equals(visit.page().evaluate("document.activeElement.id")));
  }

  @Test
  void aFolderOfTheServer() {
    try (BrowserVisit visit = visit()) {
      String root = pageTestServer.code().resolveSibling("").toString();
      assertThat(visit.see("#example-folder").innerText()).isEqualTo(root);
      assertThat(visit.see("#first-step").innerText()).contains("What is this about");

      visit.click("[data-begin=folder]");

      leadsTo(visit, "add-location");
      assertThat(visit.page().locator("#add-location").inputValue()).isEqualTo(root);
      visit.fill("#add-location", pageTestServer.code().resolve("service").toString());
      visit.page().locator("#add-location").press("Enter");
      visit.see("[aria-label=Sources]", "synced");
      visit.go("ask");
      visit.ask("How is a budget read?");
      visit.see(".run [data-test=receipt]", "tokens out");
      assertThat(visit.page().locator("#first-step").isVisible()).isFalse();
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void theExampleOfARepositoryWaitsInItsField() {
    try (BrowserVisit visit = visit()) {
      visit.page().locator("[data-begin=repository]").press("Enter");

      leadsTo(visit, "add-location");
      assertThat(visit.page().locator("#add-location").inputValue())
          .isEqualTo("https://github.com/pallets/click");
      visit.go("jobs");
      visit.go("collections");
      visit.fill("#add-location", "/nowhere");
      visit.page().locator("#add-location").press("Enter");
      visit.see("[aria-label=Add] .problem >> nth=0", "/nowhere");
    }
  }

  @Test
  void aFolderOfThisComputerIsDropped(@TempDir Path folder) throws IOException {
    Path deep = Files.createDirectories(folder.resolve("diary").resolve("may"));
    Files.writeString(deep.resolve("noon.md"), "# Noon\n\nThe broker rebalances at noon.\n");
    Files.writeString(folder.resolve("diary").resolve("read.txt"), "Read me.\n");
    Files.createDirectories(folder.resolve("diary").resolve(".git"));
    Files.writeString(folder.resolve("diary").resolve(".git").resolve("HEAD"), "ref: x\n");
    try (BrowserVisit visit = visit()) {
      visit.click("[data-begin=upload]");
      leadsTo(visit, "upload");

      visit.drop("[data-test=drop]", folder.resolve("diary"));

      visit.see("[data-test=drop]", "Uploaded 2 files.");
      visit.see("[data-source=uploads]", "synced");
      visit.click("[data-state=indexed]");
      visit.see("[data-document='uploads/diary/read.txt']");
      visit.click("[data-document='uploads/diary/may/noon.md']");
      visit.see("#source", "The broker rebalances at noon.");
      assertThat(visit.troubles()).isEmpty();
    }
  }
}
