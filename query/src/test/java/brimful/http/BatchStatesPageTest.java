package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.FakeBatchModel.Faults;
import brimful.testing.FakeDeepSeek.Request;
import brimful.testing.Script;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Batches on the web page that do not simply run to their end, and orders that are none.
final class BatchStatesPageTest {
  private static final String ANSWERED = "#batch-table [data-cell][data-state=answered]";
  private static final String FAILED = "#batch-table [data-cell][data-state=failed]";

  /// A question's only input, while it is the only one.
  private static final String QUESTION = "#question-list [data-part=question]";

  /// A reply of it costs 0.006 USD, and might cost 0.02.
  private static final String DEARLY = "dearly";

  private static final int DEAR_TOKENS = 10_000;

  private static final Faults DEAR = new Faults(1, 0, 0, 0, 0, 0, Duration.ZERO, DEAR_TOKENS);

  /// No answer is of the form that was asked for.
  private static final Faults WRONG = new Faults(1, 0, 0, 1, 0, 0, Duration.ZERO, 200);

  private static final String SIXTH_ROW_ONLY =
      """
      {"data": [{"unit": "root/harbour-05.md", "question": "q1", "state": "pending"}], "next": null}
      """;

  @TempDir private Path files;
  private static Chrome chrome;
  private static BatchTestServer batchTestServer;

  @BeforeAll
  static void open(@TempDir Path folder) {
    chrome = new Chrome();
    batchTestServer = BatchTestServer.open(folder, models());
    batchTestServer.when(DEARLY, BatchTestServer.answering(DEAR, Duration.ZERO));
  }

  /// The model costs a tenth from the day after tomorrow on.
  private static String models() {
    return """
    {"models": [{"id": "deepseek-flash", "prices": [
      {"miss": 0.15, "output": 0.6, "hit": 0.003},
      {"miss": 0.015, "output": 0.06, "hit": 0.0003, "from": "%s"}]}]}
    """
        .formatted(LocalDate.now(ZoneOffset.UTC).plusDays(2));
  }

  @AfterAll
  static void close() {
    // None is there where there is no browser.
    if (chrome != null) {
      batchTestServer.close();
      chrome.close();
    }
  }

  private static BrowserVisit visitBatches() {
    BrowserVisit visit = chrome.visit(batchTestServer.address());
    visit.go("batches");
    return visit;
  }

  /// Starts a batch, and waits until it is the only one that is to be seen.
  private static void start(BrowserVisit visit) {
    visit.click("#start-batch");
    visit.see("#batch-table");
  }

  private static int requests() {
    return batchTestServer.model.requests().size();
  }

