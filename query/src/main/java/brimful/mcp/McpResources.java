package brimful.mcp;

import brimful.corpus.Chunk;
import brimful.mcp.tool.CollectionsTool;
import brimful.mcp.tool.Excerpt;
import brimful.mcp.tool.McpErrors;
import brimful.mcp.tool.ReadTool;
import brimful.mcp.tool.ResourceUri;
import brimful.mcp.tool.ToolCall;
import brimful.service.Backend;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
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

  /// Returns the resource that everybody has.
  static McpSchema.Resource declared() {
    return McpSchema.Resource.builder(ResourceUri.COLLECTIONS, "collections")
        .title("Collections")
        .description("The collections of documents, as JSON.")
        .mimeType("application/json")
        .build();
  }

  /// Returns the template of the addresses of documents.
  static McpSchema.ResourceTemplate template() {
    return McpSchema.ResourceTemplate.builder(ResourceUri.TEMPLATE, "document")
        .title("Document")
        .description("The text of a document, by its collection and its path.")
        .mimeType("text/plain")
        .build();
  }

  SyncResourceSpecification collections() {
    return new SyncResourceSpecification(
        declared(), (exchange, request) -> read(request.uri(), exchange.transportContext()));
  }

  SyncResourceTemplateSpecification documents() {
    return new SyncResourceTemplateSpecification(
        template(), (exchange, request) -> read(request.uri(), exchange.transportContext()));
  }

  /// Reads a resource.
  ///
  /// @throws McpError if there is none at this address
  McpSchema.ReadResourceResult read(String uri, McpTransportContext context) {
    return uri.equals(ResourceUri.COLLECTIONS) ? collections(context) : document(uri, context);
  }

  private McpSchema.ReadResourceResult collections(McpTransportContext context) {
    var collections = ToolCall.collections(backend, name -> access.allows(context, name));
    try {
      return result(
          ResourceUri.COLLECTIONS,
          "application/json",
          McpJsonDefaults.getMapper()
              .writeValueAsString(Map.of("collections", CollectionsTool.json(collections))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private McpSchema.ReadResourceResult document(String uri, McpTransportContext context) {
    ResourceUri resourceUri =
        ResourceUri.parse(uri)
            .filter(is -> access.allows(context, is.collection()))
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
