package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.collection.library.CollectionService;
import brimful.collection.library.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The tree that chooses what a question is about.
final class ScopePageTest extends PageVisits {
  private static final int MANY = 650;
  private static CollectionService library;

  @BeforeAll
  static void read() throws IOException {
    Path roots = pageTestServer.code().resolveSibling("");
    Path notes = Files.createDirectories(roots.resolve("notes").resolve("of, a day"));
    Files.writeString(notes.resolve("budget plan.md"), "# Budget\n\nA budget is read at noon.\n");
    Path many = Files.createDirectories(roots.resolve("notes").resolve("many"));
    for (int i = 0; i < MANY; i++) {
      Files.writeString(
          many.resolve(String.format(Locale.ROOT, "note-%03d.txt", i)), "Note %s.\n".formatted(i));
    }
    library = pageTestServer.newLibrary();
    library.create("code");
    library.create("notes");
    finish(library.add("code", pageTestServer.code().resolve("service").toString()));
    finish(library.add("notes", roots.resolve("notes").toString()));
  }

  private static void finish(Job job) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!library.job(job.id()).state().isEnd() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private static BrowserVisit visit() {
    BrowserVisit visit = chrome.visit(pageTestServer.serve(library));
    visit.see("#ask-form", "code");
    visit.click(".options summary");
    return visit;
  }

  private static String item(String path) {
    return "#scope-tree [data-path='%s']".formatted(path);
  }

  private static String box(String path) {
    return item(path) + " > .tree-row .box";
  }

  private static void check(BrowserVisit visit, String path) {
    visit.page().locator(box(path)).click();
  }

  private static void toggle(BrowserVisit visit, String path) {
    visit.page().locator(item(path) + " > .tree-row .twist").click();
  }

  private static String state(BrowserVisit visit, String path) {
    return visit.see(item(path)).getAttribute("aria-checked");
  }

  @Test
  void choosesFilesOfSeveralCollections() {
    try (BrowserVisit visit = visit()) {
      visit.click("#choose-scope");
      visit.see(item("service/"));
      assertThat(state(visit, "code")).isEqualTo("true");
      toggle(visit, "service/");
      visit.see(item("service/Budget.java"));
      check(visit, "code");
      check(visit, "service/Budget.java");
      assertThat(state(visit, "code")).isEqualTo("mixed");
      toggle(visit, "notes");
      toggle(visit, "notes/");
      check(visit, "notes/of, a day/");
      visit.see("#scope-sum", "2 documents chosen.");
      visit.shot("scope-tree");
      assertThat(visit.barriers()).isEmpty();
      visit.click("#scope-dialog .primary");

      assertThat(visit.page().locator("#scope").inputValue())
          .isEqualTo("code/service/Budget.java notes/notes/of??a?day/**");
      visit.see("#ask-collection", "code, notes");
      visit.ask("How is a budget read?");
      visit.see("[data-test=copy-answer]");
      assertThat(visit.page().locator(".treemap [data-document]").count()).isEqualTo(2);
      visit.click(".run .evidence summary");
      visit.click(".evidence [data-document='notes/notes/of, a day/budget plan.md'] >> nth=0");
      visit.see("#source", "A budget is read at noon.");
      visit.click("[data-test=close-source]");

      visit.page().reload();
      visit.see("#ask-collection", "code, notes");
      assertThat(visit.page().locator("#scope").inputValue())
          .as("restored")
          .isEqualTo("code/service/Budget.java notes/notes/of??a?day/**");
      visit.page().locator("#collection").selectOption("notes");
      visit.page().waitForCondition(() -> asked(visit).equals("notes"));
      assertThat(visit.page().locator("#scope").inputValue()).isEmpty();
      assertThat(visit.troubles()).isEmpty();
    }
  }

  private static String asked(BrowserVisit visit) {
    return visit.page().locator("#ask-collection").innerText();
  }

  @Test
  void aCommaInBracesIsPartOfAPattern() {
    try (BrowserVisit visit = visit()) {
      visit.fill("#scope", "service/Bud*.{java,md}, *.none");
      visit.ask("How is a budget read?");
      visit.see("[data-test=copy-answer]");

      assertThat(visit.page().locator(".treemap [data-document]").count()).isOne();
    }
  }

