package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.BrowserVisit.Screen;
import brimful.http.key.Grant;
import brimful.testing.FakeBatchModel.Faults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Batches on the web page: a real browser, the real server, a model that answers by a seed.
final class BatchPageTest {
  private static final int REQUESTS_PER_MINUTE = 6_000;

  /// In a question: each of its answers takes long, until nobody waits for it to be slow.
  private static final String SLOWLY = "slowly";

  private static final Duration LONG = Duration.ofMillis(500);
  private static final String ANSWERED = "#batch-table [data-cell][data-state=answered]";
  private static final String PENDING = "#batch-table [data-cell][data-state=pending]";

  private static Chrome chrome;
  private static BatchTestServer open;
  private static BatchTestServer locked;

  @BeforeAll
  static void open(@TempDir Path folder) {
    chrome = new Chrome();
    open = BatchTestServer.open(folder.resolve("open"));
    open.when(SLOWLY, BatchTestServer.answering(Faults.NONE, LONG));
    locked = BatchTestServer.locked(folder.resolve("locked"));
  }

  @AfterAll
  static void close() {
    // None is there where there is no browser.
    if (chrome != null) {
      open.close();
      locked.close();
      chrome.close();
    }
  }

  private static void choose(BrowserVisit visit, String csv) {
    visit.choose("#batch-questions", "questions.csv", "text/csv", csv);
  }

  private static void type(BrowserVisit visit, int row, String question) {
    visit.page().locator("#question-list [data-part=question]").nth(row).fill(question);
  }

