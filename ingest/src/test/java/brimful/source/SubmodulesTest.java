package brimful.source;

import static brimful.source.Listings.read;
import static brimful.source.Listings.text;
import static brimful.source.Listings.verdicts;
import static brimful.source.Listings.write;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SubmodulesTest {
  private static final PersonIdent WHO = new PersonIdent("A", "a@example.org");

  @TempDir Path temp;

  /// `top` has the repository `part` as `lib/part`, at its first commit; `part` has a second one.
  @BeforeEach
  void aRepositoryWithASubmodule() throws Exception {
    ObjectId first = commit(temp.resolve("part"), "p.txt", "one");
    commit(temp.resolve("part"), "p.txt", "two");
    Path top = temp.resolve("top");
    write(top, ".gitmodules", "[submodule \"x\"]\n\tpath = lib/part\n\turl = ../part\n");
    commit(top, "a.txt", "x");
    try (Git git = Git.open(top.toFile())) {
      DirCache index = git.getRepository().lockDirCache();
      DirCacheEditor editor = index.editor();
      editor.add(
          new DirCacheEditor.PathEdit("lib/part") {
            @Override
            public void apply(DirCacheEntry entry) {
              entry.setFileMode(FileMode.GITLINK);
              entry.setObjectId(first);
            }
          });
      editor.commit();
      git.commit().setMessage("sub").setAuthor(WHO).setCommitter(WHO).setSign(false).call();
    }
  }

  private static ObjectId commit(Path folder, String file, String text) throws Exception {
    write(folder, file, text);
    try (Git git = Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call()) {
      git.add().addFilepattern(".").call();
      return git.commit()
          .setMessage(text)
          .setAuthor(WHO)
          .setCommitter(WHO)
          .setSign(false)
          .call()
          .getId();
    }
  }

  private Source open(String location) {
    return new Sources(Rules.standard(), temp.resolve("cache"), Listings.CLOCK).open(location);
  }

  private void hasThePart(String location) {
    try (Source source = open(location)) {
      assertThat(read(source)).containsExactly(".gitmodules", "a.txt", "lib/part/p.txt");
      assertThat(text(source.file(new DocumentId("lib/part/p.txt")).orElseThrow()))
          .isEqualTo("one");
      assertThat(source.file(new DocumentId("lib/part/none"))).isEmpty();
    }
  }

  @Test
  void aCommitReadsItFromTheWorkTree() {
    copy(temp.resolve("part"), temp.resolve("top/lib/part"));

    hasThePart(temp.resolve("top") + "@HEAD");
  }

  @Test
  void aCommitReadsItFromWhereGitKeepsModules() {
    copy(temp.resolve("part/.git"), temp.resolve("top/.git/modules/x"));

    hasThePart(temp.resolve("top") + "@HEAD");
  }

  @Test
  void aCopyOfAnAddressHasItCopiedToo() {
    hasThePart("file://" + temp.resolve("top"));
  }

  @Test
  void oneThatIsNotToBeHadIsNamed() {
    try (Source source = open(temp.resolve("top") + "@HEAD")) {
      assertThat(verdicts(source).get("lib/part"))
          .startsWith("skipped: submodule whose commit ")
          .endsWith(" is not here");
    }
  }

  @Test
  void anAddressIsFollowedToItsOwnHostOrAPublicOne() {
    String from = "https://example.org/a/b.git";

    assertThat(Submodules.resolved(from, "../c.git")).contains("https://example.org/a/c.git");
    assertThat(Submodules.resolved(from, "./c")).contains("https://example.org/a/b.git/c");
    assertThat(Submodules.resolved("git@host:a/b", "../../c/d")).contains("git@host:c/d");
    assertThat(Submodules.resolved(from, "https://example.org/x"))
        .contains("https://example.org/x");
    for (String url :
        new String[] {
          "/etc", "file:///etc", "http://127.0.0.1/x", "ssh://example.org/x", "", "::"
        }) {
      assertThat(Submodules.resolved(from, url)).as(url).isEmpty();
    }
  }

  private static void copy(Path from, Path to) {
    try (var files = Files.walk(from)) {
      for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.resolveSibling(""));
        Files.copy(file, copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
