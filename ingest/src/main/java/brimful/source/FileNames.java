package brimful.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.DocumentId;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Converts between paths and document ids, for names of any bytes.
///
/// To a file system, a name is bytes. A [Path] keeps them, but shows as text only what the
/// process's encoding can express: everything else goes through a URI, whose percent escapes are
/// the bytes.
final class FileNames {
  /// Whether text in a path is exact: other bytes than UTF-8 then show as U+FFFD.
  private static final boolean UTF_8_PATHS =
      UTF_8.name().equals(System.getProperty("sun.jnu.encoding", UTF_8.name()));

  private static final char REPLACEMENT = '\uFFFD';

  private FileNames() {}

  /// Returns the id of a file below a root.
  ///
  /// @param shown its path from the root, as text with forward slashes
  static DocumentId id(Path root, Path file, String shown) {
    return isExact(shown) ? DocumentId.of(shown) : DocumentId.of(bytes(root, file));
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
          isExact(shown)
              ? root.resolve(shown)
              : Path.of(URI.create("file://" + raw(root) + "/" + percents(bytes))));
    } catch (IllegalArgumentException e) {
      // No path contains a NUL.
      return Optional.empty();
    }
  }

  static boolean isExact(String shown) {
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      if (c >= 0x80 && (!UTF_8_PATHS || c == REPLACEMENT)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] bytes(Path root, Path file) {
    String raw = raw(file).substring(raw(root).length() + 1);
    var bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) == '%') {
        bytes.write(Integer.parseInt(raw, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(raw.charAt(i));
      }
    }
    return bytes.toByteArray();
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

  /// Returns the list in canonical order, every id once.
  ///
  /// Different paths have different ids; only a damaged git tree has one path twice.
  ///
  /// @param found in an order that is the same every time, for ties
  static List<Listed> canonical(List<Listed> found) {
    var sorted = new ArrayList<Listed>(found);
    sorted.sort(Comparator.comparing(Listed::id));
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).id().equals(sorted.get(i - 1).id())) {
        return unique(sorted);
      }
    }
    return sorted;
  }

  private static List<Listed> unique(List<Listed> sorted) {
    Set<DocumentId> taken = HashSet.newHashSet(sorted.size());
    sorted.forEach(listed -> taken.add(listed.id()));
    Set<DocumentId> seen = HashSet.newHashSet(sorted.size());
    var unique = new ArrayList<Listed>(sorted.size());
    for (Listed listed : sorted) {
      DocumentId id = listed.id();
      for (int n = 2; !seen.add(id); n++) {
        DocumentId other = new DocumentId(listed.id() + "~" + n);
        id = taken.add(other) ? other : listed.id();
      }
      unique.add(listed.under(id));
    }
    unique.sort(Comparator.comparing(Listed::id));
    return unique;
  }
}
