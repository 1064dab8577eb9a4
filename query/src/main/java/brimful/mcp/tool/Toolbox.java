package brimful.mcp.tool;

import brimful.corpus.UserError;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// All tools: how clients see them, and how they are called.
public final class Toolbox {
  private static final List<Tool> TOOLS =
      List.of(
          new CollectionsTool(),
          new DocumentsTool(),
          new SearchTool(),
          new ReadTool(),
          new OutlineTool(),
          new GrepTool(),
          new PackTool(),
          new AskTool());

  private Toolbox() {}

  /// Returns the tools as clients see them.
  public static List<McpSchema.Tool> declared() {
    return TOOLS.stream().map(Toolbox::declared).toList();
  }

  private static McpSchema.Tool declared(Tool tool) {
    McpSchema.Tool.Builder declared =
        McpSchema.Tool.builder(tool.name(), ToolSchemas.of(tool))
            .title(tool.title())
            .description(tool.description())
            .annotations(
                McpSchema.ToolAnnotations.builder()
                    .title(tool.title())
                    .readOnlyHint(!tool.isPaid())
                    .destructiveHint(false)
                    .idempotentHint(!tool.isPaid())
                    .openWorldHint(tool.isPaid())
                    .build());
    return (tool.output().isEmpty() ? declared : declared.outputSchema(tool.output())).build();
  }

  /// Returns whether a tool has this name.
  public static boolean isOffered(String name) {
    return find(name).isPresent();
  }

  /// Returns the names of all tools, for people.
  public static String names() {
    return TOOLS.stream().map(Tool::name).collect(Collectors.joining(", "));
  }

  private static Optional<Tool> find(String name) {
    return TOOLS.stream().filter(tool -> tool.name().equals(name)).findFirst();
  }

  /// Calls a tool. Whatever fails becomes the call's result, in one line.
  public static McpSchema.CallToolResult run(String name, ToolCall call) {
    long start = System.nanoTime();
    try {
      Tool tool =
          find(name)
              .orElseThrow(() ->
                  new UserError(
                      UserError.Kind.NOT_FOUND,
                      "no tool is called \"%s\": list the tools".formatted(name)));
      call.requireKnown(tool.name(), tool.properties().keySet());
      return tool.run(call);
    } catch (RuntimeException e) {
      // The boundary to the protocol.
      return McpErrors.result(e);
    } finally {
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      call.client().log(LogLevel.DEBUG, "%s took %s ms".formatted(name, millis));
    }
  }
}
