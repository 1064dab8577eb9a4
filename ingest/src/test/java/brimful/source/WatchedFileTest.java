package brimful.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchedFileTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  @TempDir private Path temp;

  /// The writer's end stays open, and nothing more comes.
  @Test
  void aFileThatWaitsForMoreFailsAfterItsBytes() throws IOException {
    try (var out = new PipedOutputStream();
        var bytes = new PipedInputStream(out);
        var patient = new WatchedFile(bytes, Duration.ofMinutes(3));
        var in = new WatchedFile(bytes, SHORT)) {
      out.write("text".getBytes(UTF_8));
      out.flush();

      assertThat(patient.readNBytes(4)).asString(UTF_8).isEqualTo("text");
      assertThatThrownBy(in::read)
          .isInstanceOf(IOException.class)
          .hasMessage("gives no bytes and no end for 0 s")
          .hasNoCause();
    }
  }

  @Test
  void anInterruptEndsTheWait() throws IOException {
    try (var out = new PipedOutputStream();
        var in = new WatchedFile(new PipedInputStream(out), Duration.ofHours(1))) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(in::read).isInstanceOf(ClosedByInterruptException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void theRestIsReadAsItIs() throws IOException {
    byte[] bytes = "text ".repeat(50_000).getBytes(UTF_8);
    Path empty = Files.createFile(temp.resolve("empty.txt"));

    try (var in = new WatchedFile(new ByteArrayInputStream(bytes), WatchedFile.SILENCE_MAX);
        InputStream none = new FolderSource.FolderContent(temp, empty).open()) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
      assertThat(none).isInstanceOf(WatchedFile.class);
      assertThat(none.readAllBytes()).isEmpty();
    }
  }
}
