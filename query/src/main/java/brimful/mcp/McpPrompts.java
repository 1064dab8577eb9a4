package brimful.mcp;

import brimful.collection.Corpus;
import brimful.collection.library.Collection;
import brimful.corpus.UserError;
import brimful.mcp.tool.McpErrors;
import brimful.mcp.tool.ToolCall;
import brimful.rank.Question;
import brimful.service.AskRequest;
import brimful.service.Backend;
import brimful.service.QueryService;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Prompts that a person picks in a host: each is a request to the assistant, with the documents
/// that it needs.
final class McpPrompts {
  private static final String EXPLAIN = "explain_repository";
  private static final String REVIEW = "review_diff";

  /// Fits beside the tools and the conversation of an assistant.
  private static final int BUDGET = 12_000;

  /// The search for what a diff touches: more of it would only be slower.
  private static final int QUERY_CHARS_MAX = 20_000;

  private static final McpSchema.PromptArgument COLLECTION =
      McpSchema.PromptArgument.builder("collection")
          .title("Collection")
          .description("Its name; may be left out if there is only one.")
          .required(false)
          .build();

  private final Backend backend;
  private final Access access;

  McpPrompts(Backend backend, Access access) {
    this.backend = backend;
    this.access = access;
  }

  /// Returns the prompts as clients see them.
  static List<McpSchema.Prompt> declared() {
    return List.of(
        McpSchema.Prompt.builder(EXPLAIN)
            .title("Explain this repository")
            .description("What a collection is for, its parts, and where to start reading.")
            .arguments(
                List.of(
                    COLLECTION,
                    McpSchema.PromptArgument.builder("focus")
                        .title("Focus")
                        .description("A part or a question that matters most.")
                        .required(false)
                        .build()))
            .build(),
        McpSchema.Prompt.builder(REVIEW)
            .title("Review this diff with context")
            .description("A review of a change, with the code that it touches or depends on.")
            .arguments(
                List.of(
                    McpSchema.PromptArgument.builder("diff")
                        .title("Diff")
                        .description("The change, as git diff prints it.")
                        .required(true)
                        .build(),
                    COLLECTION))
            .build());
  }

  List<SyncPromptSpecification> specifications() {
    return declared().stream()
        .map(prompt ->
            new SyncPromptSpecification(
                prompt,
                (exchange, request) ->
                    prompt(request.name(), request.arguments(), exchange.transportContext())))
        .toList();
  }

  /// Returns a prompt with its documents.
  ///
  /// @throws McpError if an argument is wrong
  McpSchema.GetPromptResult prompt(
      String name, Map<String, Object> arguments, McpTransportContext context) {
    Map<String, Object> given = arguments == null ? Map.of() : arguments;
    try {
      McpSchema.Prompt prompt =
          declared().stream()
              .filter(one -> one.name().equals(name))
              .findFirst()
              .orElseThrow(() -> usage("no prompt is called \"%s\": list them".formatted(name)));
      given.keySet().stream()
          .filter(key -> prompt.arguments().stream().noneMatch(one -> one.name().equals(key)))
          .findFirst()
          .ifPresent(key -> {
            throw usage("%s has no argument \"%s\"".formatted(name, key));
          });
      String collection = collection(text(given, "collection"), context);
      return name.equals(EXPLAIN)
          ? explain(collection, text(given, "focus"))
          : review(collection, text(given, "diff"));
    } catch (RuntimeException e) {
      // The boundary to the protocol, as for tools.
      throw McpErrors.rpc(e);
    }
  }

  private static UserError usage(String line) {
    return new UserError(UserError.Kind.USAGE, line);
  }

  private static String text(Map<String, Object> arguments, String name) {
    Object value = arguments.getOrDefault(name, "");
    if (!(value instanceof String text)) {
      throw usage("%s is not a text: give it as \"…\"".formatted(name));
    }
    if (text.length() > Question.CHARS_MAX) {
      throw new UserError(
          UserError.Kind.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "%s has %,d characters: give %,d at most",
              name,
              text.length(),
              Question.CHARS_MAX));
    }
    return text.strip();
  }

  private String collection(String name, McpTransportContext context) {
    List<String> names =
        ToolCall.collections(backend, one -> access.allows(context, one)).stream()
            .map(Collection::name)
            .toList();
    if (name.isEmpty() && names.size() == 1) {
      return names.getFirst();
    }
    if (names.contains(name)) {
      return name;
    }
    throw usage(
        name.isEmpty()
            ? "collection is missing: there are %s".formatted(String.join(", ", names))
            : "no collection is called \"%s\"".formatted(name));
  }

  private McpSchema.GetPromptResult explain(String collection, String focus) {
    String query =
        "What is %s for? README, overview, architecture, main parts, entry point. %s"
            .formatted(collection, focus);
    String request =
        """
        Explain the repository "%s" to somebody who is new to it: what it is for, its parts and how they work \
        together, where to start reading, and how to build and test it.%s Cite files and lines. The documents below \
        are a first look; the tools of brimful with collection "%s" show more.\
        """
            .formatted(
                collection, focus.isEmpty() ? "" : " Above all: %s.".formatted(focus), collection);
    return result("An introduction to " + collection, request, evidence(collection, query));
  }

  private McpSchema.GetPromptResult review(String collection, String diff) {
    if (diff.isEmpty()) {
      throw usage("diff is missing: give what git diff prints");
    }
    String changed =
        diff.lines()
            .filter(line -> line.startsWith("+") || line.startsWith("-") || line.startsWith("@@"))
            .collect(Collectors.joining("\n"));
    String query = changed.isBlank() ? diff : changed;
    String request =
        """
        Review this change to "%s". Find defects first: broken callers, missed cases, races, errors that are not \
        handled, tests that are missing. Then what is unclear. Give file and line for each. The documents below are \
        what the change touches or depends on, as it was before; the tools of brimful with collection "%s" show more.

        ```diff
        %s
        ```\
        """
            .formatted(collection, collection, diff);
    return result(
        "A review with context of " + collection,
        request,
        evidence(collection, query.substring(0, Math.min(QUERY_CHARS_MAX, query.length()))));
  }

  private String evidence(String collection, String query) {
    Corpus corpus = backend.corpus(collection);
    var window =
        backend
            .service()
            .prepare(
                AskRequest.of(corpus, query, "", Integer.toString(BUDGET)),
                QueryService.Listener.SILENT)
            .assembled()
            .window();
    return window.prefix() + window.documents();
  }

  private static McpSchema.GetPromptResult result(String title, String... texts) {
    return McpSchema.GetPromptResult.builder(
            Stream.of(texts)
                .filter(text -> !text.isEmpty())
                .map(text ->
                    McpSchema.PromptMessage.builder(
                            McpSchema.Role.USER, McpSchema.TextContent.builder(text).build())
                        .build())
                .toList())
        .description(title)
        .build();
  }
}
