package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The files of the page as a browser asks for them.
final class PageFilesTest {
  private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"([^\"#]+)\"");
  private static TestServer server;

  @BeforeAll
  static void serve(@TempDir Path folder) {
    server = TestServer.alone(folder);
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static HttpResponse<String> get(String path, String... headers) {
    return server.send(server.request(path).headers(headers).GET());
  }

  private static List<String> addresses() {
    return ADDRESS
        .matcher(server.get("/").body())
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  @Test
  void thePageAsksForFewFilesAndForEachOnce() {
    assertThat(addresses())
        .hasSize(6)
        .allSatisfy(address -> {
          assertThat(address).matches("static/[0-9a-f]{16}/(page|vendor)/.*");
          HttpResponse<String> file = server.get("/" + address);
          assertThat(file.statusCode()).as(address).isEqualTo(200);
          assertThat(file.headers().firstValue("Cache-Control"))
              .as(address)
              .hasValue("public, max-age=31536000, immutable");
        });
    assertThat(server.get("/").headers().firstValue("Cache-Control")).hasValue("no-cache");
  }

  @Test
  void whatIsLoadedLaterIsThere() {
    String folder = addresses().getFirst().replaceAll("/page/.*", "");

    for (String file :
        List.of(
            "page/diagram-frame.html",
            "page/diagram-frame.js",
            "page/pdf-view.js",
            "page/rich.js",
            "vendor/mermaid.min.js",
            "vendor/pdf.min.mjs",
            "vendor/pdf.worker.min.mjs",
            "vendor/cmaps/90ms-RKSJ-H.bcmap",
            "vendor/cmaps/UniGB-UTF16-V.bcmap",
            "vendor/standard_fonts/FoxitSymbol.pfb",
            "vendor/highlight.min.js",
            "vendor/katex/katex.min.js",
            "vendor/katex/katex.min.css",
            "vendor/katex/fonts/KaTeX_Main-Regular.woff2")) {
      assertThat(server.get("/%s/%s".formatted(folder, file)).statusCode()).as(file).isEqualTo(200);
    }
    assertThat(server.get("/%s/page/none.js".formatted(folder)).statusCode()).isEqualTo(404);
  }

  @Test
  void allThatTheStylesOfFormulasNameIsThere() {
    String styles = server.get("/vendor/katex/katex.min.css").body();
    List<String> fonts =
        Pattern.compile("url\\((fonts/[^)]+\\.woff2)\\)")
            .matcher(styles)
            .results()
            .map(found -> found.group(1))
            .toList();

    assertThat(fonts)
        .hasSizeGreaterThan(15)
        .allSatisfy(font ->
            assertThat(server.get("/vendor/katex/" + font).statusCode()).as(font).isEqualTo(200));
  }

  @Test
  void onlyTheFrameOfADiagramAllowsInlineStylesAndItHasNoOrigin() {
    String frame = policy("/page/diagram-frame.html");

    assertThat(frame)
        .contains("sandbox allow-scripts;", "default-src 'none'", "style-src 'unsafe-inline'");
    assertThat(frame).doesNotContain("allow-same-origin", "connect-src", "img-src");
    for (String file :
        List.of("/", "/page/rich.js", "/page/diagram-frame.js", "/vendor/mermaid.min.js")) {
      assertThat(policy(file)).as(file).contains("default-src 'self'").doesNotContain("unsafe");
    }
    assertThat(server.get("/page/app.js").headers().firstValue("Cross-Origin-Resource-Policy"))
        .hasValue("same-origin");
    assertThat(get("/page/diagram-frame.js", "Origin", "null").statusCode()).isEqualTo(200);
    assertThat(get("/page/app.js", "Origin", "null").statusCode()).isEqualTo(403);
  }

  private static String policy(String file) {
    return server.get(file).headers().firstValue("Content-Security-Policy").orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/page/app.js", "/ready", "/openapi.json"})
  void headSaysWhatGetWouldSay(String path) {
    HttpResponse<String> got = server.get(path);
    HttpResponse<String> head = server.send(server.request(path).HEAD());

    assertThat(head.statusCode()).isEqualTo(got.statusCode());
    assertThat(head.headers().firstValue("Content-Type"))
        .isEqualTo(got.headers().firstValue("Content-Type"));
    assertThat(head.headers().firstValue("ETag")).isEqualTo(got.headers().firstValue("ETag"));
    assertThat(head.body()).isEmpty();
  }

  @Test
  void aCompressedFileHasATagOfItsOwn() {
    var plain = server.get("/page/app.js");
    var zipped = get("/page/app.js", "Accept-Encoding", "br, gzip");
    String tag = zipped.headers().firstValue("ETag").orElseThrow();
    var known = get("/page/app.js", "Accept-Encoding", "br, gzip", "If-None-Match", tag);
    var refused = get("/page/app.js", "Accept-Encoding", "gzip;q=0");

    assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(zipped.headers().firstValue("Vary")).hasValue("Accept-Encoding");
    assertThat(tag).isNotEqualTo(plain.headers().firstValue("ETag").orElseThrow());
    assertThat(known.statusCode()).isEqualTo(304);
    assertThat(refused.body()).isEqualTo(plain.body());
    assertThat(
            get("/vendor/katex/fonts/KaTeX_Main-Regular.woff2", "Accept-Encoding", "gzip")
                .headers()
                .firstValue("Content-Encoding"))
        .isEmpty();
  }
}
