package brimful.source.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.UserError;
import brimful.testing.FakeForge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ForgeListTest {
  private final FakeForge forge = new FakeForge(3);

  @TempDir Path temp;

  @AfterEach
  void stop() {
    forge.close();
  }

  private ForgeList list(String location, String... more) {
    var environment = new HashMap<String, String>();
    environment.put("GITHUB_API_URL", forge.api());
    environment.put("GITLAB_API_URL", forge.api() + "/");
    environment.put("GITEA_API_URL", forge.api() + "/api/v1");
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return new ForgeList(ForgeAddress.of(location), environment);
  }

  private List<String> names(String location, String... more) {
    return list(location, more).repositories(_ -> true).stream()
        .map(ForgeRepository::name)
        .toList();
  }

  private static Map<String, Object> gitHub(String name, boolean archived, boolean fork) {
    return Map.of(
        "name",
        name,
        "clone_url",
        "https://github.com/acme/" + name + ".git",
        "archived",
        archived,
        "fork",
        fork,
        "pushed_at",
        "2026-01-01T00:00:00Z",
        "default_branch",
        "main");
  }

  @Test
  void pagesAreFollowedToTheLast() {
    IntStream.range(0, 8).forEach(i -> forge.put("r" + i, gitHub("r" + i, false, false)));

    assertThat(list("github-org:acme").repositories(_ -> true))
        .hasSize(8)
        .first()
        .isEqualTo(
            new ForgeRepository(
                "r0", "https://github.com/acme/r0.git", "2026-01-01T00:00:00Z main"));
    assertThat(forge.requests).hasSize(3).first().asString().startsWith("/orgs/acme/repos?");
    assertThat(forge.tokens).isEmpty();
  }

  @Test
  void archivedOnesAndForksAreReadIfTheyAreWanted() {
    forge.put("a", gitHub("a", true, false));
    forge.put("b", gitHub("b", false, true));
    forge.put("c", gitHub("c", false, false));

    assertThat(names("github-org:acme")).containsExactly("c");
    assertThat(names("github-org:acme?archived")).containsExactly("a", "c");
    assertThat(names("github-org:acme?archived&forks")).containsExactly("a", "b", "c");
    assertThat(names("github-org:acme?forks#B")).containsExactly("b");
  }

  @Test
  void gitLabListsSubgroupsToo() {
    forge.put(
        "a",
        Map.of(
            "path_with_namespace", "Acme/tools/a",
            "http_url_to_repo", "https://gitlab.com/acme/tools/a.git"));
    forge.put(
        "b",
        Map.of(
            "path_with_namespace", "acme/b",
            "http_url_to_repo", "https://gitlab.com/acme/b.git",
            "forked_from_project", Map.of("id", 1)));
    forge.put(
        "c",
        Map.of(
            "path_with_namespace", "acme/c",
            "http_url_to_repo", "https://gitlab.com/acme/c.git",
            "empty_repo", true));

    assertThat(names("gitlab-group:acme", "GITLAB_TOKEN", "t")).containsExactly("tools/a");
    assertThat(forge.requests.getFirst()).startsWith("/groups/acme/projects?");
    assertThat(forge.tokens).containsExactly("t");
  }

  @Test
  void giteaGetsItsTokenOnlyWhereItsApiIsNamed() {
    forge.put("a", Map.of("name", "a", "clone_url", forge.api() + "/acme/a.git"));
    String here = forge.api().substring("http://".length());

    assertThat(names("gitea-org:" + here + "/acme", "GITEA_TOKEN", "t")).containsExactly("a");
    assertThat(forge.tokens).containsExactly("token t");
    ForgeAddress elsewhere = ForgeAddress.of("gitea-org:codeberg.org/acme");
    Map<String, String> variables =
        Map.of("GITEA_TOKEN", "t", "GITEA_API_URL", "https://codeberg.org.evil.test/api/v1");
    assertThat(elsewhere.token(variables)).isEmpty();
    assertThat(elsewhere.api(variables)).isEqualTo("https://codeberg.org/api/v1");
  }

  @Test
  void aSpentLimitSaysUntilWhen() {
    forge.status = 403;
    forge.headers = Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1767225600");

    assertThatThrownBy(() -> names("github-org:acme"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "127.0.0.1 accepts no more requests until 2026-01-01T00:00:00Z: try again then, or set GITHUB_TOKEN, which has a higher limit");
    assertThat(forge.requests).hasSize(1);
  }

  @Test
  void everyOtherRefusalSaysWhatToDo() {
    forge.status = 404;
    assertThatThrownBy(() -> names("github-org:acme"))
        .hasMessage(
            "127.0.0.1 has no github-org:acme: check the name, or set GITHUB_TOKEN if it is private");
    forge.status = 401;
    assertThatThrownBy(() -> names("github-org:acme", "GITHUB_TOKEN", "secret"))
        .hasMessageContaining("status 401")
        .hasMessageNotContaining("secret");
    forge.status = 302;
    forge.headers = Map.of("Location", forge.api() + "/elsewhere");
    assertThatThrownBy(() -> names("github-org:acme")).hasMessageContaining("status 302");
    assertThat(forge.requests).noneMatch(path -> path.contains("elsewhere"));
  }

  @Test
  void aListThatGoesOnWithAPageOfBeforeIsRefused() {
    forge.put("r0", gitHub("r0", false, false));
    forge.headers =
        Map.of("Link", "<%s/orgs/acme/repos?page=1>; rel=\"next\"".formatted(forge.api()));

    assertThatThrownBy(() -> names("github-org:acme"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("goes on with a page that it has had");
    assertThat(forge.requests).hasSize(2);
  }

  @Test
  void aListThatStopsComingIsGivenUp() {
    forge.put("r0", gitHub("r0", false, false));
    forge.stalls = true;
    var list =
        new ForgeList(
            ForgeAddress.of("github-org:acme"),
            Map.of("GITHUB_API_URL", forge.api()),
            Duration.ofMillis(300));

    assertThatThrownBy(() -> list.repositories(_ -> true))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("cannot list github-org:acme")
        .hasMessageContaining("its answer stopped");
  }

  @Test
  void anOrganisationThatHasMovedIsToBeNamedAnew() {
    forge.status = 301;
    forge.headers = Map.of("Location", forge.api() + "/orgs/other/repos");

    assertThatThrownBy(() -> names("github-org:acme"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has moved github-org:acme to")
        .hasMessageContaining("/orgs/other/repos (status 301): give its present name")
        .matches(e -> ((UserError) e).kind() == UserError.Kind.NOT_FOUND);
    assertThat(forge.requests).hasSize(1);
  }

  @Test
  void aListThatGoesOnElsewhereIsRefused() {
    IntStream.range(0, 4).forEach(i -> forge.put("r" + i, gitHub("r" + i, false, false)));
    forge.elsewhere = "http://127.0.0.1:1";

    assertThatThrownBy(() -> names("github-org:acme"))
        .hasMessageContaining("continues its list of repositories elsewhere");
  }

  @Test
  void noApiMakesUsReadAFileOrAnyOtherProtocol() {
    forge.put("a", Map.of("name", "a", "clone_url", "ext::sh -c id"));
    assertThatThrownBy(() -> names("github-org:acme")).hasMessageContaining("ext::sh -c id");
    forge.put("a", Map.of("name", "../a", "clone_url", "https://github.com/acme/a.git"));
    assertThatThrownBy(() -> names("github-org:acme")).hasMessageContaining("../a");
  }

  @Test
  void aTokenGoesToTheHostOfTheForgeOnly() throws Exception {
    ForgeList list = new ForgeList(ForgeAddress.of("github-org:acme"), Map.of("GITHUB_TOKEN", "t"));
    CredentialsProvider own =
        list.credentials(new ForgeRepository("a", "https://github.com/acme/a.git", ""))
            .orElseThrow();
    var password = new CredentialItem.Password();

    assertThat(own.get(new URIish("https://evil.test/acme/a.git"), password)).isFalse();
    assertThat(own.get(new URIish("http://github.com/acme/a.git"), password)).isFalse();
    assertThat(password.getValue()).isNull();
    assertThat(own.get(new URIish("https://github.com/acme/a.git"), password)).isTrue();
    assertThat(password.getValue()).containsExactly('t');
    assertThat(list.credentials(new ForgeRepository("a", "https://evil.test/acme/a.git", "")))
        .isEmpty();
  }

  @Test
  void aListFileTellsEqualNamesApart() throws Exception {
    Path file =
        Files.writeString(
            temp.resolve("list"),
            """
            # ours
            https://github.com/acme/one.git
            git@github.com:acme/tools.git  # theirs
            https://gitlab.com/other/tools
            https://gitlab.com/other/tools
            """);

    assertThat(names("git-list:" + file)).containsExactly("one", "acme/tools", "other/tools");
    assertThatThrownBy(
            () -> list("git-list:" + file).repositories(line -> line.startsWith("https://")))
        .hasMessageContaining("\"git@github.com:acme/tools.git\"");
    assertThatThrownBy(() -> names("git-list:" + temp.resolve("none")))
        .hasMessageContaining("cannot read the list");
  }

  @Test
  void impossibleNamesAreRefused() {
    for (String wrong :
        List.of(
            "github-org:a/b",
            "github-org:a b",
            "github-org:..",
            "gitea-org:acme",
            "gitea-org:ho st/acme",
            "gitlab-group:a//b",
            "github-org:acme?private")) {
      assertThat(ForgeAddress.isMeant(wrong)).isTrue();
      assertThatThrownBy(() -> ForgeAddress.of(wrong)).isInstanceOf(UserError.class);
    }
    assertThat(ForgeAddress.of("github-org:acme?forks&archived#x"))
        .hasToString("github-org:acme?archived&forks");
  }
}
