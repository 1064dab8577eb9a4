package brimful.pack;

import brimful.corpus.Chunk;
import brimful.corpus.Locator;
import brimful.corpus.Markup;
import brimful.pack.format.Renderer;
import brimful.pack.format.WindowFormat;
import brimful.token.TokenCounter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Token costs in one window format.
///
/// In XML, a chunk costs what was counted at ingest. In other formats the cost is estimated until
/// [#learn] has seen the chunk's text.
final class TokenCosts {
  /// More than any budget, yet small enough that the sum over a corpus fits a long.
  private static final int UNAFFORDABLE = Integer.MAX_VALUE;

  private final ChunkTable table;
  private final Renderer renderer;
  private final TokenCounter counter;
  private final int[] chunkTokens;
  private final boolean[] known;
  private final int[] openTokens;
  private final int closeTokens;
  private final int separatorTokens;

  /// What the pictures cost that are shown with their chunks.
  private final Map<Integer, Integer> imageTokens = new HashMap<>();

  private final boolean counted;
  private long learnedStored = 0;
  private long learnedTokens = 0;
  private int learned = 0;

  TokenCosts(ChunkTable table, WindowFormat format, TokenCounter counter) {
    this.table = table;
    this.renderer = format.renderer(new Markup(counter.specials()));
    this.counter = counter;
    chunkTokens = table.tokens();
    counted = format == WindowFormat.XML;
    known = new boolean[counted ? 0 : table.chunks()];
    openTokens = new int[table.documents()];
    Arrays.fill(openTokens, -1);
    closeTokens = counter.count(renderer.close());
    separatorTokens = counter.count(renderer.separator());
  }

  /// Returns whether every chunk's cost is known without its text.
  boolean counted() {
    return counted;
  }

  /// Makes a picture a part of its chunk's cost.
  void show(int chunk, int tokens) {
    imageTokens.put(chunk, tokens);
    chunkTokens[chunk] += tokens;
  }

  /// Returns what a chunk's picture costs, if it is shown.
  int image(int chunk) {
    return imageTokens.getOrDefault(chunk, 0);
  }

  /// Returns the cost of a chunk, with a separator, and with its picture if that is shown.
  int chunk(int chunk) {
    return chunkTokens[chunk];
  }

  /// Returns the cost of all of a document's chunks.
  long chunks(int document) {
    long tokens = 0;
    int end = table.first(document) + table.size(document);
    for (int chunk = table.first(document); chunk < end; chunk++) {
      tokens += chunkTokens[chunk];
    }
    return tokens;
  }

  /// Returns the cost of a document's opening and closing lines; counted on first use.
  int document(int document) {
    if (openTokens[document] < 0) {
      openTokens[document] =
          counter.count(renderer.open(table.document(document), table.title(document)));
    }
    return openTokens[document] + closeTokens;
  }

  /// Returns the cost of one separator: every segment pays for one, and the first needs none.
  int separator() {
    return separatorTokens;
  }

  /// Returns the cost of any part of a document, with a separator.
  int segment(int document, Locator locator, String heading, String text) {
    return counter.count(renderer.segment(table.document(document), locator, heading, text))
        + separatorTokens;
  }

  boolean known(int chunk) {
    return counted || known[chunk];
  }

  /// Counts a chunk in this format.
  void learn(int chunk, Chunk text) {
    int tokens = segment(table.documentOf(chunk), text.locator(), text.heading(), text.text());
    chunkTokens[chunk] = tokens + image(chunk);
    if (!known[chunk]) {
      known[chunk] = true;
      learned++;
      learnedStored += table.tokens(chunk);
      learnedTokens += tokens;
    }
  }

  /// Returns what all chunks would cost together, as their segments are counted in this window;
  /// those that nobody has read at the rate of the others.
  long corpusTokens() {
    long stored = 0;
    for (int chunk = 0; chunk < table.chunks(); chunk++) {
      stored += table.tokens(chunk);
    }
    if (counted || learnedStored == 0) {
      return stored;
    }
    long segments = learnedTokens - (long) learned * separatorTokens;
    return segments + Math.round((stored - learnedStored) * ((double) segments / learnedStored));
  }

  /// Estimates the unknown chunks from the known ones.
  void guess() {
    if (learnedStored == 0) {
      return;
    }
    double ratio = (double) learnedTokens / learnedStored;
    for (int chunk = 0; chunk < known.length; chunk++) {
      if (!known[chunk]) {
        chunkTokens[chunk] =
            (int) Math.max(1, Math.round(table.tokens(chunk) * ratio)) + image(chunk);
      }
    }
  }

  /// Prices every unknown chunk out of reach.
  void forbidUnknown() {
    for (int chunk = 0; chunk < known.length; chunk++) {
      if (!known[chunk]) {
        chunkTokens[chunk] = UNAFFORDABLE;
      }
    }
  }
}
