package brimful.web;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PageNamesTest {
  private static DocumentId id(String path) {
    return new PageNames().of(WebAddress.of("web:https://a.example" + path).path());
  }

  @ParameterizedTest
  @CsvSource({
    "/, index.html",
    "/guide/, guide/index.html",
    "/guide/intro, guide/intro.html",
    "/guide/intro.htm, guide/intro.htm",
    "/caf%C3%A9.html, café.html",
    "/שלום, שלום.html",
    "/report.PDF, report.PDF",
    "/report.pdf?v=2, report.pdf?v=2.pdf",
    "/view.php?id=7, view.php?id=7.html",
    "/view.php, view.php.html",
    "/search?q=a/b, search?q=a/b.html",
    "/v1.2, v1.2.html",
    "/a.7z, a.7z",
    "/.profile, .profile.html",
    "/a%2Fb, a%2Fb.html",
    "/a%20b, a b.html",
    "//a, a.html",
    "/?p=1, index.html?p=1.html",
    "/%FF.txt, \\xFF.txt",
    "/a%0Ab, a\\x0Ab.html",
    "/%E2%80%AEa.html, \\u{202E}a.html"
  })
  void aPageIsNamedLikeAFile(String path, String id) {
    assertThat(id(path).value()).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({"/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/a/..%5c..%5cb"})
  void noIdLeadsOutOfTheSite(String path) {
    assertThat(id(path).value())
        .doesNotStartWith("/")
        .doesNotStartWith("../")
        .doesNotContain("/../");
  }

  @Test
  void pagesOfOneNameGetNumbersBeforeTheirEnding() {
    var names = new PageNames();

    assertThat(List.of("/a", "/a.html", "/a.HTML", "/b/", "/b/index", "/b/index.html"))
        .extracting(path -> names.of(path).value())
        .containsExactly(
            "a.html", "a~2.html", "a.HTML", "b/index.html", "b/index~2.html", "b/index~3.html");
  }

  @Test
  void noTwoPagesShareAnId() {
    var random = new Random(42);
    String[] parts = {"/", "a", "%2F", "%2f", "%252F", ".html", "~2", "?", ".", "%C3%A9", "!", "="};
    var names = new PageNames();
    Set<String> paths = new HashSet<>();
    Set<DocumentId> ids = new HashSet<>();

    for (int i = 0; i < 5_000; i++) {
      var text = new StringBuilder("/");
      for (int n = random.nextInt(6); n > 0; n--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      String path = Escaped.path(text.toString());
      if (paths.add(path)) {
        ids.add(names.of(path));
      }
    }

    assertThat(ids).hasSameSizeAs(paths);
  }
}
