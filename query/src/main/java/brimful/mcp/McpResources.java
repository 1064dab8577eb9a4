package brimful.mcp;

import brimful.corpus.Chunk;
import brimful.mcp.tool.CollectionsTool;
import brimful.mcp.tool.Excerpt;
import brimful.mcp.tool.McpErrors;
import brimful.mcp.tool.ReadTool;
import brimful.mcp.tool.ResourceUri;
import brimful.mcp.tool.ToolCall;
import brimful.service.Backend;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The documents, and the list of collections, as MCP resources.
final class McpResources {
  /// The limit of a resource in characters. A person chose it, so it may be longer than a tool's
  /// result.
  private static final int CHARACTERS_MAX = 100_000;

  private final Backend backend;
  private final Access access;

  McpResources(Backend backend, Access access) {
    this.backend = backend;
    this.access = access;
  }

  SyncResourceSpecification collections() {
    var resource =
        McpSchema.Resource.builder(ResourceUri.COLLECTIONS, "collections")
            .title("Collections")
            .description("The collections of documents, as JSON.")
            .mimeType("application/json")
            .build();
    return new SyncResourceSpecification(
        resource,
        (exchange, request) -> {
          var collections =
              ToolCall.collections(
                  backend, name -> access.allows(exchange.transportContext(), name));
          try {
            return result(
                request.uri(),
                "application/json",
                McpJsonDefaults.getMapper()
                    .writeValueAsString(Map.of("collections", CollectionsTool.json(collections))));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  SyncResourceTemplateSpecification documents() {
    var template =
        McpSchema.ResourceTemplate.builder(ResourceUri.TEMPLATE, "document")
            .title("Document")
            .description("The text of a document, by its collection and its path.")
            .mimeType("text/plain")
            .build();
    return new SyncResourceTemplateSpecification(
        template, (exchange, request) -> document(exchange, request.uri()));
  }

  private McpSchema.ReadResourceResult document(McpSyncServerExchange exchange, String uri) {
    ResourceUri resourceUri =
        ResourceUri.parse(uri)
            .filter(is -> access.allows(exchange.transportContext(), is.collection()))
            .orElseThrow(() -> McpError.RESOURCE_NOT_FOUND.apply(uri));
    try {
      List<Chunk> chunks = backend.read(resourceUri.collection(), resourceUri.document());
      Excerpt excerpt = Excerpt.of(chunks, _ -> true, 0, CHARACTERS_MAX);
      String rest =
          excerpt.to() >= excerpt.all()
              ? ""
              : String.format(
                  Locale.ROOT,
                  "the first %,d of %,d characters: the tool read goes on with offset %d\n",
                  excerpt.to(),
                  excerpt.all(),
                  excerpt.to());
      return result(uri, "text/plain", ReadTool.text(resourceUri.document(), excerpt) + rest);
    } catch (RuntimeException e) {
      // The boundary to the protocol, as for tools.
      throw McpErrors.resource(uri, e);
    }
  }

  private static McpSchema.ReadResourceResult result(String uri, String type, String text) {
    return McpSchema.ReadResourceResult.builder(
            List.of(McpSchema.TextResourceContents.builder(uri, text).mimeType(type).build()))
        .build();
  }
}
