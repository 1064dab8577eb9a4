package brimful.source;

import static brimful.source.Listings.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.ingest.Claims;
import brimful.source.own.OwnFiles;
import brimful.testing.FakeForge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RepositoriesTest {
  private static final PersonIdent WHO = new PersonIdent("A", "a@example.org");
  private static final String LONG_AGO = "2025-01-01T00:00:00Z";

  private final FakeForge forge = new FakeForge(2);

  @TempDir Path temp;

  @BeforeEach
  void threeRepositories() throws Exception {
    for (String name : List.of("one", "two", "three")) {
      commit(name, "first");
      show(name, LONG_AGO);
    }
  }

  @AfterEach
  void stop() {
    forge.close();
  }

  private void commit(String name, String text) throws Exception {
    Path folder = Files.createDirectories(temp.resolve(name));
    Files.writeString(folder.resolve("a.txt"), text);
    try (Git git = Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call()) {
      git.add().addFilepattern(".").call();
      git.commit().setMessage(text).setAuthor(WHO).setCommitter(WHO).setSign(false).call();
    }
  }

  private void show(String name, String pushed) {
    forge.put(
        name,
        Map.of(
            "name",
            name,
            "clone_url",
            "file://" + temp.resolve(name),
            "pushed_at",
            pushed,
            "default_branch",
            "main"));
  }

  private Sources sources() {
    return new Sources(
        Rules.standard(),
        temp.resolve("cache"),
        Listings.CLOCK,
        Map.of("GITHUB_API_URL", forge.api()),
        OwnFiles.NONE);
  }

  private Map<String, String> texts(String location) {
    try (Source source = sources().open(location)) {
      return source.list().stream()
          .collect(
              Collectors.toMap(
                  listed -> listed.id().value(),
                  listed ->
                      switch (listed) {
                        case Listed.File file -> text(file);
                        case Listed.Left(_, Outcome outcome) -> outcome.display();
                      }));
    }
  }

  @Test
  void eachRepositoryIsAFolder() {
    assertThat(texts("github-org:acme"))
        .isEqualTo(Map.of("one/a.txt", "first", "two/a.txt", "first", "three/a.txt", "first"));
    assertThat(texts("github-org:acme#two")).isEqualTo(Map.of("two/a.txt", "first"));
  }

  @Test
  void aRepositoryIsAskedAgainOnceItsStampHasChanged() throws Exception {
    texts("github-org:acme");
    commit("one", "second");
    commit("two", "second");
    show("two", "2025-02-02T00:00:00Z");
    forge.remove("three");

    assertThat(texts("github-org:acme"))
        .isEqualTo(Map.of("one/a.txt", "first", "two/a.txt", "second"));
    assertThat(texts("github-org:acme#one")).isEqualTo(Map.of("one/a.txt", "second"));
  }

  /// A second push within the second of the first leaves the stamp as it was.
  @Test
  void aStampOfJustNowIsNotTrusted() throws Exception {
    show("one", Listings.NOW.minusSeconds(2).toString());
    texts("github-org:acme");
    commit("one", "second");

    assertThat(texts("github-org:acme")).containsEntry("one/a.txt", "second");
  }

  @Test
  void oneThatIsAwayIsReadFromItsCopyAndSaysSo() throws Exception {
    texts("github-org:acme");
    Files.move(temp.resolve("one"), temp.resolve("gone"));
    show("one", "2025-02-02T00:00:00Z");
    show("never", LONG_AGO);

    Map<String, String> texts = texts("github-org:acme");

    assertThat(texts).containsEntry("one/a.txt", "first").containsEntry("two/a.txt", "first");
    assertThat(texts.get("one/.git"))
        .startsWith("failed: cannot fetch")
        .containsPattern(
            "your access; commit [0-9a-f]{12} of \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC is read instead$")
        .doesNotContain(temp.resolve("cache").toString());
    assertThat(texts.get("never/.git"))
        .startsWith("failed: cannot fetch")
        .endsWith("your access; there is no copy, so none is read");
  }

  @Test
  void anEmptyOneIsSkipped() throws Exception {
    Git.init().setDirectory(temp.resolve("empty").toFile()).call().close();
    show("empty", LONG_AGO);

    assertThat(texts("github-org:acme").get("empty/.git")).contains("repository without a commit");
  }

  @Test
  void aListThatFailsIsNoEmptyOne() {
    forge.status = 500;

    assertThatThrownBy(() -> texts("github-org:acme"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("answered with status 500");
  }

  @Test
  void whatAListNamesIsCheckedFirst() throws Exception {
    Path list = Files.writeString(temp.resolve("list"), "file://" + temp.resolve("one") + "\n");

    assertThat(texts("git-list:" + list)).isEqualTo(Map.of("one/a.txt", "first"));
    assertThatThrownBy(() ->
            sources()
                .open(
                    "git-list:" + list,
                    address -> {
                      throw new UserError(UserError.Kind.FORBIDDEN, "not " + address);
                    }))
        .hasMessage("not file://" + temp.resolve("one"));
  }

  @Test
  void workersAreSentToTheRepositories() {
    try (Source source = sources().open("github-org:acme")) {
      assertThat(Claims.of(source, Rules.standard()).keySet())
          .extracting(Object::toString)
          .containsExactlyInAnyOrder("one/a.txt", "two/a.txt", "three/a.txt");
      assertThat(Claims.sources(source)).contains("file://" + temp.resolve("two"));
    }
  }
}
