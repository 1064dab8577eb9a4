package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.edge.RequestPath;
import brimful.http.page.PageFiles;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Paths that could be read in two ways get past nobody, and an answer in our form.
final class GuardPathTest {
  @TempDir private static Path folder;

  private static FakeDeepSeek model;
  private static TestServer locked;

  @BeforeAll
  static void serve() {
    model = FakeDeepSeek.start(Script.answer("No."));
    locked = TestServer.locked(folder, model).file("a.txt", "text\n").collection("docs");
  }

  @AfterAll
  static void stop() {
    locked.close();
    model.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/page/../mcp",
        "/page/../v1/collections",
        "/page/../../etc/passwd",
        "/page/./app.js",
        "/page/%2e%2e/mcp",
        "/page/%2e%2e%2fmcp",
        "/page/..%2fmcp",
        "/page/%2E./mcp",
        "/page%2f..%2fmcp",
        "/page/..;/mcp",
        "/page/..;a=b/mcp",
        "/page;/app.js",
        "/page/app.js;x",
        "/..",
        "/../x",
        "/.",
        "/%00",
        "/page/app.js%00",
        "/%zz",
        "/%",
        "/%4",
        "/%0d%0aX:%20y",
        "/%7f",
        "/%ff",
        "/%c0%ae%c0%ae/mcp",
        "//mcp",
        "/page//app.js",
        "//evil.example/mcp",
        "/page/..\\mcp",
        "/page/%5c..%5cmcp",
        "http://localhost/page/../mcp",
      })
  void aPathWithTwoReadingsIsRefused(String path) {
    for (String method : new String[] {"GET", "POST", "PUT", "HEAD", "BREW"}) {
      RawHttp.Answer answer = RawHttp.send(locked.port, method, path);

      assertThat(answer.status()).as(method).isBetween(400, 499);
      assertThat(answer.status()).as(method).isIn(400, 401);
      assertThat(answer.head()).doesNotContainIgnoringCase("\r\nX: y").contains("nosniff");
      if (!method.equals("HEAD")) {
        JsonNode problem = TestServer.tree(answer.body());
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(problem.path("status").asInt()).isEqualTo(answer.status());
      }
      assertThat(answer.head() + answer.body())
          .doesNotContain("<html", "jetty", "Jetty", "java.", "Exception");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/mcp",
        "/mcp/",
        "/v1/collections",
        "/v1/collections/",
        "/metrics",
        "/health/",
        "/page/",
        "/page/nothing.js",
        "/page/index.html",
        "/vendor/nothing.js",
        "/nothing",
        "/PAGE/app.js",
        "/Health",
      })
  void whatIsNotKnownToBeOpenIsClosed(String path) {
    assertThat(RawHttp.send(locked.port, "GET", path).status()).isEqualTo(401);
    assertThat(RawHttp.send(locked.port, "POST", path).status()).isEqualTo(401);
  }

  @Test
  void thePagesFilesAreOpenForReadingOnly() {
    for (String path : PageFiles.paths()) {
      assertThat(RawHttp.send(locked.port, "GET", path).status()).as(path).isEqualTo(200);
      assertThat(RawHttp.send(locked.port, "HEAD", path).status()).as(path).isEqualTo(200);
      assertThat(RawHttp.send(locked.port, "POST", path).status()).as(path).isEqualTo(401);
    }
    for (String path : new String[] {"/health", "/ready", "/openapi.json"}) {
      assertThat(RawHttp.send(locked.port, "GET", path).status()).as(path).isEqualTo(200);
      assertThat(RawHttp.send(locked.port, "DELETE", path).status()).as(path).isEqualTo(401);
    }
  }

  @Test
  void everyFileOfThePageIsServed() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/brimful/http/page"))) {
      assertThat(files.map(file -> "/page/" + file.getFileName()))
          .allSatisfy(path ->
              assertThat(PageFiles.has(path)).as(path).isEqualTo(!path.endsWith("/index.html")));
    }
  }

  @Test
  void whatJettyRefusesHasOurForm() {
    RawHttp.Answer header =
        RawHttp.send(locked.port, "GET", "/health", "X-Long: " + "x".repeat(40_000));
    RawHttp.Answer version =
        RawHttp.send(locked.port, "GET /health HTTP/9.9\r\nHost: localhost\r\n\r\n");
    RawHttp.Answer noise = RawHttp.send(locked.port, "\u0016\u0003\u0001 what?\r\n\r\n");
    RawHttp.Answer lengths =
        RawHttp.send(
            locked.port,
            "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx");

    assertThat(header.status()).isEqualTo(431);
    assertThat(header.body()).contains("the headers exceed 16,384 bytes");
    for (RawHttp.Answer answer : new RawHttp.Answer[] {header, version, noise, lengths}) {
      assertThat(answer.status()).isBetween(400, 505);
      assertThat(answer.body()).startsWith("{").doesNotContain("<html", "Exception", "java.");
      assertThat(answer.head()).contains("nosniff");
    }
    assertThat(TestServer.tree(lengths.body()).at("/error/data/status").asInt()).isEqualTo(400);
  }

  @Test
  void aPathIsDecodedOnce() {
    assertThat(RequestPath.of("/v1/collections/%C3%B6%20%25/files").decoded())
        .isEqualTo("/v1/collections/ö %/files");
    assertThat(RequestPath.of("/").decoded()).isEqualTo("/");
    assertThat(RequestPath.of("/%252e%252e/x").decoded()).isEqualTo("/%2e%2e/x");
  }
}
