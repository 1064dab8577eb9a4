package brimful.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.collection.library.CollectionService;
import brimful.collection.library.Job;
import brimful.http.BrowserVisit.Screen;
import brimful.testing.TextPdf;
import com.microsoft.playwright.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cited page of a PDF as its readers know it, beside its text.
final class PdfPageTest {
  private static final String FILE = "**/file?document=**";
  private static final String QUESTION = "What is said %s about the fence?";
  private static final String CITED =
      ".run .answer [data-citation='%s p. 2']".formatted(PageTestServer.REPORT);

  private static final byte[] REPORT =
      TextPdf.of(
          "Report in three parts\n\nIt is about the garden, its gate and its fence.",
          "The fence\n\nThe gate was left as it is.\nIn March Mia painted the fence.\n"
              + "Painting cost 400 euros.\n\n"
              + "x\n".repeat(28)
              + "The pond has frogs.",
          "The end");

  private Chrome chrome;
  private PageTestServer pageTestServer;
  private CollectionService papers;
  private Path report;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    chrome = new Chrome();
    pageTestServer = new PageTestServer(folder);
    Path roots = Files.createDirectories(folder.resolve("roots").resolve("papers"));
    report = roots.resolve("report.pdf");
    Files.write(report, REPORT);
    Files.write(roots.resolve("box.zip"), zip());
    papers = pageTestServer.newLibrary();
    papers.create("papers");
    Job job = papers.add("papers", roots.toString());
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!papers.job(job.id()).state().isEnd() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private static byte[] zip() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(bytes)) {
      out.putNextEntry(new ZipEntry("inside.pdf"));
      out.write(REPORT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
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

  private static void ask(BrowserVisit visit) {
    visit.ask(QUESTION.formatted(PageTestServer.ON_A_PAGE));
    visit.see("[data-test=receipt]", "tokens out");
  }

  /// Returns how much of the picture of the page is not white.
  private static int inked(BrowserVisit visit) {
    return ((Number)
            visit
                .page()
                .evaluate(
                    """
                    () => {
                      const canvas = document.querySelector("#source canvas");
                      const all = canvas.getContext("2d")
                        .getImageData(0, 0, canvas.width, canvas.height).data;
                      return all.filter((value, i) => i % 4 === 0 && value < 128).length;
                    }
                    """))
        .intValue();
  }

  @Test
  void showsTheCitedPageWithItsWords() {
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(papers))) {
      ask(visit);
      visit.click(CITED);

      visit.see("#source mark >> nth=0");
      visit.see("#source .pdf-bar", "Page 2 of 3");
      assertThat(inked(visit)).as("dark pixels").isGreaterThan(500);
      assertThat(visit.page().locator("#source mark").allInnerTexts())
          .contains("March", "Mia", "fence", "Painting", "cost", "400", "euros")
          .doesNotContain("pond", "gate", "The");
      visit.shot("pdf-page");
      assertThat(visit.barriers()).isEmpty();

      visit.click("#source [aria-label='Next page']");
      visit.see("#source .pdf-bar", "Page 3 of 3");
      visit.click("[data-test=show-text]");
      visit.see("#source .passage.cited", "Painting cost 400 euros.");
      assertThat(visit.page().locator("#source canvas").isVisible()).isFalse();
      visit.click("[data-test=show-page]");
      visit.see("#source .pdf-bar", "Page 3 of 3");
      visit.click("[data-test=close-source]");
      visit.click(CITED);
      visit.see("#source .pdf-bar", "Page 2 of 3");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void showsItWithAKeyOnAPhone() {
    try (BrowserVisit visit =
        chrome.visit(pageTestServer.serveWithKeys(papers), Screen.PHONE_IN_THE_DARK)) {
      visit.fill("#key", pageTestServer.key());
      visit.click("#key-dialog button[value=use]");
      visit.ask("Who painted the fence in March?");
      visit.click(".run .evidence .card [data-document='papers/report.pdf'] >> nth=0");

      visit.see("#source canvas");
      visit.shot("phone-pdf-page");
      assertThat(visit.pixelsTooWide()).isZero();
      assertThat(visit.barriers()).isEmpty();
    }
  }

  @Test
  void saysWhyAPageCannotBeShownAndShowsItsText() throws IOException {
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(papers))) {
      ask(visit);
      visit.page().setDefaultTimeout(10_000);

      sends(visit, TextPdf.locked("open sesame", "The fence"));
      refused(visit, "Only a password opens this PDF: its page cannot be shown. This is its text.");
      sends(visit, Arrays.copyOf("%PDF-1.7\nnothing but this".getBytes(UTF_8), 2_000));
      refused(visit, "This PDF is damaged: its page cannot be shown. This is its text.");
      visit.page().unroute(FILE);
      Files.write(report, TextPdf.of("Another report."));
      refused(
          visit, "papers/report.pdf has changed since it was read: sync its source, or read its");
      Files.delete(report);
      refused(visit, "the file of papers/report.pdf is not on this server's disk, or no longer");
      assertThat(visit.troubles()).allMatch(trouble -> trouble.contains("file?document="));
    }
  }

  @Test
  void drawsCharactersWhoseFontIsNotInTheFile() {
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(papers))) {
      ask(visit);
      sends(visit, TextPdf.ofForeignCodes());
      visit.click(CITED);

      visit.see("#source .pdf-bar", "Page 2 of 2");
      visit.see("#source .textLayer", "日本");
      visit.see("#source .textLayer", "中文");
      visit.see("#source .textLayer", "α");
      visit.shot("pdf-foreign-codes");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  /// Lets the page get other bytes than the server has.
  private static void sends(BrowserVisit visit, byte[] pdf) {
    visit
        .page()
        .route(
            FILE,
            route ->
                route.fulfill(
                    new Route.FulfillOptions()
                        .setContentType("application/pdf")
                        .setBodyBytes(pdf)));
  }

  private static void refused(BrowserVisit visit, String why) {
    visit.click(CITED);
    visit.see("#source > .problem", why);
    visit.see("#source .passage.cited", "Painting cost 400 euros.");
    visit.click("[data-test=close-source]");
  }

  @Test
  void theTextOfAMemberOfAnArchiveIsAllThereIs() {
    try (BrowserVisit visit = chrome.visit(pageTestServer.serve(papers))) {
      visit.ask("Who painted the fence in March?");
      visit.see("[data-test=receipt]", "tokens out");
      visit.click(".run .evidence summary");
      visit.click(".run .evidence .card [data-document='papers/box.zip!/inside.pdf'] >> nth=0");

      visit.see("#source .passage.cited >> nth=0");
      assertThat(visit.count("[data-test=show-page]")).isZero();
      assertThat(visit.troubles()).isEmpty();
    }
  }
}
