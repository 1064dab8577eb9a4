package brimful.mcp.tool;

import brimful.corpus.Chunk;
import brimful.corpus.Markup;
import java.util.List;
import java.util.Locale;

/// Renders chunks for a model, each in the tags of its document.
final class Passages {
  /// The limit for all of them together, in characters.
  static final int CHARACTERS_MAX = 20_000;

  /// At least this much of each is shown, so that a reader can judge whether to read on.
  private static final int EACH_MIN = 300;

  private static final int EACH_MAX = 4_000;

  private Passages() {}

  /// Returns how much of each is shown, for a number of passages.
  static int each(int count) {
    return Math.clamp(CHARACTERS_MAX / Math.max(1, count), EACH_MIN, EACH_MAX);
  }

  static String text(List<Chunk> chunks) {
    int each = each(chunks.size());
    var text = new StringBuilder();
    for (Chunk chunk : chunks) {
      text.append(Markup.FOR_ANY.open(chunk.document(), ""))
          .append(Markup.FOR_ANY.segment(chunk.locator(), chunk.heading(), cut(chunk.text(), each)))
          .append(Markup.close());
    }
    return text.toString();
  }

  /// Returns a text, or its beginning and a note of what is missing.
  static String cut(String text, int charactersMax) {
    if (text.length() <= charactersMax) {
      return text;
    }
    int end =
        Character.isHighSurrogate(text.charAt(charactersMax - 1))
            ? charactersMax - 1
            : charactersMax;
    return String.format(
        Locale.ROOT,
        "%s…\n(%,d more characters: read the document)",
        text.substring(0, end),
        text.length() - end);
  }
}
