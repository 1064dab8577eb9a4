package brimful.http;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// Tests of the page: a browser and a server for all of a class.
abstract class PageVisits {
  static Chrome chrome;
  static PageTestServer pageTestServer;
  private static boolean opened;

  @BeforeAll
  static void open(@TempDir Path folder) {
    opened = false;
    chrome = new Chrome();
    pageTestServer = new PageTestServer(folder);
    opened = true;
  }

  @AfterAll
  static void close() {
    // Neither is there where there is no browser.
    if (opened) {
      pageTestServer.close();
      chrome.close();
    }
  }
}
