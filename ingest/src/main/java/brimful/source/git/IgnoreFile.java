package brimful.source.git;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The patterns of one ignore file; later lines override earlier ones.
///
/// Parses as git does: a leading byte order mark and a carriage return at the end of a line are
/// ignored, and a NUL ends a line.
///
/// @param patterns in the order of their lines
record IgnoreFile(List<IgnorePattern> patterns) {
  private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

  IgnoreFile {
    patterns = List.copyOf(patterns);
  }

  static IgnoreFile empty() {
    return new IgnoreFile(List.of());
  }

  static IgnoreFile parse(byte[] bytes, boolean ignoreCase) {
    String text = ByteNames.of(bytes);
    int at = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0;
    var patterns = new ArrayList<IgnorePattern>();
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      String line = line(text.substring(at, end));
      if (!line.startsWith("#")) {
        IgnorePattern.of(line, ignoreCase).ifPresent(patterns::add);
      }
      at = end + 1;
    }
    return new IgnoreFile(patterns);
  }

  private static String line(String line) {
    String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    int nul = text.indexOf('\0');
    return nul < 0 ? text : text.substring(0, nul);
  }

  /// Returns the last pattern that matches a path, if one does.
  ///
  /// @param path a byte string, relative to the file's folder
  /// @param name the last part of the path
  @Nullable IgnorePattern last(String path, String name, boolean folder) {
    for (int i = patterns.size() - 1; i >= 0; i--) {
      if (patterns.get(i).matches(path, name, folder)) {
        return patterns.get(i);
      }
    }
    return null;
  }
}
