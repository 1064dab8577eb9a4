package brimful.http.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.store.Folders;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An answer as far as it came, in a file that outlives a killed server.
///
/// Each piece is handed to the system at once, and not forced to disk: a crash of the machine may
/// lose the last seconds. What cannot be written is said once, and the answer goes on. The stream
/// is none of `java.nio`'s, which close when their thread is interrupted. For one thread.
final class PartialAnswer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartialAnswer.class);

  /// What a cut character at the end becomes.
  private static final String CUT = "\uFFFD++$";

  private final Path file;
  private Optional<Writer> writer = Optional.empty();
  private boolean given;

  PartialAnswer(Path file) {
    this.file = file;
  }

  void add(String piece) {
    try {
      if (!given) {
        given = true;
        writer = Optional.of(open());
      }
      if (writer.isPresent()) {
        writer.get().write(piece);
        writer.get().flush();
      }
    } catch (IOException e) {
      LOG.warn("a partial answer is not kept file={} cause={}", file, e.toString());
      close();
    }
  }

  private Writer open() throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, Folders.ownerOnly(file, "rw-------"));
    return new OutputStreamWriter(new FileOutputStream(file.toFile(), true), UTF_8);
  }

  /// Returns what a file holds; nothing if there is none.
  static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), UTF_8).replaceFirst(CUT, "");
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      LOG.warn("a partial answer cannot be read file={} cause={}", file, e.toString());
      return "";
    }
  }

  /// Closes the file, which stays.
  @Override
  public void close() {
    Optional<Writer> open = writer;
    writer = Optional.empty();
    try {
      if (open.isPresent()) {
        open.get().close();
      }
    } catch (IOException e) {
      LOG.debug("a partial answer cannot be closed file={} cause={}", file, e.toString());
    }
  }
}
