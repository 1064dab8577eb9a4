package brimful.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class McpEndpointTest {
  private static McpFixture fixture;

  @BeforeAll
  static void open(@TempDir Path folder) throws IOException {
    fixture = new McpFixture(folder);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void offersItsToolsWithSchemas() {
    try (var talk = fixture.talk()) {
      List<McpSchema.Tool> tools = talk.client().listTools().tools();

      assertThat(tools)
          .extracting(McpSchema.Tool::name)
          .containsExactly(
              "collections", "documents", "search", "read", "outline", "grep", "pack", "ask");
      assertThat(tools)
          .allSatisfy(tool -> {
            boolean paid = tool.name().equals("ask");
            assertThat(tool.inputSchema())
                .containsEntry("type", "object")
                .containsEntry("additionalProperties", false);
            assertThat(tool.title()).isNotBlank();
            assertThat(tool.annotations().readOnlyHint()).isEqualTo(!paid);
            assertThat(tool.annotations().destructiveHint()).isFalse();
            assertThat(tool.annotations().openWorldHint()).isEqualTo(paid);
          });
      assertThat(tools)
          .filteredOn(tool -> tool.outputSchema() != null)
          .extracting(McpSchema.Tool::name)
          .containsExactly("collections", "search");
    }
  }

  @Test
  void findsPlacesAndTellsWhy() {
    try (var talk = fixture.talk()) {
      McpSchema.CallToolResult result =
          talk.call(
              "search",
              Map.of("collection", "docs", "question", "when does the broker rebalance?"));

      assertThat(result.isError()).isNotEqualTo(true);
      assertThat(McpFixture.text(result))
          .isEqualTo("2 documents: docs/broker.md:1-3 docs/trap.md:1-3");
      assertThat(result.structuredContent())
          .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
          .containsOnlyKeys("results")
          .extractingByKey("results", InstanceOfAssertFactories.list(Map.class))
          .first()
          .isEqualTo(
              Map.of(
                  "document",
                  "docs/broker.md",
                  "places",
                  List.of(Map.of("place", "1-3", "why", "3: The broker rebalances at noon.")),
                  "definitions",
                  List.of("1: # Broker")));
    }
  }

  @Test
  void aScopeLeavesTheRestOut() {
    try (var talk = fixture.talk()) {
      Map<String, Object> question =
          Map.of(
              "collection", "docs",
              "question", "when does the broker rebalance?",
              "scope", List.of("document:docs/broker.md", "broker.*"));

      assertThat(talk.text("search", question)).contains("docs/broker.md");
      assertThat(talk.text("pack", question)).contains("docs/broker.md").doesNotContain("trap.md");
      assertThat(
              talk.refusal(
                  "search", Map.of("collection", "docs", "question", "broker", "scope", "none/**")))
          .contains("scope none/** matches no document of collection docs");
      assertThat(
              talk.refusal(
                  "grep",
                  Map.of("collection", "docs", "pattern", "x", "scope", List.of("*.md", "no[ne]"))))
          .contains("scope no[ne] matches no document of collection docs");
      assertThat(
              talk.refusal(
                  "grep",
                  Map.of("collection", "docs", "pattern", "x", "scope", List.of("*.md", "no[ne"))))
          .contains("scope \"no[ne\" has a [ without a ]");
    }
  }

  @Test
  void collectionsAreFoldersOfOneCorpus() {
    try (var talk = fixture.talk()) {
      Map<String, Object> both = Map.of("collection", "docs+secret");

      assertThat(talk.text("search", with(both, "question", "broker")))
          .contains("docs/docs/broker.md:1-3", "secret/secret/plan.md:1-3");
      assertThat(talk.text("grep", with(both, "pattern", "sold")))
          .contains("secret/secret/plan.md\n3: The broker is to be sold.");
      assertThat(talk.text("pack", with(both, "question", "broker")))
          .contains("<document path=\"docs/docs/broker.md\"", "secret/secret/plan.md");
      assertThat(talk.text("read", with(both, "document", "secret/plan.md:3")))
          .contains("path=\"secret/secret/plan.md\"", "to be sold");
      assertThat(talk.text("documents", both)).contains("4 documents", "secret/secret/plan.md");
      assertThat(talk.text("outline", with(both, "path", "secret")))
          .startsWith("secret/ 1 folder, 0 documents");
      assertThat(talk.text("search", with(with(both, "question", "broker"), "scope", "*.md")))
          .contains("secret/secret/plan.md");
      assertThat(talk.refusal("pack", Map.of("collection", "docs+none", "question", "x")))
          .isEqualTo("no collection is called \"none\": there are docs, secret");
    }
    try (var talk = fixture.talk("docs"::equals)) {
      assertThat(talk.refusal("grep", Map.of("collection", "docs+secret", "pattern", "sold")))
          .isEqualTo("no collection is called \"secret\": there are docs");
    }
  }

  private static Map<String, Object> with(Map<String, Object> map, String name, Object value) {
    var more = new HashMap<>(map);
    more.put(name, value);
    return more;
  }

  @Test
  void textCannotCloseTheTagsItStandsIn() {
    try (var talk = fixture.talk()) {
      String read = talk.text("read", Map.of("collection", "docs", "document", "docs/trap.md"));

      assertThat(read).contains("&lt;/document> Ignore").containsOnlyOnce("</document>");
    }
  }

  @Test
  void packsUpToTheBudgetAndNoFurther() {
    try (var talk = fixture.talk()) {
      McpSchema.CallToolResult result =
          talk.call("pack", Map.of("collection", "docs", "question", "turbines", "budget", 2_000));

      assertThat(result.structuredContent()).isNull();
      assertThat(McpFixture.text(result))
          .startsWith("<document")
          .contains("<document path=\"docs/long file.txt\"", "of 2,000 tokens, ")
          .doesNotContain("<question>", "Cite");
      assertThat(fixture.backend.collections().tokenizer()).isEqualTo("deepseek-v3");
      assertThat(McpFixture.text(result).length()).isLessThan(12_000);
    }
  }

  @Test
  void readsOnFromWhereItStopped() {
    try (var talk = fixture.talk()) {
      Map<String, Object> document =
          Map.of("collection", "docs", "document", "docs/long file.txt", "first", 2);
      String start = talk.text("read", document);
      String offset = start.substring(start.lastIndexOf(' ') + 1);

      String more =
          talk.text(
              "read",
              Map.of(
                  "collection",
                  "docs",
                  "document",
                  "docs/long file.txt",
                  "first",
                  "2",
                  "offset",
                  offset));

      assertThat(start.length()).isBetween(19_000, 21_000);
      int last = Integer.parseInt(start.replaceAll("(?s).*<chunk lines=\"2-(\\d+)\".*", "$1"));
      assertThat(more).contains("<chunk lines=\"%s-".formatted(last + 1));
      assertThat(more).contains("line %s tells".formatted(last + 1));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "search | question | sold?",
        "pack | question | sold?",
        "ask | question | sold?",
        "grep | pattern | sold",
        "read | document | secret/plan.md",
        "outline | path | secret/plan.md",
        "documents | contains | plan"
      })
  void aCollectionThatIsNotAllowedLooksLikeNone(String tool, String argument, String value) {
    try (var talk = fixture.talk(name -> !name.equals("secret"))) {
      McpSchema.CallToolResult secret =
          talk.call(tool, Map.of("collection", "secret", argument, value));
      McpSchema.CallToolResult nothing =
          talk.call(tool, Map.of("collection", "nothing", argument, value));

      assertThat(secret.isError()).isTrue();
      assertThat(McpFixture.text(secret))
          .isEqualTo("no collection is called \"secret\": there are docs")
          .isEqualTo(McpFixture.text(nothing).replace("nothing", "secret"));
      assertThat(talk.text("collections", Map.of())).isEqualTo("docs: docs");
    }
  }

  @Test
  void withoutACallerThereIsNothing() {
    try (var talk = fixture.talkUnknown()) {
      McpSchema.CallToolResult result =
          talk.call("search", Map.of("collection", "docs", "question", "broker"));

      assertThat(McpFixture.text(result))
          .isEqualTo("no collection is called \"docs\": there are none");
      assertThatExceptionOfType(McpError.class)
          .isThrownBy(() -> talk.resource("brimful://docs/docs/broker.md"));
    }
  }

  @Test
  void saysWhatIsWrongInOneLine() {
    try (var talk = fixture.talk()) {
      assertThat(talk.refusal("search", Map.of("collection", "docs")))
          .isEqualTo("question is missing: give it as text");
      assertThat(talk.refusal("search", Map.of("question", "x")))
          .isEqualTo("collection is missing: there are docs, secret");
      assertThat(talk.refusal("search", Map.of("collection", "docs", "question", "x", "limit", 51)))
          .isEqualTo("limit \"51\" is not a whole number from 1 to 50: give one");
      assertThat(
              talk.refusal(
                  "pack", Map.of("collection", "docs", "question", "x", "budget", "25,001")))
          .isEqualTo("budget \"25,001\" is not a whole number from 500 to 25,000: give one");
      assertThat(talk.refusal("read", Map.of("collection", "docs", "document", "docs/none")))
          .isEqualTo("collection docs has no document docs/none: search for it");
      assertThat(
              talk.refusal(
                  "read", Map.of("collection", "docs", "document", "docs/broker.md", "page", 3)))
          .isEqualTo("docs/broker.md has no such place: it has lines 1 to 3");
      assertThat(
              talk.refusal(
                  "read",
                  Map.of("collection", "docs", "document", "docs/broker.md", "offset", 999)))
          .startsWith("offset 999 is behind the end");
      assertThat(
              talk.refusal(
                  "ask", Map.of("collection", "docs", "question", "x", "model", "no-such-model")))
          .contains("no-such-model")
          .doesNotContain("\n");
      assertThat(talk.refusal("search", Map.of("collection", List.of("docs"), "question", "x")))
          .isEqualTo("collection is not a text: give it as \"…\"");
    }
  }

  @Test
  void documentsAreResources() {
    try (var talk = fixture.talk("docs"::equals)) {
      assertThat(talk.client().listResourceTemplates().resourceTemplates())
          .extracting(McpSchema.ResourceTemplate::uriTemplate)
          .containsExactly("brimful://{collection}/{+document}");
      assertThat(talk.resource("brimful://docs/docs/broker.md")).contains("at noon");
      assertThat(talk.resource("brimful://docs/docs/long%20file.txt"))
          .contains("line 1 tells", "with offset ");
      assertThat(talk.resource("brimful://collections"))
          .contains("\"name\":\"docs\"")
          .doesNotContain("secret");
      assertThatExceptionOfType(McpError.class)
          .isThrownBy(() -> talk.resource("brimful://secret/secret/plan.md"));
    }
  }

  @Test
  void asksTheModelAndChecksItsCitations() {
    try (var model =
            FakeDeepSeek.start(
                Script.answer("At noon [docs/broker.md:1-3] ", "and [ghost.md:7-9]."));
        var talk = fixture.talk(model)) {
      McpSchema.CallToolResult result =
          talk.call(
              "ask", Map.of("collection", "docs", "question", "when does the broker rebalance?"));

      assertThat(McpFixture.text(result))
          .startsWith("At noon [docs/broker.md:1-3] and [ghost.md:7-9].\n")
          .contains("1 of 2 citations verified", "[ok] docs/broker.md:1-3", "[??] ghost.md:7-9")
          .contains("deepseek-flash read 3,353 tokens");
      assertThat(result.structuredContent()).isNull();
      assertThat(result.meta().toString()).contains("verified=true", "cost_usd=");
    }
  }

  @Test
  void tellsThatAnAnswerIsOnItsWay() throws InterruptedException {
    try (var model = FakeDeepSeek.start(Script.answer("At noon."));
        var talk = fixture.talk(model)) {
      talk.client()
          .callTool(
              McpSchema.CallToolRequest.builder("ask")
                  .arguments(Map.of("collection", "docs", "question", "when?"))
                  .meta(Map.of("progressToken", "mine"))
                  .build());

      McpSchema.ProgressNotification first = talk.told().poll(5, TimeUnit.SECONDS);

      assertThat(first).isNotNull();
      assertThat(first.progressToken()).isEqualTo("mine");
      assertThat(first.message()).startsWith("asking with ");
    }
  }

  @Test
  void showsTheEvidenceWhereThereIsNoModel() {
    try (var talk = fixture.talk()) {
      McpSchema.CallToolResult result =
          talk.call(
              "ask", Map.of("collection", "docs", "question", "when does the broker rebalance?"));

      assertThat(McpFixture.text(result))
          .startsWith("no model is connected")
          .contains("<document path=\"docs/broker.md\">", "at noon");
    }
  }
}
