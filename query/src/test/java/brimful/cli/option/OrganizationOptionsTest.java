package brimful.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.UserError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.Options;
import org.junit.jupiter.api.Test;

final class OrganizationOptionsTest {
  private static Arguments parse(String... words) {
    return Arguments.parse("pack", OrganizationOptions.in(new Options()), List.of(words), Map.of());
  }

  private static Map<String, String> environment(String... words) {
    return OrganizationOptions.environment(parse(words), new HashMap<>());
  }

  @Test
  void flagsAreAddedToOrganisationsOnly() {
    Arguments arguments = parse("--archived", "--forks", "github-org:acme", "docs");

    assertThat(OrganizationOptions.location(arguments, "github-org:acme"))
        .isEqualTo("github-org:acme?archived&forks");
    assertThat(OrganizationOptions.location(arguments, "docs")).isEqualTo("docs");
    assertThat(OrganizationOptions.location(arguments, "git-list:a")).isEqualTo("git-list:a");
    assertThat(
            OrganizationOptions.location(parse("github-org:acme?forks"), "github-org:acme?forks"))
        .isEqualTo("github-org:acme?forks");
  }

  @Test
  void anApiIsThatOfTheForgeThatIsNamed() {
    assertThat(environment("gitlab-group:acme", "--api", "https://git.example/api/v4"))
        .isEqualTo(Map.of("GITLAB_API_URL", "https://git.example/api/v4"));
    assertThatThrownBy(
            () -> environment("gitlab-group:a", "github-org:a", "--api", "https://git.example"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("set GITLAB_API_URL and GITHUB_API_URL");
  }

  @Test
  void whatIsForNoOrganisationIsRefused() {
    for (String flag : List.of("--archived", "--forks", "--api=https://git.example")) {
      assertThatThrownBy(() -> environment(flag, "docs"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(flag.replaceAll("=.*", ""));
    }
  }
}
