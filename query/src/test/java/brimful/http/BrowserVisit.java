package brimful.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntPredicate;

/// One visit of the web page, in a browser that knows nothing of others. It writes down whatever
/// the browser does not like, and what the page sends elsewhere.
final class BrowserVisit implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /// A document is given up by a process of low priority, which a busy machine lets wait.
  private static final double WAIT_MILLIS_MAX = 40_000;

  /// Blocked styles and scripts are errors of the console, but only some of them.
  private static final String REPORT_POLICY =
      """
      document.addEventListener("securitypolicyviolation", (event) =>
        console.error("policy: " + event.violatedDirective + " " + event.blockedURI));
      """;

  private final BrowserContext context;
  private final Page page;
  private final List<String> troubles = new CopyOnWriteArrayList<>();

  /// How large the screen is, and how bright.
  enum Screen {
    DESKTOP(1280, 900, ColorScheme.LIGHT),
    DESKTOP_IN_THE_DARK(1280, 900, ColorScheme.DARK),
    PHONE_IN_THE_DARK(360, 740, ColorScheme.DARK),
    NARROW(320, 640, ColorScheme.LIGHT),
    NARROW_IN_THE_DARK(320, 640, ColorScheme.DARK);

    private final int width;
    private final int height;
    private final ColorScheme scheme;

    Screen(int width, int height, ColorScheme scheme) {
      this.width = width;
      this.height = height;
      this.scheme = scheme;
    }
  }

  BrowserVisit(Browser browser, String address, Screen screen) {
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(screen.width, screen.height)
                .setColorScheme(screen.scheme)
                .setLocale("en-GB"));
    context.setDefaultTimeout(WAIT_MILLIS_MAX);
    context.addInitScript(REPORT_POLICY);
    page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") || message.type().equals("warning")) {
        troubles.add(message.text() + " at " + message.location());
      }
    });
    page.onPageError(error -> troubles.add(error));
    page.onRequest(request -> {
      if (!request.url().startsWith(address) && !request.url().startsWith("blob:" + address)) {
        troubles.add("request to " + request.url());
      }
    });
    page.navigate(address);
  }

  Page page() {
    return page;
  }

  /// Returns what went wrong so far.
  List<String> troubles() {
    return List.copyOf(troubles);
  }

  /// Returns the one thing that a selector finds, once it can be seen.
  Locator see(String selector) {
    Locator found = page.locator(selector);
    found.waitFor();
    return found;
  }

  /// Waits until a text can be seen in the one thing that a selector finds.
  String see(String selector, String text) {
    Locator found = page.locator(selector);
    try {
      page.waitForCondition(() -> found.isVisible() && found.innerText().contains(text));
    } catch (TimeoutError e) {
      throw new AssertionError(
          "no \"%s\" in %s; troubles %s; the page says:\n%s"
              .formatted(text, selector, troubles, page.locator("body").innerText()),
          e);
    }
    return found.innerText();
  }

  void click(String selector) {
    page.locator(selector).click();
  }

  void fill(String selector, String text) {
    page.locator(selector).fill(text);
  }

  /// Gives a file to an input, as if a person had chosen it.
  void choose(String selector, String name, String type, String text) {
    page.locator(selector).setInputFiles(new FilePayload(name, type, text.getBytes(UTF_8)));
  }

  /// Clicks what gives a file, and returns the file's text.
  String download(String selector) {
    Download download = page.waitForDownload(() -> click(selector));
    try {
      return Files.readString(download.path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int count(String selector) {
    return page.locator(selector).count();
  }

  /// Waits until a selector finds so many.
  void await(String selector, IntPredicate many) {
    page.waitForCondition(() -> many.test(count(selector)));
  }

  void go(String view) {
    click("nav a[data-view=%s]".formatted(view));
    see("[data-page=%s]".formatted(view));
  }

  /// Asks in the collection that is chosen.
  void ask(String question) {
    page.locator("#question").fill(question);
    page.locator("#question").press("Enter");
  }

  /// Begins to keep every text that what a selector finds has from now on.
  void remember(String selector) {
    page.evaluate(
        """
        (selector) => {
          window.remembered = [];
          new MutationObserver(() => {
            for (const node of document.querySelectorAll(selector)) {
              if (node.innerText !== "" && node.innerText !== window.remembered.at(-1)) {
                window.remembered.push(node.innerText);
              }
            }
          }).observe(document.body, { childList: true, characterData: true, subtree: true });
        }
        """,
        selector);
  }

  /// Returns what was kept, in its order.
  List<String> remembered() {
    return ((List<?>) page.evaluate("window.remembered")).stream().map(String::valueOf).toList();
  }

  /// Returns what axe finds wrong for people who cannot see or cannot point: rule, help and
  /// element.
  List<String> barriers() {
    page.evaluate(Axe.SCRIPT);
    return ((List<?>)
            page.evaluate(
                """
                async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
                  .flatMap((each) => each.nodes.map((node) =>
                    each.id + ": " + each.help + ": " + node.target + " " + node.failureSummary))
                """))
        .stream().map(String::valueOf).toList();
  }

  /// Returns how many pixels the page is wider than the screen.
  int pixelsTooWide() {
    return ((Number)
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .intValue();
  }

  /// Keeps what is to be seen, for people to look at.
  void shot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(SCREENSHOTS.resolve(name + ".png"))
            .setFullPage(false));
  }

  /// The same with all that is below.
  void wholeShot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
  }

  /// Drags a file of this computer to the middle of what a selector finds, and lets it go.
  void drop(String selector, Path file) {
    // It has none before it is drawn.
    BoundingBox box = see(selector).boundingBox();
    var paths = new JsonArray();
    paths.add(file.toString());
    var data = new JsonObject();
    data.add("items", new JsonArray());
    data.add("files", paths);
    data.addProperty("dragOperationsMask", 1);
    CDPSession session = page.context().newCDPSession(page);
    for (String type : new String[] {"dragEnter", "dragOver", "drop"}) {
      var event = new JsonObject();
      event.addProperty("type", type);
      event.addProperty("x", box.x + box.width / 2);
      event.addProperty("y", box.y + box.height / 2);
      event.add("data", data);
      JsonObject _ = session.send("Input.dispatchDragEvent", event);
    }
    session.detach();
  }

  @Override
  public void close() {
    context.close();
  }
}
