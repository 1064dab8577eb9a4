package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.collection.library.CollectionService;
import brimful.collection.library.Job;
import brimful.http.BrowserVisit.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every view on the narrowest screen, and texts that are read from right to left.
final class NarrowPageTest extends PageVisits {
  private static final String HEBREW = "\u05e9\u05dc\u05d5\u05dd";
  private static CollectionService library;

  @BeforeAll
  static void read() throws IOException {
    Path roots = Files.createDirectories(pageTestServer.code().resolveSibling("scripts"));
    Files.writeString(
        roots.resolve(HEBREW + " \u202egnp.md"), "# %s\n\n%s budget.\n".formatted(HEBREW, HEBREW));
    Files.writeString(
        roots.resolve("a-name-without-an-end-".repeat(9) + ".md"), "# Long\n\nA budget.\n");
    library = pageTestServer.newLibrary();
    library.create("scripts");
    Job job = library.add("scripts", roots.toString());
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!library.job(job.id()).state().isEnd() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private static void fits(BrowserVisit visit, String view) {
    assertThat(visit.pixelsTooWide()).as(view).isZero();
    assertThat(visit.barriers()).as(view).isEmpty();
  }

  @Test
  void nothingScrollsToTheSide() {
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(library), Screen.NARROW)) {
      visit.ask("What is the budget %s?".formatted(PageTestServer.RICH));
      visit.see("[data-test=copy-answer]");
      visit.click(".run .evidence summary");
      visit.wholeShot("narrow-answer");
      fits(visit, "answer");
      visit.click(".run .evidence [data-document] >> nth=0");
      visit.see("#source .source-body");
      fits(visit, "source");
      visit.click("[data-test=close-source]");
      visit.click(".options summary");
      fits(visit, "options");
      visit.click("#choose-scope");
      visit.see("#scope-tree [data-path='scripts/']");
      fits(visit, "scope");
      visit.shot("narrow-scope");
      visit.page().keyboard().press("Escape");
      visit.go("collections");
      visit.see("[data-source=scripts]", "synced");
      visit.click("[data-state=indexed]");
      visit.see("[data-file] >> nth=0");
      visit.wholeShot("narrow-collections");
      fits(visit, "collections");
      visit.go("jobs");
      visit.see("[data-job] >> nth=0");
      fits(visit, "jobs");
      visit.go("batches");
      visit.click("#batch-options summary");
      visit.wholeShot("narrow-batches");
      fits(visit, "batches");
      visit.go("settings");
      visit.see("[data-provider=deepseek]");
      fits(visit, "settings");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void textsAreReadInTheirOwnDirection() {
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(library))) {
      visit.ask(HEBREW + "?");
      visit.see("[data-test=copy-answer]");

      assertThat(direction(visit, ".asked")).isEqualTo("rtl");
      assertThat(direction(visit, ".answer p")).isEqualTo("ltr");
      visit.click(".run .evidence summary");
      String name = ".run .evidence [data-document*='gnp.md']";
      assertThat(visit.see(name + " >> nth=0").innerText()).contains("\\u{202E}gnp.md");
      assertThat(isolated(visit, name)).isEqualTo("isolate");
      visit.click(name + " >> nth=0");
      visit.see("#source .line >> nth=0");
      visit.shot("right-to-left");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  private static Object direction(BrowserVisit visit, String selector) {
    return style(visit, selector, "direction");
  }

  private static Object isolated(BrowserVisit visit, String selector) {
    return style(visit, selector, "unicodeBidi");
  }

  private static Object style(BrowserVisit visit, String selector, String property) {
    return visit
        .page()
        .locator(selector)
        .first()
        .evaluate("(node, name) => getComputedStyle(node)[name]", property);
  }
}
