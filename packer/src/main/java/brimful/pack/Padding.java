package brimful.pack;

import brimful.index.ChunkRef;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;

/// Widens the best chunks by some lines, and up to the line that opens their definition.
///
/// At most the first [#PADDED_MAX] picks are padded, whatever the budget: that is where evidence is
/// cut short, and each padded span must be counted again. Only documents whose chunks are
/// consecutive line ranges are padded. Spans that come close to each other or to other chosen
/// chunks are joined. If the result does not fit, half as many are padded, and so on.
final class Padding {
  static final int PADDED_MAX = 64;
  private static final int CODE_LINES = 5;
  private static final int PROSE_LINES = 2;
  private static final int CODE_GAP_LINES = 8;
  private static final int PROSE_GAP_LINES = 1;

  /// How far above the chunk the opening line of a definition may be.
  static final int HEADER_LINES_MAX = 30;

  /// The multiple of the free room that must remain in chunks that no span touches.
  private static final int SPARE_FACTOR = 2;

  private final ChunkTable table;
  private final TokenCosts costs;
  private final ChunkTexts texts;
  private final Selection selection;
  private final int lines;
  private final int gap;

  /// @param code whether code is padded: prose needs fewer lines of context
  Padding(ChunkTable table, TokenCosts costs, ChunkTexts texts, Selection selection, boolean code) {
    this.table = table;
    this.costs = costs;
    this.texts = texts;
    this.selection = selection;
    lines = code ? CODE_LINES : PROSE_LINES;
    gap = code ? CODE_GAP_LINES : PROSE_GAP_LINES;
  }

  /// Pads as many of the first picks as fit.
  void pad() {
    List<Integer> picks = paddable();
    for (int size = picks.size(); size > 0; size /= 2) {
      List<JoinedSpan> joined = join(picks.subList(0, size));
      if (fits(joined)) {
        joined.forEach(part -> selection.replace(part.span(), part.lastChunk(), part.whole()));
        return;
      }
    }
  }

  private List<Integer> paddable() {
    var chunks = new ArrayList<Integer>();
    var wanted = new BitSet(table.chunks());
    for (int pick = 0; pick < Math.min(PADDED_MAX, selection.picked()); pick++) {
      int chunk = selection.pick(pick);
      int document = table.documentOf(chunk);
      boolean part = selection.chosen(document) < table.size(document);
      if (part && tiledByLines(document)) {
        chunks.add(chunk);
        addAround(wanted, chunk);
      }
    }
    texts.load(wanted);
    return chunks;
  }

  private boolean tiledByLines(int document) {
    int first = table.first(document);
    int end = first + table.size(document);
    for (int chunk = first; chunk < end; chunk++) {
      ChunkRef ref = table.ref(chunk);
      boolean follows = chunk == first || ref.firstLine() == table.ref(chunk - 1).lastLine() + 1;
      // A span shows no picture.
      if (!ref.picture().isNone()
          || ref.firstLine() < 1
          || ref.lastLine() < ref.firstLine()
          || !follows) {
        return false;
      }
    }
    return true;
  }

  private void addAround(BitSet wanted, int chunk) {
    int document = table.documentOf(chunk);
    int first = table.ref(chunk).firstLine() - HEADER_LINES_MAX;
    int last = table.ref(chunk).lastLine() + lines;
    for (int near = chunk; near >= table.first(document); near--) {
      if (table.ref(near).lastLine() < first) {
        break;
      }
      wanted.set(near);
    }
    for (int near = chunk; near < table.first(document) + table.size(document); near++) {
      if (table.ref(near).firstLine() > last) {
        break;
      }
      wanted.set(near);
    }
  }

  private List<JoinedSpan> join(List<Integer> padded) {
    var byDocument = new TreeMap<Integer, BitSet>();
    for (int chunk : padded) {
      byDocument.computeIfAbsent(table.documentOf(chunk), _ -> new BitSet()).set(chunk);
    }
    var joiner = new SpanJoiner(table, costs, texts, selection, lines, gap);
    var joined = new ArrayList<JoinedSpan>();
    byDocument.forEach((document, chunks) -> joined.addAll(joiner.join(document, chunks)));
    return joined;
  }

  /// Returns whether the spans fit and leave enough whole chunks to fill the rest with.
  private boolean fits(List<JoinedSpan> joined) {
    long free = selection.free();
    long spare = 0;
    for (int chunk = 0; chunk < table.chunks(); chunk++) {
      spare += selection.state(chunk) == Selection.State.OUT ? costs.chunk(chunk) : 0;
    }
    for (JoinedSpan part : joined) {
      free -= part.span().tokens();
      for (int chunk = part.span().firstChunk(); chunk <= part.lastChunk(); chunk++) {
        if (selection.state(chunk) == Selection.State.IN) {
          free += costs.chunk(chunk);
        } else {
          spare -= costs.chunk(chunk);
        }
      }
    }
    return free >= 0 && spare >= SPARE_FACTOR * free;
  }
}
