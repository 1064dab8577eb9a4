package brimful.store;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import java.util.UUID;

/// Writes files that exist as a whole or not at all, even after a power failure.
///
/// The bytes go to a draft beside the file and are flushed to disk before the draft takes the
/// file's name. A draft that cannot be finished is deleted. A symbolic link stays a link; its
/// target is replaced.
public final class AtomicFile {
  private AtomicFile() {}

  /// Writes a file's bytes.
  @FunctionalInterface
  public interface Content {
    void write(OutputStream out) throws IOException;
  }

  /// Replaces a file that only its owner may read. Creates its folder if needed.
  public static void write(Path file, byte[] bytes) throws IOException {
    Folders.create(folder(file));
    replace(file, out -> out.write(bytes), Folders.ownerOnly(folder(file), "rw-------"));
  }

  /// Replaces a file that others may read as far as the process's umask permits.
  public static void publish(Path file, Content content) throws IOException {
    Files.createDirectories(folder(file));
    replace(file, content, new FileAttribute<?>[0]);
  }

  /// Stays open when a writer closes it, because the bytes must still be flushed to disk.
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  private static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }

  private static void replace(Path file, Content content, FileAttribute<?>[] attributes)
      throws IOException {
    Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
    Path draft =
        target.resolveSibling(".%s.%s.part".formatted(target.getFileName(), UUID.randomUUID()));
    try {
      try (FileChannel channel =
              FileChannel.open(
                  draft,
                  Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                  attributes);
          var out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
        content.write(new Unclosed(out));
        out.flush();
        channel.force(true);
      }
      Files.move(
          draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
    force(folder(target));
  }

  /// Makes a rename durable where the system lets a folder be opened.
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException _) {
      // Windows has no such call and keeps renames in its journal.
    }
  }
}
