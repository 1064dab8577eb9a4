package brimful.chunk.outline;

import java.util.Arrays;

/// A text as its lines, counted from 0.
///
/// A line break at the very end closes the last line and opens no further one.
public final class Lines {
  private static final int TAB_COLUMNS = 4;
  private static final char ASCII_MAX = 0x7f;

  /// The file separator; the other separators follow it, up to the blank.
  private static final char SEPARATOR_MIN = 0x1c;

  private final String text;
  private final int[] starts;
  private final int count;

  /// The offset of the first character of each line that is not white, or of the line's end.
  private final int[] inks;

  private Lines(String text, int[] starts, int count) {
    this.text = text;
    this.starts = starts;
    this.count = count;
    inks = new int[count];
    for (int line = 0; line < count; line++) {
      inks[line] = ink(line);
    }
  }

  public static Lines of(String text) {
    int end = text.endsWith("\n") ? text.length() - 1 : text.length();
    int[] starts = new int[Math.max(16, text.length() / 24)];
    int count = 0;
    for (int at = 0; at <= end; count++) {
      if (count + 1 >= starts.length) {
        starts = Arrays.copyOf(starts, starts.length * 2);
      }
      starts[count] = at;
      int breakAt = text.indexOf('\n', at);
      at = breakAt < 0 || breakAt > end ? end + 1 : breakAt + 1;
      starts[count + 1] = at;
    }
    return new Lines(text, starts, count);
  }

  public String text() {
    return text;
  }

  public int count() {
    return count;
  }

  public int start(int line) {
    return starts[line];
  }

  /// Returns the offset of a line's break, or of the text's end.
  public int end(int line) {
    return starts[line + 1] - 1;
  }

  /// Returns the offset behind the last line.
  int lastEnd() {
    return end(count - 1);
  }

  /// Returns the line that holds an offset.
  public int at(int offset) {
    int found = Arrays.binarySearch(starts, 0, count, offset);
    return found >= 0 ? found : -found - 2;
  }

  String line(int line) {
    return text.substring(start(line), end(line));
  }

  public boolean blank(int line) {
    return firstInk(line) == end(line);
  }

  /// Returns the offset of the first character that is not white, or the line's end.
  public int firstInk(int line) {
    return inks[line];
  }

  private int ink(int line) {
    int at = start(line);
    int end = end(line);
    while (at < end && isWhite(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /// Tells, as [Character#isWhitespace] does, whether a character is white; most are ASCII.
  public static boolean isWhite(char c) {
    return c > ' '
        ? c > ASCII_MAX && Character.isWhitespace(c)
        : c == ' ' || (c >= '\t' && c <= '\r') || c >= SEPARATOR_MIN;
  }

  /// Returns how far a line is indented, in columns.
  public int indent(int line) {
    int columns = 0;
    for (int at = start(line), end = end(line); at < end; at++) {
      char c = text.charAt(at);
      if (c == '\t') {
        columns += TAB_COLUMNS - columns % TAB_COLUMNS;
      } else if (c == ' ') {
        columns++;
      } else {
        break;
      }
    }
    return columns;
  }
}
