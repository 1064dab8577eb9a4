package brimful.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person picks and types in a host: prompts, and completions of their arguments.
final class PromptsTest {
  private static McpFixture fixture;
  private static McpFixture.Talk talk;

  @BeforeAll
  static void open(@TempDir Path folder) throws IOException {
    fixture = new McpFixture(folder);
    talk = fixture.talk("docs"::equals);
  }

  @AfterAll
  static void close() {
    talk.close();
    fixture.close();
  }

  private static String prompt(String name, Map<String, Object> arguments) {
    return talk
        .client()
        .getPrompt(McpSchema.GetPromptRequest.builder(name).arguments(arguments).build())
        .messages()
        .stream()
        .map(message -> ((McpSchema.TextContent) message.content()).text())
        .collect(Collectors.joining("\n"));
  }

  @Test
  void areOfferedWithTitlesAndArguments() {
    assertThat(talk.client().listPrompts().prompts())
        .extracting(McpSchema.Prompt::title)
        .containsExactly("Explain this repository", "Review this diff with context");
  }

  @Test
  void explainBringsDocuments() {
    assertThat(prompt("explain_repository", Map.of("focus", "the broker")))
        .startsWith("Explain the repository \"docs\"")
        .contains("Above all: the broker.", "<document path=\"docs/broker.md\"", "at noon");
  }

  @Test
  void reviewBringsWhatTheDiffTouches() {
    String diff =
        "--- a/broker.md\n+++ b/broker.md\n@@ -3 +3 @@\n-The broker rebalances at noon.\n";

    assertThat(prompt("review_diff", Map.of("diff", diff)))
        .contains("```diff\n--- a/broker.md", "<document path=\"docs/broker.md\"");
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertThatExceptionOfType(McpError.class)
        .isThrownBy(() -> prompt("review_diff", Map.of("diff", " ")))
        .withMessageContaining("diff is missing: give what git diff prints");
    assertThatExceptionOfType(McpError.class)
        .isThrownBy(() -> prompt("explain_repository", Map.of("colection", "docs")))
        .withMessageContaining("explain_repository has no argument \"colection\"");
    assertThatExceptionOfType(McpError.class)
        .isThrownBy(() -> prompt("explain_repository", Map.of("collection", "secret")))
        .withMessageContaining("no collection is called \"secret\"");
  }

  private static List<String> completed(McpSchema.CompleteReference of, String name, String typed) {
    return talk.client()
        .completeCompletion(
            McpSchema.CompleteRequest.builder(
                    of, new McpSchema.CompleteRequest.CompleteArgument(name, typed))
                .build())
        .completion()
        .values();
  }

  @Test
  void pathsAndCollectionsAreCompleted() {
    var template = new McpSchema.ResourceReference("brimful://{collection}/{+document}");

    assertThat(completed(template, "document", "docs/b")).containsExactly("docs/broker.md");
    assertThat(completed(template, "document", "LONG")).containsExactly("docs/long file.txt");
    assertThat(completed(template, "document", "plan")).isEmpty();
    assertThat(completed(template, "collection", "")).containsExactly("docs");
    assertThat(
            completed(
                McpSchema.PromptReference.builder("explain_repository").build(), "collection", "d"))
        .containsExactly("docs");
  }
}
