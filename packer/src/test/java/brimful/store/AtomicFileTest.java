package brimful.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void replacesAFileForItsOwnersEyesOnly() throws IOException {
    Path file = folder.resolve("new/state.json");

    AtomicFile.write(file, "old".getBytes(UTF_8));
    AtomicFile.write(file, "new".getBytes(UTF_8));

    assertThat(file).hasContent("new");
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(permissions(folder.resolve("new"))).isEqualTo("rwx------");
    assertThat(names(folder.resolve("new"))).containsExactly("state.json");
  }

  @Test
  void keepsTheOldFileAndNoDraftWhenWritingFails() throws IOException {
    Path file = folder.resolve("table.csv");
    Files.writeString(file, "old");

    assertThatThrownBy(() ->
            AtomicFile.publish(
                file,
                out -> {
                  out.write(new byte[1 << 20]);
                  throw new IOException("No space left on device");
                }))
        .isInstanceOf(IOException.class);

    assertThat(file).hasContent("old");
    assertThat(names(folder)).containsExactly("table.csv");
  }

  @Test
  void leavesALinkALink() throws IOException {
    Path real = Files.writeString(folder.resolve("real"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);

    AtomicFile.write(link, "new".getBytes(UTF_8));

    assertThat(link).isSymbolicLink();
    assertThat(real).hasContent("new");
  }

  @Test
  void anOverwrittenFileKeepsItsPermissionsAndItsContentUntilTheNewOneIsWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("window.md"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));

    assertThatThrownBy(() ->
            AtomicFile.overwrite(
                file,
                out -> {
                  out.write(new byte[1 << 20]);
                  throw new IOException("No space left on device");
                }))
        .isInstanceOf(IOException.class);

    assertThat(file).hasContent("old");
    AtomicFile.overwrite(file, out -> out.write("new".getBytes(UTF_8)));
    assertThat(file).hasContent("new");
    assertThat(permissions(file)).isEqualTo("rw-rw----");
    assertThat(names(folder)).containsExactly("window.md");
  }

  @Test
  void overwritesInPlaceWhatCannotBeReplaced() throws IOException {
    Path real = folder.resolve("not-there-yet");
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    // The draft's name would be too long.
    Path longest = Files.writeString(folder.resolve("x".repeat(240)), "old");
    Path nowhere = Files.createSymbolicLink(folder.resolve("nowhere"), Path.of("/dev/null"));

    for (Path file : List.of(link, longest, nowhere)) {
      AtomicFile.overwrite(file, out -> out.write("new".getBytes(UTF_8)));
    }

    assertThat(link).isSymbolicLink();
    assertThat(real).hasContent("new");
    assertThat(longest).hasContent("new");
    assertThat(nowhere).isSymbolicLink();
    assertThat(names(folder)).hasSize(4);
  }

  @Test
  void overwritingMakesNoFolder() {
    Path file = folder.resolve("missing/window.md");

    assertThatThrownBy(() -> AtomicFile.overwrite(file, out -> out.write(1)))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(file.toString());

    assertThat(folder.resolve("missing")).doesNotExist();
  }

  @Test
  void deletesTheStaleDraftsOfAFileWhateverItsName() throws IOException {
    Path file = folder.resolve("[a]*{b}.json");
    Path stale = folder.resolve(".[a]*{b}.json." + UUID.randomUUID() + ".part");
    Path fresh = folder.resolve(".[a]*{b}.json." + UUID.randomUUID() + ".part");
    Path other = folder.resolve(".a.json." + UUID.randomUUID() + ".part");
    for (Path draft : List.of(stale, fresh, other)) {
      Files.writeString(draft, "half");
    }
    for (Path draft : List.of(stale, other)) {
      Files.setLastModifiedTime(draft, FileTime.from(Instant.now().minusSeconds(7_200)));
    }

    AtomicFile.deleteStaleDrafts(file, Duration.ofHours(1));

    assertThat(stale).doesNotExist();
    assertThat(fresh).exists();
    assertThat(other).exists();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static Stream<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
