package brimful.pack;

import brimful.corpus.Chunk;
import brimful.corpus.Locator;
import java.util.List;
import java.util.Optional;

/// Cuts the first lines out of chunks.
final class LeadingLines {
  private final ChunkTable table;
  private final TokenCosts costs;
  private final ChunkTexts texts;

  LeadingLines(ChunkTable table, TokenCosts costs, ChunkTexts texts) {
    this.table = table;
    this.costs = costs;
    this.texts = texts;
  }

  /// Returns as many first lines of a chunk as fit the room, or nothing if they would be blank.
  ///
  /// @param chunk one whose text has been read
  Optional<Span> head(int chunk, long roomTokens) {
    List<String> lines = texts.get(chunk).text().lines().toList();
    int low = 0;
    int high = lines.size();
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (span(chunk, lines.subList(0, middle)).tokens() <= roomTokens) {
        low = middle;
      } else {
        high = middle;
      }
    }
    boolean blank = lines.subList(0, low).stream().allMatch(String::isBlank);
    return blank ? Optional.empty() : Optional.of(span(chunk, lines.subList(0, low)));
  }

  private Span span(int chunk, List<String> lines) {
    Chunk whole = texts.get(chunk);
    Locator locator =
        whole.locator() instanceof Locator.Lines(int first, int _)
            ? new Locator.Lines(first, first + lines.size() - 1)
            : whole.locator();
    String text = String.join("\n", lines);
    int tokens = costs.segment(table.documentOf(chunk), locator, whole.heading(), text);
    return new Span(chunk, table.ref(chunk).firstLine(), locator, whole.heading(), text, tokens);
  }
}
