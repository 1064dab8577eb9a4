package brimful.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChatEditorTest {
  @TempDir Path folder;

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void theHistoryIsItsOwnersAlone() throws IOException {
    Path made = folder.resolve("home/chat-history");
    Path there = Files.writeString(folder.resolve("open"), "1700000000000:what is it?\n");
    Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rw-rw-r--"));

    ChatEditor.makePrivate(made);
    ChatEditor.makePrivate(there);

    assertThat(permissions(made)).isEqualTo("rw-------");
    assertThat(permissions(folder.resolve("home"))).isEqualTo("rwx------");
    assertThat(permissions(there)).isEqualTo("rw-------");
    assertThat(there).hasContent("1700000000000:what is it?\n");
  }
}
