package brimful.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.Visit.Screen;
import brimful.testing.FakeBatchModel;
import brimful.testing.FakeDeepSeek;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Batches on the web page: a real browser, the real server, a model that answers by a seed.
final class BatchPageTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final String COLLECTION = "harbours";
  private static final int DOCUMENTS = 12;
  private static final int REQUESTS_PER_MINUTE = 6_000;

  /// In a question: each of its answers takes long, until nobody waits for it to be slow.
  private static final String SLOWLY = "slowly";

  private static final Duration USUAL = Duration.ofMillis(30);
  private static final Duration LONG = Duration.ofMillis(500);

  private static final String QUESTIONS =
      """
      id,question,type
      ships,Which ships lie in the harbour?,list
      deep,Is the harbour deep?,boolean
      master,Who is its master?,text
      """;

  private static final String ANSWERED = "#batch-table [data-cell][data-state=answered]";
  private static final String PENDING = "#batch-table [data-cell][data-state=pending]";

  private static volatile Duration slow = LONG;
  private static Playwright playwright;
  private static Browser browser;
  private static FakeDeepSeek model;
  private static Serving open;
  private static Serving locked;

  @BeforeAll
  static void open(@TempDir Path folder) {
    if (!Files.isExecutable(CHROMIUM)) {
      System.err.println("NO CHROMIUM: the tests of the web page do not run");
      Assumptions.abort("no browser at " + CHROMIUM);
    }
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(List.of("--no-sandbox"))
                    .setHeadless(true));
    var answers = new FakeBatchModel(FakeBatchModel.Faults.NONE);
    model =
        FakeDeepSeek.start(
            0,
            Duration.ZERO,
            request -> {
              LockSupport.parkNanos((request.body().contains(SLOWLY) ? slow : USUAL).toNanos());
              return answers.apply(request);
            });
    open = withHarbours(Serving.with(folder.resolve("open"), model));
    locked = withHarbours(Serving.locked(folder.resolve("locked"), model));
  }

  @AfterAll
  static void close() {
    if (playwright != null) {
      playwright.close();
    }
    if (locked != null) {
      open.close();
      locked.close();
      model.close();
    }
  }

  private static Serving withHarbours(Serving serving) {
    for (int i = 0; i < DOCUMENTS; i++) {
      String text = "# Harbour %d\n\nIts master is Ada the %dth. It is %d fathoms deep.\n";
      serving.file("harbour-%02d.md".formatted(i), text.formatted(i, i, 3 + i));
    }
    return serving.collection(COLLECTION);
  }

  private static Visit visit(Serving serving, Screen screen) {
    return new Visit(browser, "http://127.0.0.1:%d/".formatted(serving.port), screen);
  }

  private static void choose(Visit visit, String csv) {
    visit
        .page()
        .locator("#batch-questions")
        .setInputFiles(new FilePayload("questions.csv", "text/csv", csv.getBytes(UTF_8)));
  }

  private static void type(Visit visit, int row, String question) {
    visit.page().locator("#question-list [data-part=question]").nth(row).fill(question);
  }

  private static int count(Visit visit, String cells) {
    return visit.page().locator(cells).count();
  }

  private static String download(Visit visit, String link) {
    Download download = visit.page().waitForDownload(() -> visit.click(link));
    try {
      return Files.readString(download.path());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void growsATableFromAFileOfQuestions() {
    try (Visit visit = visit(open, Screen.DESKTOP)) {
      visit.go("batches");
      choose(visit, QUESTIONS);
      visit.page().locator("#batch-max-cost").fill("2.5");

      int requests = model.requests().size();

      visit.click("#estimate");

      assertThat(visit.see("#forecast", "for 36 answers, from 12 documents")).contains("$");
      assertThat(model.requests()).as("nothing was sent").hasSize(requests);
      visit.wholeShot("batch-form");

      visit.remember("#batch-table tbody");
      visit.click("#start-batch");

      visit.see("#batch-table");
      visit.see("[data-batch][data-state=done]");
      visit.page().waitForCondition(() -> count(visit, ANSWERED) == 36);
      assertThat(visit.remembered().stream().distinct().count())
          .as("the table grew")
          .isGreaterThan(3);
      assertThat(visit.see("[data-batch] .job-figures").innerText())
          .contains("36 of 36 answers")
          .contains("spent")
          .contains("$2.50 left");
      assertThat(visit.page().locator("[data-unit$='harbour-03.md'] [data-cell=ships]").innerText())
          .startsWith("first; second");
      visit.shot("batch-table");

      visit.click("[data-unit$='harbour-03.md'] [data-cell=deep]");

      assertThat(visit.see("#cell-panel", "Is the harbour deep?"))
          .contains("confidence")
          .contains("tokens in")
          .containsPattern("yes|no");
      visit.shot("batch-cell");

      visit.click("#cell-panel [data-citation*='harbour-03.md']");

      visit.see("#source", "Its master is Ada the 3th.");
      assertThat(count(visit, "#source .cited")).isPositive();
      visit.shot("batch-source");
      visit.click("[data-test=close-source]");
      visit.click("[data-test=close-cell]");
      assertThat(count(visit, "dialog[open]")).isZero();

      List<String> lines = download(visit, "#download-csv").lines().toList();
      assertThat(lines).hasSize(1 + 36);
      assertThat(lines.getFirst()).contains("unit,question,answer");
      for (int i = 0; i < DOCUMENTS; i++) {
        String unit = "harbour-%02d.md".formatted(i);
        assertThat(lines).filteredOn(line -> line.contains(unit + ",")).hasSize(3);
      }

      visit.page().reload();

      visit.page().waitForCondition(() -> count(visit, ANSWERED) == 36);
      visit.click("#all-batches");
      assertThat(visit.see("#batches").innerText()).contains("done");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void stopsASlowBatchAndGoesOn() {
    try (Visit visit = visit(open, Screen.DESKTOP)) {
      visit.go("batches");
      type(visit, 0, "Who rows out " + SLOWLY + "?");
      visit.click("#add-question");
      type(visit, 1, "Who comes back " + SLOWLY + "?");
      visit.click("#start-batch");
      visit.page().waitForCondition(() -> count(visit, ANSWERED) > 0);

      visit.page().reload();

      visit.see("[data-batch][data-state=running]");
      visit.page().waitForCondition(() -> count(visit, ANSWERED) > 0);
      int before = count(visit, ANSWERED);
      visit.page().waitForCondition(() -> count(visit, ANSWERED) > before);

      visit.click("#cancel-batch");

      visit.see("[data-batch][data-state=stopped]");
      visit.see("#batch-notice", "what was answered is kept");
      int kept = count(visit, ANSWERED);
      assertThat(kept).isGreaterThan(before);
      assertThat(count(visit, PENDING)).isPositive();
      visit.shot("batch-stopped");

      slow = USUAL;
      visit.click("#resume-batch");

      visit.see("[data-batch][data-state=done]");
      visit.page().waitForCondition(() -> count(visit, ANSWERED) == 24);
      assertThat(visit.page().locator("#resume-batch").isVisible()).isFalse();
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void downloadsWithAKey() {
    String key = locked.keys.add("browser", List.of("*"), 0, REQUESTS_PER_MINUTE);
    try (Visit visit = visit(locked, Screen.DESKTOP)) {
      visit.see("#key-dialog", "API key");
      visit.page().locator("#key").fill(key);
      visit.page().locator("#key").press("Enter");
      visit.go("batches");
      type(visit, 0, "What is this about?");
      visit.page().locator("#batch-per").selectOption("collection");

      visit.click("#start-batch");

      visit.see("#batch-table");
      visit.see("[data-batch][data-state=done]");
      assertThat(download(visit, "#download-jsonl").lines()).hasSize(1);
      assertThat(visit.troubles()).isNotEmpty().allMatch(trouble -> trouble.contains("401"));
    }
  }

  @Test
  void saysWhatIsWrongWithTheQuestions() {
    try (Visit visit = visit(open, Screen.DESKTOP)) {
      visit.go("batches");
      choose(visit, "id,question,type\nsize,How large is it?,colour\n");

      visit.click("#estimate");

      visit.see("#batch-problem", "question 1");
      assertThat(visit.page().locator("#forecast").isVisible()).isFalse();
      assertThat(visit.troubles()).allMatch(trouble -> trouble.contains("400"));
    }
  }

  @Test
  void fitsAPhoneInTheDark() {
    var wide = new StringBuilder("id,question,type\n");
    IntStream.range(0, 8)
        .forEach(i ->
            wide.append("q%d,What is the %dth thing to be seen there?,text\n".formatted(i, i)));
    try (Visit visit = visit(open, Screen.PHONE_IN_THE_DARK)) {
      visit.go("batches");
      visit.wholeShot("phone-batch-form");
      assertThat(visit.pixelsTooWide()).as("form").isZero();
      choose(visit, wide.toString());
      visit.page().locator("#batch-per").selectOption("folder");

      visit.click("#start-batch");

      visit.see("#batch-table");
      visit.see("[data-batch][data-state=done]");
      visit.page().waitForCondition(() -> count(visit, ANSWERED) == 8);
      visit.shot("phone-batch-table");
      assertThat(visit.pixelsTooWide()).as("table").isZero();
      visit.click("[data-cell=q1]");
      visit.see("#cell-panel", "What is the 1th thing");
      visit.shot("phone-batch-cell");
      assertThat(visit.pixelsTooWide()).as("panel").isZero();
      assertThat(visit.troubles()).isEmpty();
    }
  }
}