  private Path file(String name, String text) {
    try {
      return Files.writeString(files.resolve(name), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void haltsAtItsLimitAndGoesOnWithAHigherOne() {
    try (BrowserVisit visit = visitBatches()) {
      visit.fill(QUESTION, "Who sold it so " + DEARLY + "?");
      visit.fill("#batch-max-cost", "0.04");

      start(visit);

      visit.see("[data-batch][data-state=halted]");
      assertThat(visit.see("#batch-notice", "of the limit are left: raise the limit to go on"))
          .doesNotContain("--");
      visit.await(ANSWERED, cells -> cells == 4);
      assertThat(visit.see("[data-batch] .job-figures").innerText()).contains("4 of 12 answers");
      assertThat(visit.page().locator("#batch-limit").inputValue()).isEqualTo("0.04");
      visit.wholeShot("batch-halted");
      assertThat(visit.barriers()).isEmpty();

      int sent = requests();
      visit.remember("[data-batch] .state");
      visit.click("#resume-batch");

      visit
          .page()
          .waitForCondition(() ->
              visit.remembered().contains("running")
                  && visit.remembered().getLast().equals("halted"));
      visit.see("#batch-notice", "raise the limit");
      assertThat(requests()).as("the limit holds").isEqualTo(sent);

      visit.fill("#batch-limit", "1");
      visit.click("#resume-batch");

      visit.see("[data-batch][data-state=done]");
      visit.await(ANSWERED, cells -> cells == BatchTestServer.DOCUMENTS);
      assertThat(requests()).as("nothing is asked twice").isEqualTo(sent + 8);
      assertThat(visit.page().locator("#batch-notice").isVisible()).isFalse();
      assertThat(visit.page().locator("#batch-limit").isVisible()).isFalse();
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void asksAgainWhatHasFailed() {
    batchTestServer.when("falsely", BatchTestServer.answering(WRONG, Duration.ZERO));
    try (BrowserVisit visit = visitBatches()) {
      visit.fill(QUESTION, "Who answers falsely?");
      start(visit);
      visit.see("[data-batch][data-state=done]");
      visit.await(FAILED, cells -> cells == BatchTestServer.DOCUMENTS);
      assertThat(visit.see("[data-batch] .failures").innerText()).isEqualTo("12 failed");
      assertThat(visit.page().locator("#resume-batch").isVisible()).isFalse();
      visit.click("[data-unit$='harbour-03.md'] [data-cell=q1]");
      assertThat(visit.see("#cell-panel", "retry what failed")).doesNotContain("--");
      visit.click("[data-test=close-cell]");
      visit.wholeShot("batch-failed-cells");
      assertThat(visit.barriers()).isEmpty();

      batchTestServer.asUsual("falsely");
      visit.click("#retry-batch");

      visit.await(ANSWERED, cells -> cells == BatchTestServer.DOCUMENTS);
      visit.see("[data-batch][data-state=done]");
      assertThat(visit.count(FAILED)).isZero();
      assertThat(visit.page().locator("#retry-batch").isVisible()).isFalse();
      assertThat(visit.count("[data-batch] .failures")).isZero();
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void waitsForCheaperHours() {
    try (BrowserVisit visit = visitBatches()) {
      int sent = requests();
      visit.fill(QUESTION, "Who has time?");
      visit.click("#estimate");
      visit.see("#forecast", "for 12 answers");
      String now = visit.see("#forecast strong").innerText();

      visit.page().locator("#batch-when").selectOption("off-peak");

      assertThat(visit.page().locator("#forecast").isVisible()).as("it holds no more").isFalse();
      visit.click("#estimate");
      visit.see("#forecast", "for 12 answers");
      assertThat(visit.see("#forecast strong").innerText()).isNotEqualTo(now);

      start(visit);

      assertThat(visit.see("#batch-notice", "waits for the provider's cheaper hours, until "))
          .as("the time of those who look")
          .doesNotContainPattern("\\dT\\d");
      visit.see("[data-batch][data-state=running]");
      visit.wholeShot("batch-waits");
      assertThat(visit.barriers()).isEmpty();

      visit.click("#cancel-batch");

      visit.see("[data-batch][data-state=stopped]");
      visit.see("#batch-notice", "stopped");
      assertThat(requests()).as("nothing was sent").isEqualTo(sent);
      assertThat(visit.see("#resume-batch").isEnabled()).isTrue();
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void resumesWhatFailedBeforeItBegan() {
    batchTestServer.serving.file("pictures/logo.woff2", "wOF2\u0000");
    batchTestServer.serving.collections.create("pictures");
    batchTestServer.serving.await(
        batchTestServer
            .serving
            .collections
            .add("pictures", batchTestServer.serving.root.resolve("pictures").toString())
            .id());
    try (BrowserVisit visit = visitBatches()) {
      visit.page().locator("#collection").selectOption("pictures");
      visit.fill(QUESTION, "What is to be seen?");
      start(visit);
      visit.see("#batch-notice", "collection pictures holds no text yet: add a source");
      visit.see("[data-batch][data-state=failed]");
      visit.wholeShot("batch-failed");
      assertThat(visit.barriers()).isEmpty();

      batchTestServer.serving.file("words/logo.md", "# Logo\n\nIt shows a lighthouse.\n");
      batchTestServer.serving.await(
          batchTestServer
              .serving
              .collections
              .add("pictures", batchTestServer.serving.root.resolve("words").toString())
              .id());
      visit.click("#resume-batch");

      visit.see("[data-batch][data-state=done]");
      visit.await(ANSWERED, cells -> cells == 1);
      assertThat(visit.troubles()).isEmpty();
    } finally {
      batchTestServer.serving.collections.delete("pictures");
    }
  }

  @Test
  void rowsTakeThePlacesThatTheServerGivesThem() {
    var looked = new CompletableFuture<Boolean>();
    Function<Request, Script> usual = BatchTestServer.answering(Faults.NONE, Duration.ZERO);
    batchTestServer.when(
        "orderly",
        request -> {
          // No batch may end before the page has looked at it too early.
          boolean _ = looked.completeOnTimeout(false, 30, TimeUnit.SECONDS).join();
          return usual.apply(request);
        });
    try (BrowserVisit visit = visitBatches()) {
      visit
          .page()
          .route(
              "**/cells?*",
              route -> {
                if (looked.isDone()) {
                  route.resume();
                } else {
                  route.fulfill(new Route.FulfillOptions().setBody(SIXTH_ROW_ONLY));
                  looked.complete(true);
                }
              });
      visit.fill(QUESTION, "Who stays orderly?");

      start(visit);

      visit.see("[data-batch][data-state=done]");
      List<String> names =
          IntStream.range(0, BatchTestServer.DOCUMENTS)
              .mapToObj(i -> String.format(Locale.ROOT, "root/\nharbour-%02d.md", i))
              .toList();
      visit
          .page()
          .waitForCondition(
              () -> visit.page().locator("#batch-table tbody th").allInnerTexts().equals(names));
      assertThat(visit.count(ANSWERED)).isEqualTo(BatchTestServer.DOCUMENTS);
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void takesADroppedFileOfQuestions() {
    try (BrowserVisit visit = visitBatches()) {
      visit.drop("#question-drop", file("dropped.csv", BatchTestServer.QUESTIONS));

      visit.see("#clear-questions");
      assertThat(visit.page().locator("#typed-questions").isVisible()).isFalse();
      assertThat(visit.count("#question-drop.over")).isZero();
      visit.click("#estimate");
      visit.see("#forecast", "for 36 answers");
      visit.shot("batch-dropped");

      visit.click("#clear-questions");

      visit.see("#typed-questions");
      assertThat(visit.page().locator("#forecast").isVisible()).isFalse();
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void takesAFileThatMissesItsZone() {
    try (BrowserVisit visit = visitBatches()) {
      Path questions = file("missed.csv", BatchTestServer.QUESTIONS);

      visit.drop("#batches-title", questions);

      // The next drop is handled after it, so the page had its chance to be left.
      visit.drop("#batch-form h2", questions);
      visit.see("#clear-questions");
      visit.click("#estimate");
      visit.see("#forecast", "for 36 answers");
      assertThat(visit.page().url()).isEqualTo(batchTestServer.address() + "#/batches");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "colours.csv, 'id,question,type\nsize,How large is it?,colour\n', colours.csv line 2",
    "twice.csv, 'id,question\nsize,How large?\nsize,How small?\n', size",
    "headless.csv, 'How large is it?\nHow deep?\n', headless.csv line 1",
    "broken.jsonl, '{\"id\": \"size\", \"question', broken.jsonl line 1 column 25 is not valid JSON",
    "broken.yaml, '- id: [', broken.yaml line 1 column",
    "empty.csv, '', empty.csv has no questions",
    "notes.txt, 'How large is it?', notes.txt is not a file of questions: name a .csv",
  })
  void saysInOneLineWhatIsWrongWithAFile(String name, String text, String said) {
    try (BrowserVisit visit = visitBatches()) {
      int sent = requests();
      visit.drop("#question-drop", file(name, text));
      visit.see("#clear-questions");

      visit.click("#start-batch");

      assertThat(visit.see("#batch-problem", said)).hasSizeLessThan(200).doesNotContain("\n");
      assertThat(visit.page().url()).endsWith("#/batches");
      assertThat(requests()).isEqualTo(sent);
      assertThat(visit.troubles()).allMatch(trouble -> trouble.contains("400"));
    }
  }

  @Test
  void saysThatAFileIsNoLongerWhatWasChosen() throws IOException {
    Path questions = file("mended.csv", "id,question,type\nsize,How large is it?,colour\n");
    try (BrowserVisit visit = visitBatches()) {
      visit.page().locator("#batch-questions").setInputFiles(questions);
      visit.click("#estimate");
      visit.see("#batch-problem", "line 2");
      Files.writeString(questions, BatchTestServer.QUESTIONS);

      visit.click("#estimate");

      visit.see("#batch-problem", "mended.csv has changed or is gone: choose it again");
      visit.page().locator("#batch-questions").setInputFiles(questions);
      visit.click("#estimate");
      visit.see("#forecast", "for 36 answers");
      assertThat(visit.page().locator("#batch-problem").isVisible()).isFalse();
    }
  }

  @Test
  void forgetsALossOfTheConnectionThatIsOver() {
    var away = new AtomicBoolean(true);
    batchTestServer.when(
        "patiently", BatchTestServer.answering(Faults.NONE, Duration.ofMillis(200)));
    try (BrowserVisit visit = visitBatches()) {
      visit
          .page()
          .route(
              "**/events",
              route -> {
                if (away.get()) {
                  route.abort();
                } else {
                  route.resume();
                }
              });
      visit.fill(QUESTION, "Who waits patiently?");
      start(visit);
      visit.see("#batch .problem >> nth=0", "The server does not answer");

      away.set(false);

      visit.see("[data-batch][data-state=done]");
      visit.await(ANSWERED, cells -> cells == BatchTestServer.DOCUMENTS);
      assertThat(visit.page().locator("#batch .problem").first().isVisible()).isFalse();
    }
  }
}
