package brimful.source;

import static brimful.source.Listings.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OverlapTest {
  @TempDir private Path temp;

  private final List<String> notes = new ArrayList<>();

  /// Returns the ids of all files of some locations.
  private List<String> listed(String... locations) {
    var sources = new Sources(Rules.standard(), temp.resolve("cache"), Listings.CLOCK);
    var parts = new ArrayList<JoinedSource.Part>();
    for (NamedLocation one : NamedLocation.of(List.of(locations))) {
      String prefix = one.isFile() ? "" : one.prefix();
      parts.add(new JoinedSource.Part(prefix, sources.open(one, true), one.location()));
    }
    try (Source all = JoinedSource.once(parts, notes::add)) {
      return all.list().stream().map(listed -> listed.id().value()).toList();
    }
  }

  private String path(String name) {
    return temp.resolve(name).toString();
  }

  /// Makes a repository with a file in each of two folders, and returns its address.
  private String repository() throws Exception {
    Path work = temp.resolve("repo");
    write(work, "docs/a.md", "a");
    write(work, "docs/api/b.md", "b");
    write(work, "src/c.txt", "c");
    try (Git git = Git.init().setDirectory(work.toFile()).setInitialBranch("main").call()) {
      git.add().addFilepattern(".").call();
      git.commit().setMessage("m").setSign(false).setAuthor("A", "a@example.org").call();
      Git.cloneRepository()
          .setURI(work.toUri().toString())
          .setBare(true)
          .setDirectory(temp.resolve("bare.git").toFile())
          .call()
          .close();
    }
    return "file://" + path("bare.git");
  }

  @Test
  void saysWhichLocationLiesInWhichAndReadsEachFileOnce() throws Exception {
    write(temp, "x/f.md", "f");
    write(temp, "x/sub/g.md", "g");
    Files.createSymbolicLink(temp.resolve("link"), temp.resolve("x/sub"));

    assertThat(listed(path("x"), path("x/sub"), path("link")))
        .containsExactly("x/f.md", "x/sub/g.md");

    assertThat(notes)
        .containsExactly(
            "%s is the same as %s: its files are read once".formatted(path("link"), path("x/sub")),
            "%s lies in %1$s: files of both are read once, as those of %1$s"
                .replace("%1$s", path("x"))
                .formatted(path("x/sub")));
  }

  @Test
  void aRepositoryIsReadOnceByTwoOfItsAddresses() throws Exception {
    String address = repository();

    assertThat(listed(address, address.replaceFirst("\\.git$", ".git/")))
        .containsExactly("docs/a.md", "docs/api/b.md", "src/c.txt");

    assertThat(notes).singleElement().asString().contains("is the same as");
  }

  /// Both are of one commit, and neither lies in the other.
  @Test
  void foldersOfOneCommitAreNotTheSame() throws Exception {
    var parts = new ArrayList<JoinedSource.Part>();
    var remote = new Remote(repository(), temp.resolve("cache"));
    for (String page : List.of("main/docs/api", "main/src", "main/docs")) {
      parts.add(
          new JoinedSource.Part(
              page.replace('/', '-') + "/", remote.readPage(page, Rules.standard()), page));
    }

    try (Source all = JoinedSource.once(parts, notes::add)) {
      assertThat(all.list().stream().map(listed -> listed.id().value()))
          .containsExactlyInAnyOrder(
              "main-src/src/c.txt", "main-docs/docs/a.md", "main-docs/docs/api/b.md");
    }
    assertThat(notes)
        .containsExactly(
            "main/docs/api lies in main/docs: files of both are read once, as those of main/docs");
  }

  @Test
  void manyThatLieInOthersAreSaidInFewLines() throws Exception {
    var all = new ArrayList<String>(List.of(path("x")));
    for (int i = 0; i < 9; i++) {
      write(temp, "x/f%s.md".formatted(i), "f");
      all.add(path("x/f%s.md".formatted(i)));
    }

    assertThat(listed(all.toArray(String[]::new))).hasSize(9);
    assertThat(notes).hasSize(4).last().isEqualTo("6 more lie in others");
  }

  @ParameterizedTest
  @CsvSource({
    "https://h.org/o/n, https://h.org/o/n.git, true",
    "https://h.org/o/n, https://H.org/o/n/, true",
    "https://h.org/o/n, ssh://git@h.org/o/n.git, true",
    "https://h.org/o/n, git@h.org:o/n.git, true",
    "https://user:pass@h.org/o/n, https://h.org:443/o/n, true",
    "https://h.org/o/n@v1, https://h.org/o/n.git@v1, true",
    "https://h.org/o/n@v1, https://h.org/o/n.git@v2, false",
    "https://h.org/o/n, https://h.org/o/n@v1, false",
    "https://h.org/o/n, https://h.org/o/m, false",
    "https://h.org/o/n, https://h.org:8443/o/n, false",
    "https://h.org/o/n, web:https://h.org/o/n, false",
    "https://h.org/o/n, https://h.org/o/n/tree/main/docs, false",
    "s3://bucket/a/, s3://bucket/a, true",
    "s3://bucket/a, s3://bucket/ab, false",
  })
  void knowsTheAddressesOfOneRepository(String one, String other, boolean same) {
    assertThat(Extent.isSame(one, other)).isEqualTo(same);
    assertThat(Extent.isSame(other, one)).isEqualTo(same);
  }

  @Test
  void aPartOfABucketLiesInTheBucket() {
    Extent bucket = Extent.of("s3://bucket");
    Extent part = Extent.of("s3://bucket/a/b");

    assertThat(part.isWithin(bucket)).isTrue();
    assertThat(part.from(bucket)).isEqualTo("a/b");
    assertThat(part.from(Extent.of("s3://bucket/a"))).isEqualTo("b");
    assertThat(Extent.of("s3://bucket/ab").isWithin(Extent.of("s3://bucket/a"))).isFalse();
    assertThat(Extent.of(Path.of("/x/f")).from(Extent.of(Path.of("/")))).isEqualTo("x/f");
  }
}
