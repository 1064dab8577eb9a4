package brimful.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.store.AtomicFile;
import brimful.store.Folders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The lines of a spend ledger, read as they grow. For one thread at a time, which has the ledger's
/// lock and is not interrupted.
final class SpendFile {
  private static final int READ_BYTES = 1 << 16;

  private final Path path;
  private Object identity = "none";

  /// The end of the last complete line that was read.
  private long offset;

  private int lines;
  private int damagedLine;

  SpendFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  boolean exists() {
    return Files.exists(path);
  }

  /// Returns the number of complete lines.
  int lines() {
    return lines;
  }

  /// Returns the number of the first damaged line; 0 if there is none.
  int damagedLine() {
    return damagedLine;
  }

  /// Returns whether the file was replaced since the last read; it is then read from its start.
  boolean isReplaced() throws IOException {
    Object now = "none";
    long size = 0;
    try {
      BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class);
      @Nullable Object key = is.fileKey();
      now = key == null ? is.creationTime() : key;
      size = is.size();
    } catch (NoSuchFileException e) {
      // Nothing was spent yet.
    }
    if (now.equals(identity) && size >= offset) {
      return false;
    }
    identity = now;
    offset = 0;
    lines = 0;
    damagedLine = 0;
    return true;
  }

  /// Reads the new complete lines.
  void read(Consumer<SpendEntry> entries) throws IOException {
    if (!exists()) {
      return;
    }
    var line = new ByteArrayOutputStream();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.position(offset);
      ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
      while (channel.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          byte next = buffer.get();
          if (next == '\n') {
            offset += line.size() + 1L;
            lines++;
            take(line.toString(UTF_8), entries);
            line.reset();
          } else {
            line.write(next);
          }
        }
        buffer.clear();
      }
    }
  }

  private void take(String line, Consumer<SpendEntry> entries) {
    Optional<SpendEntry> entry = SpendEntry.parse(line);
    if (entry.isPresent()) {
      entries.accept(entry.get());
    } else if (damagedLine == 0) {
      damagedLine = lines;
    }
  }

  /// Appends an entry after the last complete line, and returns when it is on disk.
  void append(SpendEntry entry) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Folders.create(folder);
    }
    byte[] bytes = (entry.line() + "\n").getBytes(UTF_8);
    boolean fresh = !exists();
    try (FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            Folders.ownerOnly(path, "rw-------"))) {
      // Anything after it was torn by a crash, and never granted.
      channel.truncate(offset);
      channel.position(offset);
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        int _ = channel.write(buffer);
      }
      channel.force(false);
    }
    if (fresh) {
      boolean _ = isReplaced();
    }
    offset += bytes.length;
    lines++;
  }

  /// Replaces all lines by their sums.
  void replace(Map<String, Double> settled, Map<String, SpendLedger.Open> open) throws IOException {
    var text = new StringBuilder();
    new TreeMap<>(settled)
        .forEach(
            (account, usd) -> text.append(new SpendEntry.Carry(account, usd).line()).append('\n'));
    new TreeMap<>(open)
        .forEach((id, one) ->
            text.append(new SpendEntry.Reserve(id, one.account(), one.usd(), one.at()).line())
                .append('\n'));
    byte[] bytes = text.toString().getBytes(UTF_8);
    AtomicFile.write(path, bytes);
    boolean _ = isReplaced();
    offset = bytes.length;
    lines = settled.size() + open.size();
  }
}
