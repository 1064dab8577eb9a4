package brimful.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The revision without sessions, held against its published schema.
final class StatelessTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PublishedSchema SCHEMA = new PublishedSchema("2026-07-28");
  private static final String META =
      """
      "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
      "io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"},\
      "io.modelcontextprotocol/clientCapabilities":{}%s}\
      """;

  private static McpFixture fixture;
  private static McpFixture.Talk talk;
  private static HttpClient http;

  @BeforeAll
  static void open(@TempDir Path folder) throws IOException {
    fixture = new McpFixture(folder);
    talk = fixture.talk("docs"::equals);
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void close() {
    http.close();
    talk.close();
    fixture.close();
  }

  private static String request(String method, String params, String meta) {
    return "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"%s\",\"params\":{%s%s}}"
        .formatted(method, params.isEmpty() ? "" : params + ",", META.formatted(meta));
  }

  private static HttpResponse<String> post(McpFixture.Talk with, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(with.address() + McpEndpoint.PATH))
            .header("Accept", "application/json, text/event-stream")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return http.send(
        headers.length == 0 ? request.build() : request.headers(headers).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /// Sends a request as its revision demands, with its headers.
  private static HttpResponse<String> send(String method, String name, String body)
      throws IOException, InterruptedException {
    return name.isEmpty()
        ? post(talk, body, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method)
        : post(
            talk,
            body,
            "MCP-Protocol-Version",
            "2026-07-28",
            "Mcp-Method",
            method,
            "Mcp-Name",
            name);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          server/discover          | DiscoverResultResponse              | ``      | ``
          tools/list               | ListToolsResultResponse             | ``      | ``
          resources/list           | ListResourcesResultResponse         | ``      | ``
          resources/templates/list | ListResourceTemplatesResultResponse | ``      | ``
          prompts/list             | ListPromptsResultResponse           | ``      | ``
          tools/call               | CallToolResultResponse              | search  | "name":"search","arguments":{"question":"broker"}
          tools/call               | CallToolResultResponse              | read    | "name":"read","arguments":{"document":"none"}
          tools/call               | CallToolResultResponse              | collections | "name":"collections"
          resources/read           | ReadResourceResultResponse          | brimful://docs/docs/broker.md | "uri":"brimful://docs/docs/broker.md"
          prompts/get              | GetPromptResultResponse             | explain_repository | "name":"explain_repository","arguments":{}
          completion/complete      | CompleteResultResponse              | ``      | "ref":{"type":"ref/resource","uri":"brimful://{collection}/{+document}"},"argument":{"name":"document","value":"docs/b"}
          """)
  void eachResultIsWhatThePublishedSchemaSays(
      String method, String type, String name, String params) throws Exception {
    HttpResponse<String> answer = send(method, name, request(method, params, ""));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Mcp-Session-Id")).isEmpty();
    SCHEMA.check(type, answer.body());
    JsonNode result = JSON.readTree(answer.body()).path("result");
    assertThat(result.path("resultType").asText()).isEqualTo("complete");
    assertThat(result.at("/_meta/io.modelcontextprotocol~1serverInfo/name").asText())
        .isEqualTo("brimful");
  }

  @Test
  void thePublishedSchemaRefusesAResultWithoutItsType() throws Exception {
    String answer = send("server/discover", "", request("server/discover", "", "")).body();

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() ->
            SCHEMA.check(
                "DiscoverResultResponse", answer.replace("\"resultType\":\"complete\",", "")));
  }

  @Test
  void discoveryTellsTheRevisionsOfBothKinds() throws Exception {
    HttpResponse<String> answer = send("server/discover", "", request("server/discover", "", ""));

    JsonNode result = JSON.readTree(answer.body()).path("result");
    assertThat(result.path("supportedVersions").toString())
        .isEqualTo("[\"2026-07-28\",\"2025-11-25\",\"2025-06-18\",\"2025-03-26\"]");
    assertThat(result.path("capabilities").toString())
        .contains("tools", "resources", "prompts", "completions", "logging");
  }

  @Test
  void whatACallerMayNotSeeIsNotThere() throws Exception {
    String uri = "brimful://secret/secret/plan.md";
    HttpResponse<String> read =
        send("resources/read", uri, request("resources/read", "\"uri\":\"" + uri + "\"", ""));
    HttpResponse<String> call =
        send(
            "tools/call",
            "search",
            request(
                "tools/call",
                "\"name\":\"search\",\"arguments\":{\"collection\":\"secret\",\"question\":\"x\"}",
                ""));

    assertThat(read.body()).contains("-32602").doesNotContain("-32002", "result");
    assertThat(call.body()).contains("no collection is called", "\"isError\":true");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          400 | -32020 | 2026-07-28 | tools/list | ping
          400 | -32020 | 2025-11-25 | tools/list | tools/list
          404 | -32601 | 2026-07-28 | tools/lost | tools/lost
          404 | -32601 | 2026-07-28 | ping       | ping
          """)
  void aRequestThatCannotBeIsAnError(
      int status, int code, String version, String method, String header) throws Exception {
    HttpResponse<String> answer =
        post(talk, request(method, "", ""), "MCP-Protocol-Version", version, "Mcp-Method", header);

    SCHEMA.check("JSONRPCErrorResponse", answer.body());
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(JSON.readTree(answer.body()).path("error").path("code").asInt()).isEqualTo(code);
  }

  @Test
  void headersThatLackOrLieAreRefused() throws Exception {
    String call = request("tools/call", "\"name\":\"collections\"", "");

    HttpResponse<String> none = post(talk, call);
    HttpResponse<String> other = send("tools/call", "ask", call);
    HttpResponse<String> encoded =
        send(
            "tools/call",
            "=?base64?"
                + Base64.getEncoder().encodeToString("collections".getBytes(StandardCharsets.UTF_8))
                + "?=",
            call);

    assertThat(none.statusCode()).isEqualTo(400);
    assertThat(none.body()).contains("-32020", "MCP-Protocol-Version is missing");
    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(other.body()).contains("-32020", "Mcp-Name is not what the body says");
    assertThat(encoded.statusCode()).as(encoded.body()).isEqualTo(200);
  }

  @Test
  void aRevisionThatIsNotKnownIsAnsweredWithThoseThatAre() throws Exception {
    String body = request("tools/list", "", "").replace("2026-07-28", "2030-01-01");

    HttpResponse<String> answer =
        post(talk, body, "MCP-Protocol-Version", "2030-01-01", "Mcp-Method", "tools/list");

    assertThat(answer.statusCode()).isEqualTo(400);
    SCHEMA.check("UnsupportedProtocolVersionError", answer.body());
    assertThat(answer.body()).contains("-32022", "\"requested\":\"2030-01-01\"");
  }

  @Test
  void capabilitiesAndLevelsAreChecked() throws Exception {
    String lacking =
        request("tools/list", "", "")
            .replace(",\"io.modelcontextprotocol/clientCapabilities\":{}", "");
    String loud = request("tools/list", "", ",\"io.modelcontextprotocol/logLevel\":\"loud\"");

    assertThat(send("tools/list", "", lacking).body()).contains("-32602", "clientCapabilities");
    assertThat(send("tools/list", "", loud).body()).contains("-32602", "logLevel is no level");
  }

  @Test
  void progressAndLogComeBeforeTheResultToWhoAsked() throws Exception {
    String asking =
        "\"name\":\"ask\",\"arguments\":{\"collection\":\"docs\",\"question\":\"when?\"}";
    List<String> said =
        List.of(
            Script.text("At noon."),
            Script.finish("stop"),
            Script.usage(20_000, 0, 6, 0),
            "data: [DONE]");
    try (var model = FakeDeepSeek.start(Script.stream(said));
        var paid = fixture.talk(model)) {
      HttpResponse<String> answer =
          post(
              paid,
              request(
                  "tools/call",
                  asking,
                  ",\"progressToken\":\"mine\",\"io.modelcontextprotocol/logLevel\":\"info\""),
              "MCP-Protocol-Version",
              "2026-07-28",
              "Mcp-Method",
              "tools/call",
              "Mcp-Name",
              "ask");

      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/event-stream");
      List<String> events =
          answer
              .body()
              .lines()
              .filter(line -> line.startsWith("data: "))
              .map(line -> line.substring(6))
              .toList();
      assertThat(events).hasSize(3);
      SCHEMA.check("ProgressNotification", events.get(0));
      assertThat(events.get(0)).contains("\"progressToken\":\"mine\"", "asking with ");
      SCHEMA.check("LoggingMessageNotification", events.get(1));
      assertThat(events.get(1)).contains("\"level\":\"info\"", "deepseek-flash read ");
      SCHEMA.check("CallToolResultResponse", events.get(2));
      assertThat(events.get(2)).contains("At noon.");
    }
  }

  @Test
  void bothKindsAreServedOverStandardInput() throws IOException {
    String input =
        request("server/discover", "", "")
            + "\n"
            + """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
            "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}
            {"jsonrpc":"2.0","method":"notifications/initialized"}
            {"jsonrpc":"2.0","id":2,"method":"tools/list"}
            """
            + request("tools/call", "\"name\":\"grep\",\"arguments\":{\"pattern\":\"noon\"}", "")
                .replace("\"id\":\"a\"", "\"id\":\"b\"")
            + "\n"
            + request("tools/list", "", "").replace("2026-07-28", "2030-01-01");
    var out = new ByteArrayOutputStream();

    McpStdio.serve(
        fixture.backend,
        "docs"::equals,
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        out,
        "test");

    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines)
        .anyMatch(line -> line.contains("\"id\":\"a\"") && line.contains("supportedVersions"))
        .anyMatch(line -> line.contains("\"id\":\"b\"") && line.contains("rebalances at noon"))
        .anyMatch(line -> line.contains("\"id\":1") && line.contains("2025-11-25"))
        .anyMatch(line -> line.contains("-32022"));
  }
}
