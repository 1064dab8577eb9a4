package brimful.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a client sends to `/mcp`: an answer of JSON-RPC, and nothing of the inside.
final class McpProtocolTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BOTH = "application/json, text/event-stream";
  private static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
      "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}\
      """;

  private static McpFixture fixture;
  private static McpFixture.Talk talk;
  private static HttpClient http;
  private static String session;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    fixture = new McpFixture(folder);
    talk = fixture.talk();
    http = HttpClient.newHttpClient();
    session =
        post("", BOTH, "application/json", INITIALIZE)
            .headers()
            .firstValue("Mcp-Session-Id")
            .orElseThrow();
  }

  @AfterAll
  static void close() {
    http.close();
    fixture.close();
  }

  private static HttpRequest.Builder request(String id) {
    return request(talk, id);
  }

  private static HttpRequest.Builder request(McpFixture.Talk with, String id) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(with.address() + McpEndpoint.PATH));
    return id.isEmpty() ? request : request.header("Mcp-Session-Id", id);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String id, String accept, String type, String body)
      throws IOException, InterruptedException {
    return send(
        request(id)
            .header("Accept", accept)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static JsonNode error(HttpResponse<String> answer) throws IOException {
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    JsonNode root = JSON.readTree(answer.body());
    assertThat(root.path("jsonrpc").asText()).isEqualTo("2.0");
    assertThat(root.has("id")).isTrue();
    assertThat(root.path("error").path("message").asText()).isNotBlank();
    assertThat(answer.body()).doesNotContainPattern("java|Exception|modelcontextprotocol|\\tat ");
    return root;
  }

  @ParameterizedTest(name = "{0} {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          400 | -32700 | null | {
          400 | -32700 | null | what?
          400 | -32600 | null | ``
          400 | -32600 | null | null
          400 | -32600 | null | 7
          400 | -32600 | null | []
          400 | -32600 | null | [{"jsonrpc":"2.0","id":1,"method":"ping"}]
          400 | -32600 | null | {}
          400 | -32600 | 5    | {"id":5,"method":"ping"}
          400 | -32600 | 5    | {"jsonrpc":"1.0","id":5,"method":"ping"}
          400 | -32600 | null | {"jsonrpc":"2.0","id":null,"method":"ping"}
          400 | -32600 | null | {"jsonrpc":"2.0","id":{},"method":"ping"}
          400 | -32600 | null | {"jsonrpc":"2.0","id":1.5,"method":"ping"}
          400 | -32600 | 5    | {"jsonrpc":"2.0","id":5}
          400 | -32600 | 5    | {"jsonrpc":"2.0","id":5,"method":7}
          400 | -32600 | 5    | {"jsonrpc":"2.0","id":5,"result":{},"error":{}}
          400 | -32602 | 5    | {"jsonrpc":"2.0","id":5,"method":"ping","params":[1]}
          400 | -32602 | "a"  | {"jsonrpc":"2.0","id":"a","method":"initialize"}
          400 | -32602 | 5    | {"jsonrpc":"2.0","id":5,"method":"initialize","params":{"protocolVersion":7}}
          """)
  void aBadMessageIsAnErrorOfJsonRpc(int status, int code, String id, String body)
      throws Exception {
    HttpResponse<String> answer = post(session, BOTH, "application/json", body);

    JsonNode error = error(answer);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(error.path("error").path("code").asInt()).isEqualTo(code);
    assertThat(error.path("id").toString()).isEqualTo(id);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          -32601 | {"jsonrpc":"2.0","id":5,"method":"nothing/here"}
          -32602 | {"jsonrpc":"2.0","id":5,"method":"tools/call"}
          -32602 | {"jsonrpc":"2.0","id":5,"method":"tools/call","params":{}}
          -32602 | {"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"search","arguments":7}}
          -32602 | {"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":{"a":1}}}
          -32602 | {"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"nothing"}}
          -32602 | {"jsonrpc":"2.0","id":5,"method":"resources/read","params":{"uri":[1]}}
          -32602 | {"jsonrpc":"2.0","id":5,"method":"logging/setLevel","params":{"level":"loud"}}
          -32602 | {"jsonrpc":"2.0","id":5,"method":"logging/setLevel","params":{"level":"INFO"}}
          -32602 | {"jsonrpc":"2.0","id":5,"method":"logging/setLevel","params":{"level":3}}
          -32602 | {"jsonrpc":"2.0","id":5,"method":"logging/setLevel","params":{}}
          """)
  void aRequestThatCannotBeIsAnErrorInTheStream(int code, String body) throws Exception {
    HttpResponse<String> answer = post(session, BOTH, "application/json", body);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).doesNotContainPattern("java|Exception|modelcontextprotocol|\\tat ");
    JsonNode root = JSON.readTree(answer.body().replaceAll("(?s).*data: ?", ""));
    assertThat(root.path("id").asInt()).isEqualTo(5);
    assertThat(root.path("error").path("code").asInt()).as(answer.body()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "notifications/initialized",
        "notifications/roots/list_changed",
        "notifications/cancelled",
        "notifications/nothing"
      })
  void aNotificationIsAcceptedWithoutAnOpenStream(String method) throws Exception {
    String asking =
        INITIALIZE.replace(
            "\"capabilities\":{}", "\"capabilities\":{\"roots\":{\"listChanged\":true}}");
    String id =
        post("", BOTH, "application/json", asking)
            .headers()
            .firstValue("Mcp-Session-Id")
            .orElseThrow();

    HttpResponse<String> answer =
        post(
            id,
            BOTH,
            "application/json",
            "{\"jsonrpc\":\"2.0\",\"method\":\"%s\"}".formatted(method));

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void aCallIsLoggedToWhoWantsIt() throws Exception {
    String level =
        "{\"jsonrpc\":\"2.0\",\"id\":6,\"method\":\"logging/setLevel\",\"params\":{\"level\":\"%s\"}}";
    String call =
        """
        {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"collections","arguments":{}}}\
        """;

    HttpResponse<String> set = post(session, BOTH, "application/json", level.formatted("debug"));
    HttpResponse<String> loud = post(session, BOTH, "application/json", call);
    post(session, BOTH, "application/json", level.formatted("error"));
    HttpResponse<String> quiet = post(session, BOTH, "application/json", call);

    assertThat(set.body()).contains("\"result\":{}");
    assertThat(loud.body()).contains("notifications/message", "collections took ");
    assertThat(quiet.body()).doesNotContain("notifications/message").contains("\"id\":7");
  }

  @Test
  void anUnknownToolIsNamed() throws Exception {
    String call =
        """
        {"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"nothing","arguments":{}}}\
        """;

    HttpResponse<String> answer = post(session, BOTH, "application/json", call);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(error(answer).path("error").toString())
        .isEqualTo("{\"code\":-32602,\"message\":\"Unknown tool: nothing\"}");

    HttpResponse<String> nameless =
        post(session, BOTH, "application/json", call.replace("\"name\":\"nothing\",", ""));

    assertThat(error(nameless).path("error").path("message").asText())
        .startsWith("params.name is not a text: give the name of a tool, one of collections, ");
  }

  @Test
  void aMessageThatIsNoJsonIsToldWhere() throws Exception {
    HttpResponse<String> answer = post(session, BOTH, "application/json", "{\n\"id\": nope}");

    assertThat(error(answer).path("error").path("message").asText())
        .isEqualTo("the body is not valid JSON: line 2 column 7");
  }

  @Test
  void wrongHeadersAreErrorsOfJsonRpc() throws Exception {
    String ping = "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"ping\"}";

    HttpResponse<String> accept = post(session, "text/html", "application/json", ping);
    HttpResponse<String> type = post(session, BOTH, "text/plain", ping);
    HttpResponse<String> none = post("", BOTH, "application/json", ping);
    HttpResponse<String> unknown = post("nope", BOTH, "application/json", ping);
    HttpResponse<String> method =
        send(request(session).PUT(HttpRequest.BodyPublishers.ofString(ping)));
    HttpResponse<String> listening = send(request("nope").header("Accept", "text/event-stream"));
    HttpResponse<String> ending = send(request("nope").DELETE());
    HttpResponse<String> version =
        send(
            request(session)
                .header("MCP-Protocol-Version", "1999-01-01")
                .header("Accept", BOTH)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(ping)));

    assertThat(accept.statusCode()).isEqualTo(406);
    assertThat(error(accept).path("id").asInt()).isEqualTo(5);
    assertThat(type.statusCode()).isEqualTo(415);
    error(type);
    assertThat(none.statusCode()).isEqualTo(400);
    error(none);
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(error(unknown).path("error").path("code").asInt()).isEqualTo(RpcError.NO_SESSION);
    assertThat(method.statusCode()).isEqualTo(405);
    assertThat(method.headers().firstValue("Allow")).contains("GET, POST, DELETE");
    error(method);
    assertThat(listening.statusCode()).isEqualTo(404);
    error(listening);
    assertThat(ending.statusCode()).isEqualTo(404);
    error(ending);
    assertThat(version.statusCode()).isEqualTo(400);
    error(version);
  }

  @Test
  void aMessageThatIsTooLongIsRefused() throws Exception {
    HttpResponse<String> answer =
        post(session, BOTH, "application/json", "\"" + "x".repeat(McpServlet.REQUEST_BYTES_MAX));

    assertThat(answer.statusCode()).isEqualTo(413);
    error(answer);
  }

  @Test
  void whoAcceptsAnythingIsServed() throws Exception {
    HttpResponse<String> answer =
        post(
            session,
            "*/*",
            "application/json",
            "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"ping\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"id\":5", "\"result\":{}");
  }

  @Test
  void aSessionThatWasEndedIsNoMore() throws Exception {
    String id =
        post("", BOTH, "application/json", INITIALIZE)
            .headers()
            .firstValue("Mcp-Session-Id")
            .orElseThrow();

    assertThat(send(request(id).DELETE()).statusCode()).isEqualTo(200);
    assertThat(
            post(id, BOTH, "application/json", "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"ping\"}")
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void theLongestIdleSessionMakesRoom() throws Exception {
    try (McpFixture.Talk small = fixture.talk(new Sessions(2, System::nanoTime))) {
      // The client of the fixture has begun the first one.
      String second = begun(small);
      String third = begun(small);

      assertThat(small.client().isInitialized()).isTrue();
      assertThat(pinged(small, second)).isEqualTo(200);
      String fourth = begun(small);
      assertThat(pinged(small, third)).isEqualTo(404);
      assertThat(pinged(small, second)).isEqualTo(200);
      assertThat(pinged(small, fourth)).isEqualTo(200);
    }
  }

  private static String begun(McpFixture.Talk with) throws Exception {
    HttpResponse<String> answer = send(with, "", INITIALIZE);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"serverInfo\"");
    return answer.headers().firstValue("Mcp-Session-Id").orElseThrow();
  }

  private static int pinged(McpFixture.Talk with, String id) throws Exception {
    return send(with, id, "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"ping\"}").statusCode();
  }

  private static HttpResponse<String> send(McpFixture.Talk with, String id, String body)
      throws Exception {
    return send(
        request(with, id)
            .header("Accept", BOTH)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }
}
