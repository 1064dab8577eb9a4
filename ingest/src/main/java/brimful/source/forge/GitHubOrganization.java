package brimful.source.forge;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;

/// Lists the repositories of an organisation of GitHub, or of GitHub Enterprise.
///
/// `pushed_at` changes with each push to any branch, the default branch by a setting: a repository
/// where both are as before is unchanged.
record GitHubOrganization(String name) implements Forge {
  @Override
  public URI first(String base) {
    return URI.create(
        "%s/orgs/%s/repos?type=all&sort=full_name&per_page=100".formatted(base, name));
  }

  @Override
  public Map<String, String> authorization(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  @Override
  public String user() {
    return "x-access-token";
  }

  @Override
  public Entry entry(JsonNode node) {
    String pushed = node.path("pushed_at").asText("");
    String stamp = pushed.isEmpty() ? "" : pushed + " " + node.path("default_branch").asText();
    return new Entry(
        new ForgeRepository(node.path("name").asText(), node.path("clone_url").asText(), stamp),
        node.path("archived").asBoolean(),
        node.path("fork").asBoolean(),
        false);
  }
}
