package brimful.pack;

import brimful.token.TokenCounter;
import java.util.ArrayList;
import java.util.List;

/// Counts the tokens of a whole prompt, a very long one on all cores.
///
/// A long prompt is cut before a `<` that begins a line. No token of an exact counter crosses that
/// place in any text (RATIONALE.md, "Why sums are exact"), so the sum is the count of the whole,
/// and no copy of the whole is made. An inexact counter rounds, so it gets the whole at once.
///
/// Thread-safe if the counter is.
final class WholeCount {
  /// The length of a slice, or somewhat more, in characters.
  static final int SLICE_CHARS = 1 << 21;

  private static final String BORDER = "\n<";

  private WholeCount() {}

  /// Returns the tokens of a text that is given in parts.
  static long of(TokenCounter counter, String... parts) {
    long chars = 0;
    for (String part : parts) {
      chars += part.length();
    }
    if (chars < 2 * SLICE_CHARS || !counter.exact()) {
      return counter.count(String.join("", parts));
    }
    return slices(parts).parallelStream()
        .mapToLong(slice -> counter.count(slice.text.substring(slice.from, slice.to)))
        .sum();
  }

  private record Slice(String text, int from, int to) {}

  private static List<Slice> slices(String... parts) {
    var slices = new ArrayList<Slice>();
    String open = "";
    for (String part : parts) {
      if (open.endsWith("\n") && part.startsWith("<")) {
        cut(open, slices);
        open = part;
      } else {
        open = open.isEmpty() ? part : open + part;
      }
    }
    cut(open, slices);
    return slices;
  }

  private static void cut(String text, List<Slice> slices) {
    int from = 0;
    while (from < text.length()) {
      int reach = (int) Math.min(text.length(), (long) from + SLICE_CHARS);
      int border = text.indexOf(BORDER, reach);
      int to = border < 0 ? text.length() : border + 1;
      slices.add(new Slice(text, from, to));
      from = to;
    }
  }
}
