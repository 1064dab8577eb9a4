package brimful.source;

import static brimful.source.Listings.file;
import static brimful.source.Listings.read;
import static brimful.source.Listings.text;
import static brimful.source.Listings.verdicts;
import static brimful.source.Listings.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.source.copy.FetchWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourcesTest {
  private static final PersonIdent WHO = new PersonIdent("A", "a@example.org");

  @TempDir Path temp;
  private Path work;
  private Path bare;
  private String first = "";

  @BeforeEach
  void twoCommitsInAWorkTreeAndABareRepository() throws Exception {
    work = temp.resolve("work");
    bare = temp.resolve("repo.git");
    try (Git git = Git.init().setDirectory(work.toFile()).setInitialBranch("main").call()) {
      write(work, "src/A.java", "one");
      write(work, "tracked.txt", "x");
      write(work, "vendor/modules.txt", "x");
      git.add().addFilepattern("tracked.txt").addFilepattern("vendor").call();
      write(work, ".gitignore", "*.txt\n");
      write(work, ".brimfulignore", "private/\n");
      write(work, "private/p", "x");
      write(work, "yarn.lock", "x");
      Files.createSymbolicLink(work.resolve("link"), Path.of("/etc/hostname"));
      first = commit(git, "first").name();
      git.tag().setName("v1").setMessage("annotated").setTagger(WHO).setSigned(false).call();
      write(work, "src/A.java", "two");
      commit(git, "second");
      Git.cloneRepository()
          .setURI(work.toUri().toString())
          .setBare(true)
          .setDirectory(bare.toFile())
          .call()
          .close();
    }
  }

  /// A ref of proposed changes is a ref like any other.
  @Test
  void tellsARefFromAPage() {
    assertThat(Sources.isProposal("file:///srv/a.git/pull/9")).isTrue();
    assertThat(Sources.isProposal("https://host/owner/name/pull/9/files")).isTrue();
    assertThat(Sources.isProposal("file:///srv/a.git@refs/pull/9/head")).isFalse();
    assertThat(Sources.isProposal("https://host/owner/name@refs/pull/9/head")).isFalse();
  }

  /// A cut list would pass for files that vanished.
  @Test
  void anInterruptEndsTheListingWithoutAList(@TempDir Path folder) {
    Listings.write(folder, "src/A.java", "class A {}");
    Source source = Listings.folder(folder);

    Thread.currentThread().interrupt();

    assertThatThrownBy(source::list).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void readsATreeByItsRules() {
    try (Source source = open(bare.toString())) {
      assertThat(verdicts(source))
          .containsEntry("src/A.java", "read")
          .containsEntry("tracked.txt", "read")
          .containsEntry("private", "skipped: brimfulignore")
          .containsEntry("yarn.lock", "skipped: lock")
          .containsEntry("vendor", "skipped: vendored")
          .containsEntry("link", "skipped: link");
    }
  }

  @Test
  void resolvesTagsBranchesAndIds() {
    for (String ref : new String[] {"v1", first, first.substring(0, 8), "main~1", "HEAD~1"}) {
      assertThat(contentAt(bare + "@" + ref)).as(ref).isEqualTo("one");
    }
    assertThat(contentAt(bare + "@main")).isEqualTo("two");
    assertThat(contentAt(bare.toString())).isEqualTo("two");
    assertThat(contentAt(work + "@v1")).isEqualTo("one");
  }

  @Test
  void stampsAreBlobIds() {
    try (Source old = open(bare + "@v1");
        Source now = open(bare + "@main")) {
      assertThat(file(old, "tracked.txt").stamp())
          .hasSize(40)
          .isEqualTo(file(now, "tracked.txt").stamp());
      assertThat(file(old, "src/A.java").stamp()).isNotEqualTo(file(now, "src/A.java").stamp());
      assertThat(file(old, "src/A.java").bytes()).isEqualTo(3);
    }
  }

  @Test
  void copiesARemoteAndKeepsUp() throws Exception {
    String url = "file://" + work;
    assertThat(contentAt(url)).isEqualTo("two");
    assertThat(contentAt(url + "@v1")).isEqualTo("one");

    try (Git git = Git.open(work.toFile())) {
      write(work, "src/A.java", "three");
      commit(git, "third");
    }

    assertThat(contentAt(url)).isEqualTo("three");
    assertThat(contentAt(url + "@" + first)).isEqualTo("one");
  }

  @Test
  void readsWhatAPageOfARepositoryShows() throws Exception {
    write(work, "docs/a b.md", "a");
    try (Git git = Git.open(work.toFile())) {
      commit(git, "docs");
      git.branchCreate().setName("release/1.x").call();
    }
    var remote = new Remote("file://" + work, temp.resolve("cache"));

    assertThat(shown(remote, "main/docs")).containsExactly("docs/a b.md");
    assertThat(shown(remote, "release/1.x/docs/a%20b.md")).containsExactly("docs/a b.md");
    assertThat(shown(remote, "v1/src")).containsExactly("src/A.java");
    assertThat(shown(remote, "main")).contains("src/A.java", "docs/a b.md");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> shown(remote, "main/nowhere"))
        .withMessageStartingWith("no folder or file \"nowhere\" in ");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> shown(remote, "nobranch/docs"))
        .withMessageStartingWith("no commit \"nobranch/docs\" in ");
  }

  @Test
  void theHistoryOfAPageIsThatOfItsFolder() throws Exception {
    try (Git git = Git.open(work.toFile())) {
      git.branchCreate().setName("release/1.x").call();
    }
    var remote = new Remote("file://" + work, temp.resolve("cache"));

    try (RepositoryView folder = remote.pageView("release/1.x/src/");
        RepositoryView all = remote.pageView("main")) {
      assertThat(folder.commit()).isEqualTo("release/1.x");
      assertThat(folder.below()).isEqualTo("src/");
      assertThat(all.commit()).isEqualTo("main");
      assertThat(all.below()).isEmpty();
    }
  }

  private static List<String> shown(Remote remote, String page) {
    try (Source source = remote.readPage(page, Rules.standard())) {
      return source.list().stream().map(listed -> listed.id().value()).toList();
    }
  }

  @Test
  void tellsAPageOfARepositoryFromAnAddress() {
    String url = "https://github.com/o/n";
    Path cache = temp.resolve("cache");

    for (String page : List.of("/tree/main/docs", "/blob/main/a.md#L3", "/-/tree/main/a/")) {
      assertThat(Sources.copy(url + page, cache)).as(page).isEqualTo(Sources.copy(url, cache));
    }
    assertThat(Sources.copy("https://host/group/tree/n.git@v1", cache))
        .isEqualTo(Sources.copy("https://host/group/tree/n.git", cache))
        .isNotEqualTo(Sources.copy("https://host/group", cache));
  }

  @Test
  void findsEachListedFileAgainUnderItsLocation() throws IOException {
    write(work, "odd\nname.txt", "a line break in a name");
    for (String location : List.of(work.toString(), bare.toString(), bare + "@v1")) {
      try (Source source = open(location);
          Source again = open(source.location())) {
        for (Listed listed : source.list()) {
          if (listed instanceof Listed.File file) {
            Listed.File found = again.file(file.id()).orElseThrow();

            assertThat(found.stamp()).isEqualTo(file.stamp());
            assertThat(found.bytes()).isEqualTo(file.bytes());
            assertThat(text(found)).isEqualTo(text(file));
          }
        }
        assertThat(again.file(new DocumentId("no/such.txt"))).isEmpty();
      }
    }
  }

  @Test
  void findsNothingOutsideOfItsFolder() throws IOException {
    write(temp, "secret.txt", "not yours");
    Files.createSymbolicLink(work.resolve("link.txt"), temp.resolve("secret.txt"));
    Files.createSymbolicLink(work.resolve("folder"), temp);

    try (Source source = open(work.toString())) {
      assertThat(source.file(new DocumentId("../secret.txt"))).isEmpty();
      assertThat(source.file(new DocumentId("src/../../secret.txt"))).isEmpty();
      assertThat(source.file(new DocumentId("link.txt"))).isEmpty();
      assertThat(source.file(new DocumentId("folder/secret.txt"))).isEmpty();
    }
  }

  @Test
  void opensAFolderAndASingleFile() throws IOException {
    write(temp, "single/yarn.lock", "x");
    Path link = Files.createSymbolicLink(temp.resolve("to-work"), work);

    assertThat(read(open(work.toString()))).contains("src/A.java").doesNotContain("yarn.lock");
    assertThat(read(open(link.toString()))).contains("src/A.java");
    assertThat(read(open(temp.resolve("single/yarn.lock").toString())))
        .containsExactly("yarn.lock");
  }

  @Test
  void aNameWithAnAtSignIsAFileIfThereIsOne() {
    write(temp, "a@b.txt", "x");

    assertThat(read(open(temp.resolve("a@b.txt").toString()))).containsExactly("a@b.txt");
  }

  @Test
  void saysWhatIsWrong() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> open(temp + "/nowhere"))
        .withMessageEndingWith("nowhere\": check the path, or name a git address");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> open(temp + "@v1"))
        .withMessageContaining("is not a git repository: name the top of a work tree");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> open(bare + "@v9"))
        .withMessageContaining("no commit \"v9\" in");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> open(bare + "@a..b"))
        .withMessageContaining("no commit \"a..b\" in");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> open("file:///nowhere/repo.git"))
        .withMessageStartingWith("cannot fetch file:///nowhere/repo.git, ")
        .returns(UserError.Kind.UNAVAILABLE, UserError::kind)
        .withMessageContaining("check the address");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> open("git@host.invalid:repo.git"))
        .withMessageStartingWith("cannot fetch git@host.invalid:repo.git, its host is unknown: ");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> open("https://host.invalid/repo.git"))
        .withMessageStartingWith(
            "cannot fetch https://host.invalid/repo.git, its host is unknown: ");
  }

  @Test
  void aRepositoryWithoutCommitsIsNamed() throws Exception {
    Path empty = temp.resolve("empty.git");
    Git.init().setBare(true).setDirectory(empty.toFile()).call().close();

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> open(empty.toString()))
        .withMessageContaining("has no commit yet");
  }

  @Test
  void readsARepositoryWithReftables() throws Exception {
    try (var repository = (FileRepository) Git.open(work.toFile()).getRepository()) {
      repository.convertRefStorage("reftable", true, false);
    }

    assertThat(contentAt(work.toString())).isEqualTo("two");
    assertThat(contentAt(work + "@v1")).isEqualTo("one");
    assertThat(contentAt(work + "@HEAD")).isEqualTo("two");
  }

  @Test
  void sha256IdsAreRefusedInOneLine() throws IOException {
    Path config = work.resolve(".git/config");
    Files.writeString(config, Files.readString(config) + "[extensions]\n\tobjectFormat = sha256\n");

    for (String location : List.of(work + "@HEAD", "file://" + work)) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> open(location))
          .withMessageContaining("has SHA-256 ids, and its commits cannot be read");
    }
  }

  @Test
  void aFetchEndsAtItsLimit() {
    var watch = new FetchWatch(Duration.ZERO, () -> {}, () -> false);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> watch.during(() -> open("file://" + work)))
        .withMessageContaining("takes longer than 0 minutes: clone it yourself")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(UserError.Kind.TIMEOUT));
    assertThat(contentAt("file://" + work)).isNotEmpty();
  }

  @Test
  void aFetchThatIsCancelledIsNoFailure() {
    FetchWatch watch = FetchWatch.ending(() -> true);

    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> watch.during(() -> open("file://" + work)));
    assertThat(contentAt("file://" + work)).isNotEmpty();
  }

  @Test
  void neverShowsAPassword() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> open("http://me:hunter2@127.0.0.1:1/r.git"))
        .withMessageContaining("127.0.0.1")
        .withMessageNotContaining("hunter2");
  }

  private Source open(String location) {
    return new Sources(Rules.standard(), temp.resolve("cache"), Listings.CLOCK).open(location);
  }

  private String contentAt(String location) {
    try (Source source = open(location)) {
      return text(file(source, "src/A.java"));
    }
  }

  private static RevCommit commit(Git git, String message) throws Exception {
    git.add().addFilepattern(".").call();
    return git.commit().setMessage(message).setAuthor(WHO).setCommitter(WHO).setSign(false).call();
  }
}
