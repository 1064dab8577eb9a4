package brimful.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.TreeSet;

/// The paths in a git index: what git tracks in a work tree, whatever its ignore files say.
///
/// Reads versions 2 to 4 of the format (git's `Documentation/gitformat-index.txt`) itself, because
/// JGit's reader writes probe files next to the index to measure the clock of the file system.
/// Paths are relative to the work tree, with forward slashes.
final class TrackedFiles {
  /// An index of a million files is about this large.
  private static final long INDEX_BYTES_MAX = 256L << 20;

  private static final int STAT_AND_ID_BYTES = 60;
  private static final int EXTENDED = 0x4000;

  private final NavigableSet<String> paths;

  private TrackedFiles(NavigableSet<String> paths) {
    this.paths = paths;
  }

  static TrackedFiles none() {
    return new TrackedFiles(new TreeSet<>());
  }

  /// Reads an index; an absent, odd or torn one tracks nothing, as if there were no git.
  static TrackedFiles read(Path index) {
    try {
      if (!Files.isRegularFile(index) || Files.size(index) > INDEX_BYTES_MAX) {
        return none();
      }
      return new TrackedFiles(parse(ByteBuffer.wrap(Files.readAllBytes(index))));
    } catch (IOException | BufferUnderflowException | IllegalArgumentException e) {
      return none();
    }
  }

  boolean has(String path) {
    return paths.contains(path);
  }

  /// Tells whether anything below a folder is tracked.
  boolean below(String folder) {
    String first = paths.ceiling(folder + "/");
    return first != null && first.startsWith(folder + "/");
  }

  private static NavigableSet<String> parse(ByteBuffer in) {
    var paths = new TreeSet<String>();
    int signature = in.getInt();
    int version = in.getInt();
    if (signature != 0x44495243 || version < 2 || version > 4) {
      return paths;
    }
    int entries = in.getInt();
    byte[] last = {};
    for (int i = 0; i < entries; i++) {
      int start = in.position();
      in.position(start + STAT_AND_ID_BYTES);
      if ((in.getShort() & EXTENDED) != 0) {
        in.getShort();
      }
      byte[] path = version == 4 ? suffixed(last, in) : terminated(in);
      if (version < 4) {
        in.position(start + (in.position() - 1 - start + 8) / 8 * 8);
      }
      paths.add(new String(path, UTF_8));
      last = path;
    }
    return paths;
  }

  /// Reads a path that shares its start with the last one.
  private static byte[] suffixed(byte[] last, ByteBuffer in) {
    int b = in.get() & 0xff;
    int drop = b & 0x7f;
    while ((b & 0x80) != 0) {
      b = in.get() & 0xff;
      drop = ((drop + 1) << 7) | (b & 0x7f);
    }
    if (drop > last.length || drop < 0) {
      throw new IllegalArgumentException("git index drops %s of %s".formatted(drop, last.length));
    }
    var path = new ByteArrayOutputStream();
    path.write(last, 0, last.length - drop);
    path.writeBytes(terminated(in));
    return path.toByteArray();
  }

  private static byte[] terminated(ByteBuffer in) {
    int start = in.position();
    while (in.get() != 0) {
      // The position moves on; the end of the buffer throws.
    }
    byte[] bytes = new byte[in.position() - 1 - start];
    in.get(start, bytes);
    return bytes;
  }
}
