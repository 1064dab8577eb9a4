package brimful.source;

import static brimful.source.Listings.NOW;
import static brimful.source.Listings.file;
import static brimful.source.Listings.folder;
import static brimful.source.Listings.read;
import static brimful.source.Listings.text;
import static brimful.source.Listings.verdicts;
import static brimful.source.Listings.write;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import brimful.corpus.DocumentId;
import brimful.source.git.GitEnvironment;
import brimful.source.own.OwnFiles;
import brimful.testing.Seeds;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderSourceTest {
  @TempDir Path root;

  @Test
  void listsWithStampSizeAndBytes() {
    write(root, "src/A.java", "class A {}");

    Listed.File file = file(folder(root), "src/A.java");

    assertThat(file.bytes()).isEqualTo(10);
    assertThat(file.stamp()).startsWith("10-");
    assertThat(text(file)).isEqualTo("class A {}");
  }

  @Test
  void ordersByCodePoint() {
    for (String name : new String[] {"b", "B", "a/z", "a.txt", "ä", "\uD83D\uDE00", "\uFF5E"}) {
      write(root, name, "x");
    }

    assertThat(folder(root).list())
        .extracting(listed -> listed.id().value())
        .containsExactly("B", "a.txt", "a/z", "b", "ä", "\uFF5E", "\uD83D\uDE00");
  }

  @Test
  void looksIntoFilesWhoseNamesOnlySuggestAProgram() {
    write(root, "README.pt", "Leia-me: instruções do marolo");
    write(root, "diodes.lib", ".model D1N4148 D (IS=2.52n)");
    write(root, "model.pt", "PK\u0003\u0004\u0000\u0000archive/data.pkl");
    write(root, "libx.a", "!<arch>\n/ 0 0 0 0 14 `\n");
    write(root, "logo.png", "text");

    assertThat(verdicts(folder(root)))
        .containsEntry("README.pt", "read")
        .containsEntry("diodes.lib", "read")
        .containsEntry("model.pt", "skipped: binary")
        .containsEntry("libx.a", "skipped: binary")
        .containsEntry("logo.png", "skipped: media");
  }

  @Test
  void nestedIgnoreFilesOverruleTheOuterOnes() {
    write(root, ".gitignore", "*.log\n/only-here\nlogs/\n");
    write(root, "a.log", "x");
    write(root, "only-here", "x");
    write(root, "deep/only-here", "x");
    write(root, "deep/.gitignore", "!keep.log\n");
    write(root, "deep/keep.log", "x");
    write(root, "deep/drop.log", "x");
    write(root, "deep/logs/keep.log", "x");

    assertThat(verdicts(folder(root)))
        .containsEntry("a.log", "skipped: gitignore")
        .containsEntry("only-here", "skipped: gitignore")
        .containsEntry("deep/only-here", "read")
        .containsEntry("deep/keep.log", "read")
        .containsEntry("deep/drop.log", "skipped: gitignore")
        .containsEntry("deep/logs", "skipped: gitignore")
        .doesNotContainKey("deep/logs/keep.log");
  }

  @Test
  void brimfulignoreHasTheLastWord() {
    write(root, ".gitignore", "notes/\n*.tmp\n");
    write(root, ".brimfulignore", "/secret\n!notes/\n!keep.tmp\n!yarn.lock\n");
    write(root, "secret/key", "x");
    write(root, "notes/n.md", "x");
    write(root, "keep.tmp", "x");
    write(root, "yarn.lock", "x");
    write(root, "go.sum", "x");

    assertThat(verdicts(folder(root)))
        .containsEntry("secret", "skipped: brimfulignore")
        .containsEntry("notes/n.md", "read")
        .containsEntry("keep.tmp", "read")
        .containsEntry("yarn.lock", "read")
        .containsEntry("go.sum", "skipped: lock");
  }

  @Test
  void readsWhatGitTracksThoughIgnored() throws Exception {
    write(root, "build/tracked.txt", "x");
    write(root, "build/deep/tracked.txt", "x");
    write(root, "build/untracked.txt", "x");
    write(root, "build/other/untracked.txt", "x");
    try (Git git = Git.init().setDirectory(root.toFile()).call()) {
      git.add().addFilepattern("build/tracked.txt").addFilepattern("build/deep").call();
    }
    write(root, ".gitignore", "build/\n");

    assertThat(verdicts(folder(root)))
        .doesNotContainKey(".git")
        .containsEntry("build/tracked.txt", "read")
        .containsEntry("build/deep/tracked.txt", "read")
        .containsEntry("build/untracked.txt", "skipped: gitignore")
        .containsEntry("build/other", "skipped: gitignore");
  }

  @Test
  void knowsTheWorkTreeAroundAndTheExcludes() throws Exception {
    try (Git git = Git.init().setDirectory(root.toFile()).call()) {
      git.getRepository();
    }
    write(root, ".gitignore", "sub/*.out\n");
    write(root, ".git/info/exclude", "private\n");
    write(root, "home/.gitconfig", "[core]\n  excludesFile = ~/mine\n");
    write(root, "home/mine", "*.bak\n");
    write(root, "sub/a.out", "x");
    write(root, "sub/private", "x");
    write(root, "sub/b.bak", "x");
    write(root, "sub/c.txt", "x");

    var source =
        new FolderSource(
            root.resolve("sub").toRealPath(),
            Rules.standard(),
            Listings.CLOCK,
            new GitEnvironment(
                Map.of("GIT_CONFIG_NOSYSTEM", "1", "HOME", root.resolve("home").toString())),
            OwnFiles.NONE);

    assertThat(verdicts(source))
        .containsEntry("a.out", "skipped: gitignore")
        .containsEntry("private", "skipped: gitignore")
        .containsEntry("b.bak", "skipped: gitignore")
        .containsEntry("c.txt", "read");
  }

  @Test
  void rulesCanBeSwitchedOff() {
    write(root, ".gitignore", "*.tmp\n");
    write(root, "a.tmp", "x");
    write(root, "yarn.lock", "x");
    write(root, "node_modules/x/index.js", "x");

    var rules = Rules.standard().without("gitignore").without("lock").without("vendored");

    assertThat(read(folder(root, rules)))
        .containsExactly(".gitignore", "a.tmp", "node_modules/x/index.js", "yarn.lock");
  }

  @Test
  void followsNoLink() throws IOException {
    Path outside = Files.createTempDirectory("outside");
    write(outside, "secret", "x");
    write(root, "a/file", "x");
    Files.createSymbolicLink(root.resolve("a/loop"), root.resolve("a"));
    Files.createSymbolicLink(root.resolve("out"), outside);
    Files.createSymbolicLink(root.resolve("inside"), Path.of("a/file"));
    Files.createSymbolicLink(root.resolve("dangling"), Path.of("nowhere"));

    var verdicts = verdicts(folder(root));

    assertThat(verdicts)
        .containsEntry("a/file", "read")
        .containsEntry("a/loop", "skipped: link")
        .containsEntry("out", "skipped: link")
        .containsEntry("inside", "skipped: link")
        .containsEntry("dangling", "skipped: link")
        .hasSize(5);
  }

  @Test
  void doesNotReadAFileThatBecameALink() throws IOException {
    Path file = write(root, "a", "x");
    Listed.File listed = file(folder(root), "a");
    Files.delete(file);
    Files.createSymbolicLink(file, Path.of("/etc/hostname"));

    assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> text(listed));
  }

  @Test
  void leavesSpecialFilesOut() throws IOException {
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(root.resolve("socket")));

      assertThat(verdicts(folder(root))).containsEntry("socket", "skipped: special file");
    }
  }

  @Test
  void namesAFolderThatMayNotBeRead() throws IOException {
    Path closed = Files.createDirectory(root.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(closed), "SKIPPED: this user may read everything (root)");

    assertThat(verdicts(folder(root))).containsEntry("closed", "failed: permission denied");
  }

  @Test
  void goesOnlySoDeep() throws IOException {
    String deep = "d/".repeat(FolderSource.DEPTH_MAX + 5);
    Files.createDirectories(root.resolve(deep));

    assertThat(verdicts(folder(root)))
        .containsExactly(
            java.util.Map.entry(
                "d/".repeat(FolderSource.DEPTH_MAX) + "d", "failed: lies deeper than 100 folders"));
  }

  @Test
  void makesIdsOfOddNames() {
    write(root, "wow!/file", "x");
    write(root, "new\nline", "1");
    write(root, "new%0Aline", "2");
    write(root, "new\\x0Aline", "3");
    write(root, "in.zip!/a.txt", "4");

    assertThat(read(folder(root)))
        .containsExactly(
            "in.zip\\x21/a.txt", "new%0Aline", "new\\x0Aline", "new\\x5Cx0Aline", "wow\\x21/file");
    DocumentId id = file(folder(root), "wow\\x21/file").id();
    assertThat(id.item()).isEqualTo(id);
    assertThat(folder(root).file(new DocumentId("wow!/file"))).isEmpty();
    assertThat(folder(root).file(new DocumentId("new\\x6Cine"))).isEmpty();
  }

  @Test
  void readsNamesThatAreNotUtf8() {
    write(root, "Übersicht/für.txt".getBytes(ISO_8859_1), "latin");
    write(root, "Übersicht/für.txt".getBytes(UTF_8), "utf-8");
    write(root, new byte[] {'a', (byte) 0xef, (byte) 0xbf, (byte) 0xbd}, "replacement character");
    write(root, new byte[] {'a', (byte) 0xff}, "no character");
    write(root, ".gitignore", "*.log\n");
    write(root, "ä.log".getBytes(ISO_8859_1), "x");

    assertThat(verdicts(folder(root)))
        .containsEntry("\\xDCbersicht/f\\xFCr.txt", "read")
        .containsEntry("Übersicht/für.txt", "read")
        .containsEntry("a\uFFFD", "read")
        .containsEntry("a\\xFF", "read")
        .containsEntry("\\xE4.log", "skipped: gitignore");
    assertThat(text(folder(root).file(new DocumentId("\\xDCbersicht/f\\xFCr.txt")).orElseThrow()))
        .isEqualTo("latin");
  }

  /// The invariant of names: every file has an id of its own, and is found again by it.
  @Seeds
  void findsAFileOfAnyNameAgain(long seed) {
    var random = new Random(seed);
    Map<String, String> written = new HashMap<>();
    for (int i = 0; i < 150; i++) {
      byte[] path = randomPath(random);
      String shown = new String(path, ISO_8859_1);
      try {
        write(root, path, "text " + i);
        written.put(shown, "text " + i);
      } catch (UncheckedIOException e) {
        // The name is too long, or a folder's already.
      }
    }

    FolderSource source = folder(root, new Rules(Set.of()));

    Map<DocumentId, Listed.File> listed = new HashMap<>();
    source.list().forEach(file -> assertThat(listed.put(file.id(), (Listed.File) file)).isNull());
    assertThat(listed.values().stream().map(Listings::text).toList())
        .containsExactlyInAnyOrderElementsOf(written.values());
    listed.forEach((id, file) -> {
      assertThat(text(source.file(id).orElseThrow())).isEqualTo(text(file));
      assertThat(written).containsEntry(new String(id.path(), ISO_8859_1), text(file));
    });
  }

  private static byte[] randomPath(Random random) {
    String[] parts = {
      "a", "!", "!/", "..x", "\\", "\\x41", "\\u{85}", "%", " ", "~2", "ü", "\u202E", "\n", "設備",
      "~"
    };
    var path = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      path.append(
          random.nextBoolean()
              ? new String(parts[random.nextInt(parts.length)].getBytes(UTF_8), ISO_8859_1)
              : Character.toString((char) (1 + random.nextInt(255))));
    }
    byte[] bytes =
        path.toString().replaceAll("/+", "/").replaceAll("^/|/$", "").getBytes(ISO_8859_1);
    String shown = new String(bytes, ISO_8859_1);
    boolean usable =
        !shown.isEmpty()
            && !Arrays.asList(shown.split("/", -1)).contains(".")
            && !Arrays.asList(shown.split("/", -1)).contains("..");
    return usable ? bytes : new byte[] {'z'};
  }

  @Test
  void stampTellsAReplacedFileAndNeverTrustsAFreshOne() throws IOException {
    Path file = write(root, "a", "one");
    String settled = file(folder(root), "a").stamp();
    assertThat(file(folder(root), "a").stamp()).isEqualTo(settled);

    Path other = write(root, "b", "two");
    Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(file(folder(root), "a").stamp()).isNotEqualTo(settled);

    Files.setLastModifiedTime(file, FileTime.from(NOW.minusMillis(1500)));
    assertThat(file(folder(root), "a").stamp()).contains("unsettled");
  }

  @Test
  void anUnknownRootIsNamed() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> folder(root.resolve("nowhere")).list())
        .withMessageContaining("nowhere");
  }

  /// Git itself is the judge: what `git ls-files` would show is what is read.
  @Seeds
  void agreesWithGit(long seed) throws Exception {
    var random = new Random(seed);
    String[] names = {"a", "b", "c.x", "d.y", "ab"};
    String[] patterns = {
      "a", "*.x", "/b", "a/", "!a", "!*.x", "b/*", "**/ab", "a/**/b", "?b", "!/b/"
    };
    var files = new ArrayList<String>();
    for (int i = 0; i < 25; i++) {
      int depth = 1 + random.nextInt(4);
      var path = new ArrayList<String>();
      IntStream.range(0, depth).forEach(_ -> path.add(names[random.nextInt(names.length)]));
      File file = root.resolve(String.join("/", path)).toFile();
      if ((file.getParentFile().isDirectory() || file.getParentFile().mkdirs()) && !file.exists()) {
        files.add(String.join("/", path));
        write(root, files.getLast(), "x");
      }
    }
    var folders = new ArrayList<String>(java.util.List.of(""));
    files.forEach(f -> folders.add(f.contains("/") ? f.substring(0, f.lastIndexOf('/') + 1) : ""));
    Collections.shuffle(folders, random);
    for (String folder : folders.subList(0, Math.min(3, folders.size()))) {
      var lines = new ArrayList<String>();
      IntStream.range(0, 3).forEach(_ -> lines.add(patterns[random.nextInt(patterns.length)]));
      write(root, folder + ".gitignore", String.join("\n", lines) + "\n");
    }

    try (Git git = Git.init().setDirectory(root.toFile()).call()) {
      git.add().addFilepattern(".").call();
      var shown = new ArrayList<String>();
      var cache = git.getRepository().readDirCache();
      IntStream.range(0, cache.getEntryCount())
          .forEach(i -> shown.add(cache.getEntry(i).getPathString()));
      Files.delete(root.resolve(".git/index"));

      assertThat(read(folder(root))).isEqualTo(shown);
    }
  }
}
