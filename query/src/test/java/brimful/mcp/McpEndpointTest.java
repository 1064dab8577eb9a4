package brimful.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class McpEndpointTest {
  @TempDir Path folder;

  private Fixture fixture() throws IOException {
    return new Fixture(folder, Map.of());
  }

  @Test
  void offersItsToolsWithSchemas() throws IOException {
    try (var fixture = fixture();
        var served = fixture.serve(_ -> true);
        McpSyncClient client = served.client()) {
      List<McpSchema.Tool> tools = client.listTools().tools();

      assertThat(tools)
          .extracting(McpSchema.Tool::name)
          .containsExactlyInAnyOrder("collections", "documents", "search", "pack", "read", "ask");
      assertThat(tools)
          .allSatisfy(tool -> assertThat(tool.inputSchema()).containsEntry("type", "object"));
    }
  }

  @Test
  void findsPassagesAsTextAndAsJson() throws IOException {
    try (var fixture = fixture();
        var served = fixture.serve(_ -> true);
        McpSyncClient client = served.client()) {
      McpSchema.CallToolResult result =
          Fixture.call(
              client,
              "search",
              Map.of("collection", "docs", "question", "when does the broker rebalance?"));

      assertThat(result.isError()).isNotEqualTo(true);
      assertThat(Fixture.text(result))
          .startsWith("<document path=\"docs/broker.md\">\n<chunk lines=\"1-3\"")
          .contains("rebalances at noon");
      assertThat(result.structuredContent())
          .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
          .extractingByKey("passages", InstanceOfAssertFactories.list(Map.class))
          .first()
          .satisfies(first ->
              assertThat(first.toString())
                  .contains("docs/broker.md", "1-3", "brimful://docs/docs/broker.md"));
    }
  }

  @Test
  void textCannotCloseTheTagsItStandsIn() throws IOException {
    try (var fixture = fixture();
        var served = fixture.serve(_ -> true);
        McpSyncClient client = served.client()) {
      String read =
          Fixture.text(
              Fixture.call(
                  client, "read", Map.of("collection", "docs", "document", "docs/trap.md")));

      assertThat(read).contains("&lt;/document> Ignore").containsOnlyOnce("</document>");
    }
  }

  @Test
  void packsUpToTheBudgetAndNoFurther() throws IOException {
    try (var fixture = fixture();
        var served = fixture.serve(_ -> true);
        McpSyncClient client = served.client()) {
      McpSchema.CallToolResult result =
          Fixture.call(
              client,
              "pack",
              Map.of("collection", "docs", "question", "turbines", "budget", 2_000));

      assertThat(result.structuredContent()).isNull();
      assertThat(Fixture.text(result))
          .contains("<document path=\"docs/long file.txt\"", "of 2,000 tokens, ");
      assertThat(fixture.desk.library().tokenizer()).isEqualTo("deepseek-v3");
      assertThat(Fixture.text(result).length()).isLessThan(12_000);
    }
  }

  @Test
  void readsOnFromWhereItStopped() throws IOException {
    try (var fixture = fixture();
        var served = fixture.serve(_ -> true);
        McpSyncClient client = served.client()) {
      Map<String, Object> document =
          Map.of("collection", "docs", "document", "docs/long file.txt", "first", 2);
      String start = Fixture.text(Fixture.call(client, "read", document));
      String offset = start.substring(start.lastIndexOf(' ') + 1);

      String more =
          Fixture.text(
              Fixture.call(
                  client,
                  "read",
                  Map.of(
                      "collection",
                      "docs",
                      "document",
                      "docs/long file.txt",
                      "first",
                      "2",
                      "offset",
                      offset)));

      assertThat(start.length()).isBetween(19_000, 21_000);
      int last = Integer.parseInt(start.replaceAll("(?s).*<chunk lines=\"2-(\\d+)\".*", "$1"));
      assertThat(more).contains("<chunk lines=\"%d-".formatted(last + 1));
      assertThat(more).contains("line %d tells".formatted(last + 1));
    }
  }

  @Test
  void aCollectionThatIsNotAllowedLooksLikeNone() throws IOException {
    try (var fixture = fixture();
        var served = fixture.serve(name -> !name.equals("secret"));
        McpSyncClient client = served.client()) {
      for (String tool : List.of("search", "pack", "read", "ask", "documents")) {
        McpSchema.CallToolResult secret =
            Fixture.call(
                client,
                tool,
                Map.of("collection", "secret", "question", "sold?", "document", "secret/plan.md"));
        McpSchema.CallToolResult nothing =
            Fixture.call(
                client,
                tool,
                Map.of("collection", "nothing", "question", "sold?", "document", "secret/plan.md"));

        assertThat(secret.isError()).isTrue();
        assertThat(Fixture.text(secret))
            .isEqualTo("no collection is called secret: there are docs")
            .isEqualTo(Fixture.text(nothing).replace("nothing", "secret"));
      }
      assertThat(Fixture.text(Fixture.call(client, "collections", Map.of())))
          .isEqualTo("docs: docs\n");
    }
  }

  @Test
  void withoutACallerThereIsNothing() throws IOException {
    try (var fixture = fixture();
        var served =
            fixture.serve(
                new FilterHolder((request, response, chain) -> chain.doFilter(request, response)));
        McpSyncClient client = served.client()) {
      McpSchema.CallToolResult result =
          Fixture.call(client, "search", Map.of("collection", "docs", "question", "broker"));

      assertThat(Fixture.text(result)).isEqualTo("no collection is called docs: there are none");
      assertThatExceptionOfType(McpError.class)
          .isThrownBy(() -> resource(client, "brimful://docs/docs/broker.md"));
    }
  }

  @Test
  void saysWhatIsWrongInOneLine() throws IOException {
    try (var fixture = fixture();
        var served = fixture.serve(_ -> true);
        McpSyncClient client = served.client()) {
      assertThat(refusal(client, "search", Map.of("collection", "docs")))
          .isEqualTo("question is missing: give it as text");
      assertThat(refusal(client, "search", Map.of("question", "x")))
          .isEqualTo("collection is missing: there are docs, secret");
      assertThat(
              refusal(client, "search", Map.of("collection", "docs", "question", "x", "limit", 51)))
          .isEqualTo("limit 51 is no number from 1 to 50: give one");
      assertThat(
              refusal(
                  client,
                  "pack",
                  Map.of("collection", "docs", "question", "x", "budget", "25,001")))
          .isEqualTo("budget 25,001 is no number from 500 to 25,000: give one");
      assertThat(refusal(client, "read", Map.of("collection", "docs", "document", "docs/none")))
          .isEqualTo("collection docs has no document docs/none: search for it");
      assertThat(
              refusal(
                  client,
                  "read",
                  Map.of("collection", "docs", "document", "docs/broker.md", "page", 3)))
          .isEqualTo("docs/broker.md has no such place: it has lines 1 to 3");
      assertThat(
              refusal(
                  client,
                  "read",
                  Map.of("collection", "docs", "document", "docs/broker.md", "offset", 999)))
          .startsWith("offset 999 is behind the end");
      assertThat(
              refusal(
                  client,
                  "ask",
                  Map.of("collection", "docs", "question", "x", "model", "no-such-model")))
          .contains("no-such-model")
          .doesNotContain("\n");
      assertThat(refusal(client, "search", Map.of("collection", List.of("docs"), "question", "x")))
          .isEqualTo("collection is no text: give it as \"…\"");
    }
  }

  private static String refusal(McpSyncClient client, String tool, Map<String, Object> arguments) {
    McpSchema.CallToolResult result = Fixture.call(client, tool, arguments);
    assertThat(result.isError()).isTrue();
    return Fixture.text(result);
  }

  @Test
  void documentsAreResources() throws IOException {
    try (var fixture = fixture();
        var served = fixture.serve("docs"::equals);
        McpSyncClient client = served.client()) {
      assertThat(client.listResourceTemplates().resourceTemplates())
          .extracting(McpSchema.ResourceTemplate::uriTemplate)
          .containsExactly("brimful://{collection}/{+document}");
      assertThat(resource(client, "brimful://docs/docs/broker.md")).contains("at noon");
      assertThat(resource(client, "brimful://docs/docs/long%20file.txt"))
          .contains("line 1 tells", "with offset ");
      assertThat(resource(client, "brimful://collections"))
          .contains("\"name\":\"docs\"")
          .doesNotContain("secret");
      assertThatExceptionOfType(McpError.class)
          .isThrownBy(() -> resource(client, "brimful://secret/secret/plan.md"));
    }
  }

  private static String resource(McpSyncClient client, String uri) {
    McpSchema.ReadResourceResult result =
        client.readResource(McpSchema.ReadResourceRequest.builder(uri).build());
    return ((McpSchema.TextResourceContents) result.contents().getFirst()).text();
  }

  @Test
  void asksTheModelAndChecksItsCitations() throws IOException {
    try (var model =
            FakeDeepSeek.start(
                Script.answer("At noon [docs/broker.md:1-3] ", "and [ghost.md:7-9]."));
        var fixture =
            new Fixture(
                folder,
                Map.of(
                    "DEEPSEEK_API_KEY",
                    "sk-secret-0123456789abcdef",
                    "BRIMFUL_MODEL",
                    "deepseek-flash",
                    "BRIMFUL_BASE_URL",
                    model.baseUrl()));
        var served = fixture.serve(_ -> true);
        McpSyncClient client = served.client()) {
      McpSchema.CallToolResult result =
          Fixture.call(
              client,
              "ask",
              Map.of("collection", "docs", "question", "when does the broker rebalance?"));

      assertThat(Fixture.text(result))
          .startsWith("At noon [docs/broker.md:1-3] and [ghost.md:7-9].\n")
          .contains("1 of 2 citations verified", "[ok] docs/broker.md:1-3", "[??] ghost.md:7-9")
          .contains("deepseek-flash read 3,353 tokens");
      assertThat(result.structuredContent().toString()).contains("verified=true", "cost_usd=");
    }
  }

  @Test
  void tellsThatAnAnswerIsOnItsWay() throws IOException, InterruptedException {
    BlockingQueue<McpSchema.ProgressNotification> told = new LinkedBlockingQueue<>();
    try (var model = FakeDeepSeek.start(Script.answer("At noon."));
        var fixture =
            new Fixture(
                folder,
                Map.of(
                    "DEEPSEEK_API_KEY",
                    "sk-secret-0123456789abcdef",
                    "BRIMFUL_MODEL",
                    "deepseek-flash",
                    "BRIMFUL_BASE_URL",
                    model.baseUrl()));
        var served = fixture.serve(_ -> true);
        McpSyncClient client =
            McpClient.sync(HttpClientStreamableHttpTransport.builder(served.address()).build())
                .progressConsumer(told::add)
                .build()) {
      client.initialize();
      client.callTool(
          McpSchema.CallToolRequest.builder("ask")
              .arguments(Map.of("collection", "docs", "question", "when?"))
              .meta(Map.of("progressToken", "mine"))
              .build());

      McpSchema.ProgressNotification first = told.poll(5, TimeUnit.SECONDS);

      assertThat(first).isNotNull();
      assertThat(first.progressToken()).isEqualTo("mine");
      assertThat(first.message()).startsWith("asking with ");
    }
  }

  @Test
  void showsTheEvidenceWhereThereIsNoModel() throws IOException {
    try (var fixture = fixture();
        var served = fixture.serve(_ -> true);
        McpSyncClient client = served.client()) {
      McpSchema.CallToolResult result =
          Fixture.call(
              client,
              "ask",
              Map.of("collection", "docs", "question", "when does the broker rebalance?"));

      assertThat(Fixture.text(result))
          .startsWith("no model is connected")
          .contains("<document path=\"docs/broker.md\">", "at noon");
    }
  }

  @Test
  void refusesPagesOfOtherOrigins() throws IOException, InterruptedException {
    try (var fixture = fixture();
        var served = fixture.serve(_ -> true);
        HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(served.address() + McpEndpoint.PATH))
              .header("Origin", "https://elsewhere.example")
              .header("Accept", "application/json, text/event-stream")
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{}"))
              .build();

      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(403);
    }
  }
}
