package brimful.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.DocumentId;
import brimful.source.git.ByteNames;
import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/// Converts between paths and document ids, for names of any bytes.
///
/// To a file system, a name is bytes. A [Path] keeps them, but shows as text only what the
/// process's encoding can express: everything else goes through a URI, whose percent escapes are
/// the bytes.
final class FileNames {
  private FileNames() {}

  /// Returns the id of a file below a root.
  ///
  /// @param shown its path from the root, as text with forward slashes
  static DocumentId id(Path root, Path file, String shown) {
    return ByteNames.isExact(shown) ? DocumentId.of(shown) : DocumentId.of(bytes(root, file));
  }

  /// Returns the path of an id.
  ///
  /// @return empty if no path has this id: it belongs to a member, or leads out of the root
  static Optional<Path> path(Path root, DocumentId id) {
    byte[] bytes = id.path();
    if (!DocumentId.of(bytes).equals(id)) {
      return Optional.empty();
    }
    try {
      String shown = new String(bytes, UTF_8);
      return Optional.of(
          ByteNames.isExact(shown)
              ? root.resolve(shown)
              : Path.of(URI.create("file://" + raw(root) + "/" + percents(bytes))));
    } catch (IllegalArgumentException e) {
      // No path contains a NUL.
      return Optional.empty();
    }
  }

  private static byte[] bytes(Path root, Path file) {
    return ByteNames.unescaped(raw(file).substring(raw(root).length() + 1));
  }

  /// Returns an absolute path with its bytes as percent escapes, without a final slash.
  private static String raw(Path path) {
    String raw = path.toUri().getRawPath();
    return raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
  }

  private static String percents(byte[] bytes) {
    var percents = new StringBuilder(3 * bytes.length);
    for (byte b : bytes) {
      boolean plain = b == '/' || (b >= 0 && Character.isLetterOrDigit(b));
      percents.append(
          plain
              ? new String(new byte[] {b}, US_ASCII)
              : "%" + HexFormat.of().withUpperCase().toHexDigits(b));
    }
    return percents.toString();
  }
}
