package brimful.http;

import brimful.http.BrowserVisit.Screen;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/// A real browser without a window. Where there is none, the tests that want one do not run.
final class Chrome implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  private final Playwright playwright;
  private final Browser browser;

  Chrome() {
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
  }

  /// Visits a page on a desktop.
  BrowserVisit visit(String address) {
    return visit(address, Screen.DESKTOP);
  }

  BrowserVisit visit(String address, Screen screen) {
    return new BrowserVisit(browser, address, screen);
  }

  @Override
  public void close() {
    playwright.close();
  }
}