  @Test
  void aHashNamesAFile() {
    try (BrowserVisit visit = visit()) {
      var question = visit.page().locator("#question");
      question.pressSequentially("What does #budget.j");
      visit.see("#mentions [data-mention='service/Budget.java']");
      assertThat(visit.count("#mentions [role=option]")).isOne();
      question.press("ArrowDown");
      assertThat(question.getAttribute("aria-activedescendant")).isEqualTo("mention-0");
      visit.shot("mention");
      assertThat(visit.barriers()).isEmpty();

      question.press("Enter");

      assertThat(question.inputValue()).isEqualTo("What does service/Budget.java ");
      visit.see("#ask-scope", "Only of service/Budget.java");
      assertThat(visit.count(".run")).as("the first Enter picks").isZero();
      question.pressSequentially("read? #5");
      question.press("Enter");
      visit.see("[data-test=copy-answer]");
      assertThat(visit.see(".asked").innerText())
          .isEqualTo("What does service/Budget.java read? #5");
      assertThat(visit.page().locator(".treemap [data-document]").count()).isOne();
      visit.click("#whole-scope");
      assertThat(visit.page().locator("#ask-scope").isVisible()).isFalse();
      assertThat(visit.page().locator("#scope").inputValue()).isEmpty();
      question.pressSequentially("#note-64");
      visit.see("#mention-count", "No file has this in its name.");
      visit.page().locator("#collection").selectOption("notes");
      question.fill("");
      question.pressSequentially("#note-64");
      visit.await("#mentions [role=option]", many -> many == 8);
      question.press("Escape");
      assertThat(visit.page().locator("#mentions").isVisible()).isFalse();
      assertThat(question.inputValue()).isEqualTo("#note-64");
      question.pressSequentially("3");
      visit.page().locator("#mentions [data-mention$='note-643.txt']").click();
      visit.see("#ask-scope", "note-643.txt");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void isUsedWithTheKeysAlone() {
    try (BrowserVisit visit = visit()) {
      visit.fill("#scope", "service/Budget.java *.txt");
      visit.page().locator("#choose-scope").press("Enter");
      visit.see(item("service/Budget.java"));
      visit.page().waitForCondition(() -> state(visit, "service/").equals("mixed"));
      var keys = visit.page().keyboard();
      keys.press("ArrowRight");
      assertThat(focused(visit)).isEqualTo("service/");
      keys.press("Space");
      assertThat(state(visit, "service/Budget.java")).isEqualTo("true");
      assertThat(state(visit, "code")).isEqualTo("true");
      keys.press("ArrowLeft");
      assertThat(visit.see(item("service/")).getAttribute("aria-expanded")).isEqualTo("false");
      keys.press("End");
      assertThat(focused(visit)).isEqualTo("notes");
      keys.press("Home");
      assertThat(focused(visit)).isEqualTo("code");
      keys.press("Space");
      visit.see("#scope-sum", "Nothing is chosen.");
      keys.press("ArrowDown");
      keys.press("Space");
      visit.page().locator("#scope-dialog .primary").press("Enter");

      assertThat(visit.page().locator("#scope").inputValue()).isEqualTo("** *.txt");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void aPatternThatIsNoPathKeepsTheChosenCollection() {
    try (BrowserVisit visit = visit()) {
      visit.page().locator("#collection").selectOption("notes");
      visit.see("#ask-collection", "notes");
      visit.fill("#scope", "*.txt");
      visit.click("#choose-scope");
      visit.see(item("notes"));
      visit.click("#scope-dialog .primary");

      assertThat(visit.page().locator("#scope").inputValue()).isEqualTo("*.txt");
      assertThat(visit.page().locator("#ask-collection").innerText())
          .contains("notes")
          .doesNotContain("code");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void longListsGrowPieceByPiece() {
    try (BrowserVisit visit = visit()) {
      visit.page().locator("#collection").selectOption("notes");
      visit.ask("Which note is it?");
      visit.see("[data-test=copy-answer]");
      visit.click("details.documents summary");
      visit.await("details.documents tbody tr", many -> many == 100);
      visit.click("details.documents button:text-matches('Show more')");
      visit.await("details.documents tbody tr", many -> many == 200);
      visit.go("collections");
      visit.see("#files .states", "651 indexed");
      visit.click("[data-state=indexed]");
      visit.await("#files [data-file]", many -> many == 100);
      visit.click("#files > button:text('Show more')");
      visit.await("#files [data-file]", many -> many == 200);
      assertThat(visit.troubles()).isEmpty();
    }
  }

  private static String focused(BrowserVisit visit) {
    return String.valueOf(visit.page().evaluate("document.activeElement.dataset.path"));
  }

  @Test
  void opensLargeFoldersPieceByPiece() {
    try (BrowserVisit visit = visit()) {
      visit.click("#choose-scope");
      visit.see(item("service/"));
      check(visit, "code");
      visit.click("#scope-dialog .primary");
      visit.see("#scope-problem", "Choose something");
      toggle(visit, "notes");
      toggle(visit, "notes/");
      check(visit, "notes/many/");
      toggle(visit, "notes/many/");
      visit.await(item("notes/many/") + " [data-path]", many -> many == 200);
      check(visit, "notes/many/note-000.txt");
      visit.click("#scope-tree .tree-more");
      visit.await(item("notes/many/") + " [data-path]", many -> many == 400);
      assertThat(state(visit, "notes/many/note-399.txt")).isEqualTo("true");
      assertThat(state(visit, "notes/many/")).isEqualTo("mixed");

      visit.click("#scope-dialog .primary");

      visit.see("#scope-problem", "a question takes 100: choose whole folders.");
      assertThat(visit.troubles()).isEmpty();
    }
  }
}