  @Test
  void growsATableFromAFileOfQuestions() {
    try (BrowserVisit visit = chrome.visit(open.address())) {
      visit.go("batches");
      choose(visit, BatchTestServer.QUESTIONS);
      visit.fill("#batch-max-cost", "2.5");

      int requests = open.model.requests().size();

      visit.click("#estimate");

      assertThat(visit.see("#forecast", "for 36 answers, from 12 documents")).contains("$");
      assertThat(open.model.requests()).as("nothing was sent").hasSize(requests);
      visit.wholeShot("batch-form");
      assertThat(visit.barriers()).as("form").isEmpty();

      visit.remember("#batch-table tbody");
      visit.click("#start-batch");

      visit.see("#batch-table");
      visit.see("[data-batch][data-state=done]");
      visit.await(ANSWERED, cells -> cells == 36);
      assertThat(visit.remembered().stream().distinct().count())
          .as("the table grew")
          .isGreaterThan(1);
      assertThat(visit.see("[data-batch] .job-figures").innerText())
          .contains("36 of 36 answers")
          .contains("spent")
          // A cent less in the hours in which the provider charges twice as much.
          .containsPattern("\\$2\\.(50|49) left");
      assertThat(visit.page().locator("[data-unit$='harbour-03.md'] [data-cell=ships]").innerText())
          .startsWith("first; second");
      visit.shot("batch-table");
      assertThat(visit.barriers()).as("table").isEmpty();

      visit.click("[data-unit$='harbour-03.md'] [data-cell=deep]");

      assertThat(visit.see("#cell-panel", "Is the harbour deep?"))
          .contains("confidence")
          .contains("tokens in")
          .containsPattern("yes|no");
      visit.shot("batch-cell");
      assertThat(visit.barriers()).as("cell").isEmpty();

      visit.click("#cell-panel [data-citation*='harbour-03.md']");

      visit.see("#source", "Its master is Ada the 3th.");
      assertThat(visit.count("#source .cited")).isPositive();
      visit.shot("batch-source");
      assertThat(visit.barriers()).as("source").isEmpty();
      visit.click("[data-test=close-source]");
      visit.click("[data-test=close-cell]");
      assertThat(visit.count("dialog[open]")).isZero();

      List<String> lines = visit.download("#download-csv").lines().toList();
      assertThat(lines).hasSize(1 + 36);
      assertThat(lines.getFirst()).contains("unit,question,answer");
      for (int i = 0; i < BatchTestServer.DOCUMENTS; i++) {
        String unit = String.format(Locale.ROOT, "harbour-%02d.md", i);
        assertThat(lines).filteredOn(line -> line.contains(unit + ",")).hasSize(3);
      }

      visit.page().reload();

      visit.await(ANSWERED, cells -> cells == 36);
      visit.click("#all-batches");
      assertThat(visit.see("#batches").innerText()).contains("done");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void stopsASlowBatchAndGoesOn() {
    try (BrowserVisit visit = chrome.visit(open.address())) {
      visit.go("batches");
      type(visit, 0, "Who rows out " + SLOWLY + "?");
      visit.click("#add-question");
      type(visit, 1, "Who comes back " + SLOWLY + "?");
      visit.click("#start-batch");
      visit.await(ANSWERED, cells -> cells > 0);

      visit.page().reload();

      visit.see("[data-batch][data-state=running]");
      visit.await(ANSWERED, cells -> cells > 0);
      int before = visit.count(ANSWERED);
      visit.await(ANSWERED, cells -> cells > before);

      visit.click("#cancel-batch");

      visit.see("[data-batch][data-state=stopped]");
      visit.see("#batch-notice", "what was answered is kept");
      int kept = visit.count(ANSWERED);
      assertThat(kept).isGreaterThan(before);
      assertThat(visit.count(PENDING)).isPositive();
      visit.shot("batch-stopped");
      assertThat(visit.barriers()).as("stopped").isEmpty();

      open.asUsual(SLOWLY);
      visit.click("#resume-batch");

      visit.see("[data-batch][data-state=done]");
      // What was cut off may have been billed, and is asked again only on request.
      if (visit.page().locator("#retry-batch").isVisible()) {
        visit.click("#retry-batch");
        visit.see("[data-batch][data-state=done]");
      }
      visit.await(ANSWERED, cells -> cells == 24);
      assertThat(visit.page().locator("#resume-batch").isVisible()).isFalse();
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void downloadsWithAKey() {
    String key = locked.serving.keys.add("browser", Grant.everything(), 0, REQUESTS_PER_MINUTE);
    try (BrowserVisit visit = chrome.visit(locked.address())) {
      visit.see("#key-dialog", "API key");
      visit.fill("#key", key);
      visit.page().locator("#key").press("Enter");
      visit.go("batches");
      type(visit, 0, "What is this about?");
      visit.page().locator("#batch-per").selectOption("collection");

      visit.click("#start-batch");

      visit.see("#batch-table");
      visit.see("[data-batch][data-state=done]");
      assertThat(visit.download("#download-jsonl").lines()).hasSize(1);
      assertThat(visit.troubles()).isNotEmpty().allMatch(trouble -> trouble.contains("401"));
    }
  }

  @Test
  void readsAllOfWhatIsLargerThanTheWindow() {
    try (BrowserVisit visit = chrome.visit(open.address())) {
      visit.go("batches");
      choose(visit, BatchTestServer.QUESTIONS);
      visit.click("#batch-exhaustive");
      visit.click("#start-batch");

      visit.see("#batch-table");
      visit.see("[data-batch][data-state=done]");
      String newest =
          TestServer.tree(open.serving.get("/v1/batches").body())
              .path("data")
              .path(0)
              .path("exhaustive")
              .asText();
      assertThat(newest).isEqualTo("true");
    }
  }

  @Test
  void saysWhatIsWrongWithTheQuestions() {
    try (BrowserVisit visit = chrome.visit(open.address())) {
      visit.go("batches");
      choose(visit, "id,question,type\nsize,How large is it?,colour\n");

      visit.click("#estimate");

      visit.see("#batch-problem", "line 2");
      assertThat(visit.page().locator("#forecast").isVisible()).isFalse();
      assertThat(visit.troubles()).allMatch(trouble -> trouble.contains("400"));
    }
  }

  @Test
  void fitsAPhoneInTheDark() {
    var wide = new StringBuilder("id,question,type\n");
    IntStream.range(0, 8)
        .forEach(i ->
            wide.append("q%s,What is the %sth thing to be seen there?,text\n".formatted(i, i)));
    try (BrowserVisit visit = chrome.visit(open.address(), Screen.PHONE_IN_THE_DARK)) {
      visit.go("batches");
      visit.wholeShot("phone-batch-form");
      assertThat(visit.barriers()).as("form").isEmpty();
      assertThat(visit.pixelsTooWide()).as("form").isZero();
      choose(visit, wide.toString());
      visit.page().locator("#batch-per").selectOption("folder");

      visit.click("#start-batch");

      visit.see("#batch-table");
      visit.see("[data-batch][data-state=done]");
      visit.await(ANSWERED, cells -> cells == 8);
      visit.shot("phone-batch-table");
      assertThat(visit.barriers()).as("table").isEmpty();
      assertThat(visit.pixelsTooWide()).as("table").isZero();
      visit.click("[data-cell=q1]");
      visit.see("#cell-panel", "What is the 1th thing");
      visit.shot("phone-batch-cell");
      assertThat(visit.barriers()).as("cell").isEmpty();
      assertThat(visit.pixelsTooWide()).as("panel").isZero();
      assertThat(visit.troubles()).isEmpty();
    }
  }
}
