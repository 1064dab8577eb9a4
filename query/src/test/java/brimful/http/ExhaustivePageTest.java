package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.BrowserVisit.Screen;
import brimful.http.key.Grant;
import brimful.testing.FakeDeepSeek;
import brimful.testing.FakeReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Questions that want everything on the page: offered, estimated, read and answered.
final class ExhaustivePageTest {
  private static final int DOCUMENTS = 4;
  private static final int REQUESTS_PER_MINUTE = 6_000;
  private static final String QUESTION = "List all codes of stations.";

  private static Chrome chrome;
  private static FakeReader reader;
  private static FakeDeepSeek model;
  private static TestServer open;
  private static TestServer locked;

  @BeforeAll
  static void open(@TempDir Path folder) {
    chrome = new Chrome();
    reader = new FakeReader(true, Duration.ofMillis(100));
    model = FakeDeepSeek.start(0, Duration.ZERO, reader);
    open = docs(TestServer.with(folder.resolve("open"), model));
    locked = docs(TestServer.locked(folder.resolve("locked"), model));
  }

  @AfterAll
  static void close() {
    // None is there where there is no browser.
    if (chrome != null) {
      open.close();
      locked.close();
      model.close();
      chrome.close();
    }
  }

  private static TestServer docs(TestServer testServer) {
    for (int i = 0; i < DOCUMENTS; i++) {
      String line = "Note of year %s tells of rain, wind and a quiet harbour.\n".formatted(i);
      String fact = "The code of station Alpha%s is %s.\n".formatted(i, 1000 + i);
      testServer.file("notes-%s.md".formatted(i), line.repeat(260) + (i < 3 ? fact : ""));
    }
    return testServer.collection("docs");
  }

  private static BrowserVisit visit(Screen screen) {
    BrowserVisit visit = chrome.visit("http://127.0.0.1:%s/".formatted(open.port), screen);
    visit.click(".options summary");
    visit.fill("#budget", "13000");
    return visit;
  }

  @Test
  void aQuestionThatWantsEverythingIsReadWhole() {
    try (BrowserVisit visit = visit(Screen.DESKTOP)) {
      visit.ask(QUESTION);
      visit.see(".everything", "the window has");
      int before = reader.log("findings").size();
      visit.click("[data-test=estimate-everything]");

      visit.see("[data-test=everything-figures]", "3 windows of at most 13k tokens");
      visit.see(
          "[data-test=everything-figures]", "1 window without any word of the question is skipped");
      assertThat(visit.see("[data-test=everything-figures]").innerText()).contains("about $");
      assertThat(reader.log("findings")).as("nothing was sent").hasSize(before);
      visit.wholeShot("everything-estimate");
      visit.click("[data-test=read-everything]");

      visit.see(".everything[data-state=done]");
      visit.see("[data-test=everything-figures]", "Read 3 of 4 windows");
      String answer = visit.see(".everything .answer", "Alpha2 has 1002");
      assertThat(answer).contains("Alpha0 has 1000", "Alpha1 has 1001");
      assertThat(visit.count(".everything .answer [data-verified=true]")).isEqualTo(3);
      visit.wholeShot("everything-answer");
      assertThat(visit.barriers()).isEmpty();
      visit.click(".everything .answer [data-citation*='notes-1.md'] >> nth=0");
      visit.see("#source .cited >> text=The code of station Alpha1");
      visit.click("[data-test=close-source]");
      visit.click("[data-test=findings] summary");
      visit.see("[data-test=findings] blockquote >> nth=0", "The code of station Alpha0");

      visit.page().reload();

      visit.click("[data-test=show-evidence]");
      visit.see(".everything .answer", "Alpha2 has 1002");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void itIsStoppedAndReadOnWithinALimit() {
    try (BrowserVisit visit = visit(Screen.PHONE_IN_THE_DARK)) {
      visit.ask("Which of the stations have codes?");
      visit.click("[data-test=estimate-everything]");
      visit.see("[data-test=read-everything]");
      int before = reader.log("findings").size();
      visit.page().locator(".everything input").pressSequentially("1e");
      visit.click("[data-test=read-everything]");
      assertThat(visit.count(".everything input:invalid"))
          .as("text that is not a number is refused")
          .isOne();
      assertThat(reader.log("findings")).hasSize(before);
      visit.fill(".everything input", "0.0001");
      visit.click("[data-test=read-everything]");

      visit.see(".everything[data-state=halted]");
      visit.see("[data-test=everything-figures]", "raise the limit");
      assertThat(visit.pixelsTooWide()).isZero();
      assertThat(visit.barriers()).isEmpty();
      visit.fill(".everything input", "2");
      visit.click("[data-test=resume-everything]");

      visit.see(".everything[data-state=done]");
      visit.see(".everything .answer", "Alpha1 has 1001");
      visit.shot("phone-everything");
      assertThat(visit.pixelsTooWide()).isZero();
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void otherQuestionsAndKeysThatOnlyAskGetNoOffer() {
    String asks =
        locked.keys.add(
            "asks", new Grant(List.of("docs"), Set.of(), List.of()), 0, REQUESTS_PER_MINUTE);
    try (BrowserVisit visit = visit(Screen.DESKTOP)) {
      visit.ask("What is the code of station Alpha0?");
      visit.see("[data-test=copy-answer]");
      assertThat(visit.count(".everything")).isZero();
    }
    try (BrowserVisit visit =
        chrome.visit("http://127.0.0.1:%s/".formatted(locked.port), Screen.DESKTOP)) {
      visit.see("#key-dialog", "API key");
      visit.fill("#key", asks);
      visit.page().locator("#key").press("Enter");
      visit.click(".options summary");
      visit.fill("#budget", "13k");
      visit.ask(QUESTION);
      visit.see("[data-test=copy-answer]");
      assertThat(visit.page().locator(".everything").isVisible()).isFalse();
    }
  }
}
