package brimful.source.git;

import static brimful.source.Listings.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrackedFilesTest {
  @TempDir Path root;

  @Test
  void readsWhatGitWrites() throws Exception {
    String[] paths = {"a", "ab/c", "ab/longer-name.txt", "ü/日本.md", "z".repeat(200)};
    for (String path : paths) {
      write(root, path, path);
    }
    try (Git git = Git.init().setDirectory(root.toFile()).call()) {
      git.add().addFilepattern(".").call();
    }

    TrackedFiles tracked =
        TrackedFiles.read(root.resolve(".git/index"), TrackedFiles.SHA1_BYTES, false);

    assertThat(paths).allMatch(path -> tracked.has(ByteNames.of(path)));
    assertThat(tracked.below("ab")).isTrue();
    assertThat(tracked.below("a")).isFalse();
    assertThat(tracked.has("ab")).isFalse();
  }

  @Test
  void readsSharedPrefixesOfVersionFour() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeBytes("DIRC");
    out.writeInt(4);
    out.writeInt(2);
    out.write(new byte[62]);
    out.write(0);
    out.writeBytes("dir/one\0");
    out.write(new byte[62]);
    out.write(3);
    out.writeBytes("two\0");
    Path index = Files.write(root.resolve("index"), bytes.toByteArray());

    TrackedFiles tracked = TrackedFiles.read(index, TrackedFiles.SHA1_BYTES, false);

    assertThat(tracked.has("dir/one")).isTrue();
    assertThat(tracked.has("dir/two")).isTrue();
  }

  @Test
  void aTornIndexTracksNothing() throws Exception {
    write(root, "a", "x");
    try (Git git = Git.init().setDirectory(root.toFile()).call()) {
      git.add().addFilepattern(".").call();
    }
    byte[] whole = Files.readAllBytes(root.resolve(".git/index"));
    Path torn = Files.write(root.resolve("torn"), Arrays.copyOf(whole, 40));

    assertThat(TrackedFiles.read(torn, TrackedFiles.SHA1_BYTES, false).has("a")).isFalse();
    assertThat(TrackedFiles.read(root.resolve("absent"), TrackedFiles.SHA1_BYTES, false).has("a"))
        .isFalse();
  }
}
