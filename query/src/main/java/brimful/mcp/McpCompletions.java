package brimful.mcp;

import brimful.collection.library.Collection;
import brimful.corpus.DocumentId;
import brimful.corpus.Folding;
import brimful.mcp.tool.McpErrors;
import brimful.mcp.tool.ResourceUri;
import brimful.mcp.tool.ToolCall;
import brimful.service.Backend;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Completes names of collections and paths of documents while a person types them.
final class McpCompletions {
  /// The protocol's limit.
  private static final int VALUES_MAX = 100;

  private static final List<String> NONE = List.of();

  private final Backend backend;
  private final Access access;

  McpCompletions(Backend backend, Access access) {
    this.backend = backend;
    this.access = access;
  }

  List<SyncCompletionSpecification> specifications() {
    return Stream.concat(
            McpPrompts.declared().stream()
                .map(prompt -> (McpSchema.CompleteReference) reference(prompt.name())),
            Stream.of(new McpSchema.ResourceReference(ResourceUri.TEMPLATE)))
        .map(reference ->
            new SyncCompletionSpecification(
                reference,
                (exchange, request) ->
                    complete(
                        request.argument().name(),
                        request.argument().value(),
                        request.context() == null ? Map.of() : request.context().arguments(),
                        exchange.transportContext())))
        .toList();
  }

  private static McpSchema.PromptReference reference(String prompt) {
    return McpSchema.PromptReference.builder(prompt).build();
  }

  /// Returns values that go on with what was typed.
  ///
  /// @param known the arguments that are given already
  McpSchema.CompleteResult complete(
      String argument, String typed, Map<String, String> known, McpTransportContext context) {
    try {
      List<String> all =
          switch (argument) {
            case "collection" ->
                collections(context).stream().filter(name -> name.startsWith(typed)).toList();
            case "document" -> documents(typed, known, context);
            default -> NONE;
          };
      List<String> values = all.stream().limit(VALUES_MAX).toList();
      return new McpSchema.CompleteResult(
          new McpSchema.CompleteResult.CompleteCompletion(
              values, all.size(), values.size() < all.size()));
    } catch (RuntimeException e) {
      // The boundary to the protocol, as for tools.
      throw McpErrors.rpc(e);
    }
  }

  private List<String> collections(McpTransportContext context) {
    return ToolCall.collections(backend, name -> access.allows(context, name)).stream()
        .map(Collection::name)
        .toList();
  }

  /// Returns the paths that begin with what was typed, then those with a name that does.
  private List<String> documents(
      String typed, Map<String, String> known, McpTransportContext context) {
    List<String> collections = collections(context);
    String collection =
        known.getOrDefault("collection", collections.size() == 1 ? collections.getFirst() : "");
    if (!collections.contains(collection)) {
      return NONE;
    }
    String start = Folding.of(typed).toLowerCase(Locale.ROOT);
    List<String> ids = backend.documents(collection).stream().map(DocumentId::value).toList();
    return Stream.concat(
            ids.stream().filter(id -> folded(id).startsWith(start)),
            ids.stream()
                .filter(id -> !folded(id).startsWith(start))
                .filter(id -> folded(id).contains("/" + start)))
        .toList();
  }

  private static String folded(String id) {
    return Folding.of(id).toLowerCase(Locale.ROOT);
  }
}
