package brimful.source.forge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Map;

/// Lists the projects of a group of GitLab, with those of its subgroups.
///
/// There is no stamp: GitLab sets `last_activity_at` once an hour at most, so a push may leave it
/// as it was.
record GitLabGroup(String name) implements Forge {
  @Override
  public URI first(String base) {
    return URI.create(
        "%s/groups/%s/projects?include_subgroups=true&with_shared=false&order_by=id&sort=asc&per_page=100"
            .formatted(base, URLEncoder.encode(name, UTF_8)));
  }

  @Override
  public Map<String, String> authorization(String token) {
    return Map.of("PRIVATE-TOKEN", token);
  }

  @Override
  public String user() {
    return "oauth2";
  }

  @Override
  public Entry entry(JsonNode node) {
    String path = node.path("path_with_namespace").asText();
    String prefix = name + "/";
    String own =
        path.regionMatches(true, 0, prefix, 0, prefix.length())
            ? path.substring(prefix.length())
            : path;
    return new Entry(
        new ForgeRepository(own, node.path("http_url_to_repo").asText(), ""),
        node.path("archived").asBoolean(),
        node.has("forked_from_project"),
        node.path("empty_repo").asBoolean());
  }
}
