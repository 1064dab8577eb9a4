package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import brimful.http.edge.EdgeConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a server is to browsers, and to the proxies before it.
final class EdgeTest {
  private static final String APP = "https://app.example";

  @TempDir private static Path folder;

  private static TestServer open;
  private static TestServer locked;

  @BeforeAll
  static void serve() {
    open =
        TestServer.behind(
            folder.resolve("open"),
            new EdgeConfig(List.of(APP), "https://docs.example/sub/path/", List.of()),
            false);
    locked =
        TestServer.behind(
            folder.resolve("locked"), new EdgeConfig(List.of(APP), "", List.of()), true);
  }

  @AfterAll
  static void stop() {
    open.close();
    locked.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/ask", "/mcp", "/v1/chat/completions", "/v1/status"})
  void anAllowedPageMayAskFirst(String path) {
    RawHttp.Answer answer =
        RawHttp.send(
            locked.port,
            "OPTIONS",
            path,
            "Origin: " + APP,
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: authorization,content-type,mcp-session-id");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.head())
        .contains("Access-Control-Allow-Origin: " + APP)
        .contains("Access-Control-Allow-Methods: GET, HEAD, POST, DELETE")
        .containsPattern("Access-Control-Allow-Headers: .*Authorization.*Mcp-Session-Id")
        .contains("Vary: Origin")
        .doesNotContain("Allow-Credentials");
  }

  @Test
  void anAllowedPageReadsAnswersAndRefusals() {
    RawHttp.Answer status = RawHttp.send(open.port, "GET", "/v1/status", "Origin: " + APP);
    RawHttp.Answer refused = RawHttp.send(locked.port, "GET", "/v1/status", "Origin: " + APP);

    assertThat(status.status()).isEqualTo(200);
    assertThat(status.head())
        .contains("Access-Control-Allow-Origin: " + APP)
        .containsPattern("Access-Control-Expose-Headers: .*Mcp-Session-Id")
        .contains("Cross-Origin-Resource-Policy: cross-origin");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.head()).contains("Access-Control-Allow-Origin: " + APP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "http://app.example",
        "https://app.example:8443",
        "https://app.example.evil.example",
        "https://sub.app.example",
        "null",
        "*",
        "https://app.example@evil.example"
      })
  void otherPagesMayNeither(String origin) {
    for (TestServer one : List.of(open, locked)) {
      RawHttp.Answer first =
          RawHttp.send(
              one.port,
              "OPTIONS",
              "/mcp",
              "Origin: " + origin,
              "Access-Control-Request-Method: POST");
      RawHttp.Answer answer = RawHttp.send(one.port, "GET", "/v1/status", "Origin: " + origin);

      assertThat(first.status()).isEqualTo(403);
      assertThat(answer.status()).isEqualTo(403);
      assertThat(first.head() + answer.head()).doesNotContain("Access-Control-");
    }
  }

  @Test
  void thePublicAddressIsOurs() {
    String host = "Host: docs.example";

    assertThat(RawHttp.send(open.port, "GET", "/v1/status", host).status()).isEqualTo(200);
    assertThat(
            RawHttp.send(open.port, "GET", "/v1/status", host, "Origin: https://docs.example")
                .status())
        .isEqualTo(200);
    assertThat(
            RawHttp.send(open.port, "GET", "/v1/status", "Origin: https://docs.example").status())
        .as("a proxy that sends its own Host")
        .isEqualTo(200);
    assertThat(RawHttp.send(open.port, "GET", "/v1/status", "Host: other.example").status())
        .isEqualTo(421);
    assertThat(RawHttp.send(open.port, "GET", "/openapi.json").body())
        .contains("\"servers\":[{\"url\":\"https://docs.example/sub/path\"}]");
  }

  @Test
  void thePageIsFoundBelowAnyPath() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/brimful/http/page"))) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file, StandardCharsets.UTF_8))
            .as("%s", file)
            .doesNotContainPattern("(?:from|import|src=|href=|url\\() ?\\(?[\"'`]/")
            .doesNotContainPattern("fetch\\([\"'`]/");
      }
    }
  }

  @Test
  void theFilesOfThePageAreSentOnce() {
    for (String path : List.of("/", "/page/app.js", "/vendor/marked.esm.js")) {
      var first = open.get(path);
      String tag = first.headers().firstValue("ETag").orElseThrow();
      var second = open.send(open.request(path).header("If-None-Match", tag).GET());
      var weak = open.send(open.request(path).header("If-None-Match", "\"x\", W/" + tag).GET());
      var other = open.send(open.request(path).header("If-None-Match", "\"x\"").GET());

      assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
      assertThat(second.statusCode()).isEqualTo(304);
      assertThat(second.body()).isEmpty();
      assertThat(second.headers().firstValue("ETag")).hasValue(tag);
      assertThat(weak.statusCode()).isEqualTo(304);
      assertThat(other.statusCode()).isEqualTo(200);
      assertThat(other.body()).isEqualTo(first.body());
    }
  }

  @Test
  void whatIsNoAddressOrOriginIsRefusedAtTheStart() {
    for (String origin :
        List.of("*", "null", "app.example", "https://app.example/x", "HTTPS://A")) {
      assertThatExceptionOfType(UserError.class)
          .as(origin)
          .isThrownBy(() -> new EdgeConfig(List.of(origin), "", List.of()));
    }
    for (String url :
        List.of("docs.example", "ftp://x", "https://a:b@c", "https://a?b", "https://")) {
      assertThatExceptionOfType(UserError.class)
          .as(url)
          .isThrownBy(() -> new EdgeConfig(List.of(), url, List.of()));
    }
    for (String proxy : List.of("proxy", "10.0.0.0/33", "10.0.0.0/x", "")) {
      assertThatExceptionOfType(UserError.class)
          .as(proxy)
          .isThrownBy(() -> new EdgeConfig(List.of(), "", List.of(proxy)));
    }
  }
}
