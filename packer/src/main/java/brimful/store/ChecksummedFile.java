package brimful.store;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/// A file of numbers and bytes, little-endian, that begins with given bytes and ends with a
/// checksum of everything before it. A damaged file, or one that begins differently, is not read.
public final class ChecksummedFile {
  private static final int BUFFER_BYTES = 1 << 16;

  private ChecksummedFile() {}

  /// Writes a file's content behind its start.
  @FunctionalInterface
  public interface Content {
    void write(Out out) throws IOException;
  }

  /// Replaces a file, as a whole or not at all.
  public static void write(Path path, byte[] start, Content content) throws IOException {
    AtomicFile.publish(
        path,
        stream -> {
          var out = new Out(stream);
          out.bytes(start);
          content.write(out);
          out.end();
        });
  }

  /// Maps a file without its checksum, for as long as the result is reachable; empty if there is
  /// none that is whole and begins so.
  public static Optional<MemorySegment> map(Path path, byte[] start) {
    try (FileChannel channel = FileChannel.open(path)) {
      long size = channel.size() - Long.BYTES;
      return size < start.length || !isWhole(channel, size, start)
          ? Optional.empty()
          : Optional.of(channel.map(FileChannel.MapMode.READ_ONLY, 0, size, Arena.ofAuto()));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// Reads without a map, whose pages would count as memory of this process.
  private static boolean isWhole(FileChannel channel, long size, byte[] start) throws IOException {
    var crc = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long at = 0; at < size; at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(BUFFER_BYTES, size - at));
      if (!fill(buffer, channel, at)
          || (at == 0 && !buffer.slice(0, start.length).equals(ByteBuffer.wrap(start)))) {
        return false;
      }
      crc.update(buffer);
    }
    buffer.clear().limit(Long.BYTES);
    return fill(buffer, channel, size) && buffer.getLong() == crc.getValue();
  }

  /// Reads up to the limit; returns whether there was so much.
  private static boolean fill(ByteBuffer buffer, FileChannel channel, long at) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        return false;
      }
    }
    buffer.flip();
    return true;
  }

  /// Takes what stands in a file, in order. For one thread.
  public static final class Out {
    private final OutputStream stream;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer buffer =
        ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private Out(OutputStream stream) {
      this.stream = stream;
    }

    public void ints(int... ints) throws IOException {
      for (int each : ints) {
        room(Integer.BYTES);
        buffer.putInt(each);
      }
    }

    /// @param count how many of them are written
    public void floats(float[] floats, int count) throws IOException {
      for (int i = 0; i < count; i++) {
        room(Float.BYTES);
        buffer.putFloat(floats[i]);
      }
    }

    public void longs(long... longs) throws IOException {
      for (long each : longs) {
        room(Long.BYTES);
        buffer.putLong(each);
      }
    }

    public void bytes(byte[] bytes) throws IOException {
      for (int at = 0; at < bytes.length; ) {
        room(1);
        int part = Math.min(buffer.remaining(), bytes.length - at);
        buffer.put(bytes, at, part);
        at += part;
      }
    }

    private void room(int bytes) throws IOException {
      if (buffer.remaining() < bytes) {
        flush();
      }
    }

    private void flush() throws IOException {
      crc.update(buffer.array(), 0, buffer.position());
      stream.write(buffer.array(), 0, buffer.position());
      buffer.clear();
    }

    private void end() throws IOException {
      flush();
      buffer.putLong(crc.getValue());
      stream.write(buffer.array(), 0, buffer.position());
    }
  }
}
