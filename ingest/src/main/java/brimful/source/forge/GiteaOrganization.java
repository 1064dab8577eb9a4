package brimful.source.forge;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;

/// Lists the repositories of an organisation of Gitea or Forgejo. There is no stamp: what changes
/// `updated_at` differs between versions.
record GiteaOrganization(String name) implements Forge {
  @Override
  public URI first(String base) {
    return URI.create("%s/orgs/%s/repos?limit=50&page=1".formatted(base, name));
  }

  @Override
  public Map<String, String> authorization(String token) {
    return Map.of("Authorization", "token " + token);
  }

  @Override
  public String user() {
    return "x-access-token";
  }

  @Override
  public Entry entry(JsonNode node) {
    return new Entry(
        new ForgeRepository(node.path("name").asText(), node.path("clone_url").asText(), ""),
        node.path("archived").asBoolean(),
        node.path("fork").asBoolean(),
        node.path("empty").asBoolean());
  }
}
