package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.collection.library.CollectionService;
import brimful.collection.library.Job;
import brimful.testing.Pictures;
import brimful.testing.ScannedPdf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Thumbnails on the page: of evidence, in a document, and of the window's images.
final class PicturesPageTest {
  /// Those that nobody has scrolled to are not loaded yet.
  private static final String SHOWN = "all => all.some(i => i.complete && i.naturalWidth > 0)";

  private Chrome chrome;
  private PageTestServer pageTestServer;
  private CollectionService album;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    chrome = new Chrome();
    pageTestServer = new PageTestServer(folder);
    Path roots = Files.createDirectories(folder.resolve("roots").resolve("album"));
    Files.write(roots.resolve("plan.png"), Pictures.file(5, 640, 480, "png"));
    Files.write(roots.resolve("photo.jpg"), Pictures.file(9, 900, 600, "jpg"));
    Files.write(
        roots.resolve("scan.pdf"),
        ScannedPdf.of("The fence is green.", "The plan costs 400 euros."));
    album = pageTestServer.newLibrary();
    album.create("album");
    Job job = album.add("album", roots.toString());
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!album.job(job.id()).state().isEnd() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  @AfterEach
  void close() {
    if (chrome != null) {
      if (pageTestServer != null) {
        pageTestServer.close();
      }
      chrome.close();
    }
  }

  private static void await(BrowserVisit visit, String selector) {
    var images = visit.page().locator(selector + " img");
    images.first().scrollIntoViewIfNeeded();
    visit.page().waitForCondition(() -> images.evaluateAll(SHOWN).equals(true));
  }

  @Test
  void showsThumbnailsInEvidenceDocumentAndWindow() {
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(album))) {
      visit.ask("What is on the plan and the photo of the album?");
      visit.see("[data-test=receipt]", "deepseek-flash");

      visit.click(".run .evidence summary");
      await(visit, ".run .evidence .card");
      assertThat(visit.count(".run .evidence img")).isPositive();
      visit.click("[data-test=images] summary");
      await(visit, "[data-test=images]");
      assertThat(visit.count("[data-test=images] img")).isEqualTo(4);
      visit.wholeShot("thumbnails");
      assertThat(visit.barriers()).isEmpty();

      visit.click(".run .evidence button.thumbnail >> nth=0");
      await(visit, "#source");
      visit.shot("picture-of-a-document");
      assertThat(visit.barriers()).isEmpty();
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void fetchesThemWithTheKey() {
    String address = pageTestServer.serveWithKeys(album);
    try (BrowserVisit visit = chrome.visit(address)) {
      visit.fill("#key", pageTestServer.key());
      visit.click("#key-dialog button[value=use]");
      visit.ask("What is on the plan and the photo of the album?");
      visit.see(".run .evidence .card >> nth=0");
      await(visit, ".run .evidence .card");
      assertThat(visit.count(".run .evidence img")).isPositive();
    }
  }
}
