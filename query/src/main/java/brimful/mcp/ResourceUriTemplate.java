package brimful.mcp;

import brimful.mcp.tool.ResourceUri;
import io.modelcontextprotocol.util.McpUriTemplateManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Matches addresses against our only template, or against themselves. The SDK's own class does not
/// support `{+name}`, a variable that may contain slashes.
///
/// @param template [ResourceUri#TEMPLATE], or a whole address
record ResourceUriTemplate(String template) implements McpUriTemplateManager {

  @Override
  public List<String> getVariableNames() {
    return isUriTemplate(template) ? List.of("collection", "document") : List.of();
  }

  @Override
  public Map<String, String> extractVariableValues(String uri) {
    Optional<ResourceUri> address =
        isUriTemplate(template) ? ResourceUri.parse(uri) : Optional.empty();
    return address
        .map(is -> Map.of("collection", is.collection(), "document", is.document()))
        .orElse(Map.of());
  }

  @Override
  public boolean matches(String uri) {
    return isUriTemplate(template) ? ResourceUri.parse(uri).isPresent() : template.equals(uri);
  }

  @Override
  public boolean isUriTemplate(String uri) {
    return uri.indexOf('{') >= 0;
  }
}
