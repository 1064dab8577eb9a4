package brimful.pack;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.index.ChunkRef;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// What a layout wants of the corpus, whatever the question is.
///
/// @param around chunks that go in before others, in the order in which they stand
/// @param outlines whether nothing but outlines is shown
record Wanted(List<Integer> around, boolean outlines) {
  static final Wanted NOTHING = new Wanted(List.of(), false);

  static Wanted of(Layout layout, ChunkTable table) {
    if (!(layout instanceof Layout.Composed composed)) {
      return NOTHING;
    }
    List<Integer> around =
        composed.around().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .flatMap(entry -> chunks(table, entry.getKey(), entry.getValue()).stream())
            .toList();
    return new Wanted(around, composed.outlines());
  }

  private static List<Integer> chunks(ChunkTable table, DocumentId id, List<Locator.Lines> lines) {
    var found = new ArrayList<Integer>();
    OptionalInt document = table.find(id);
    if (document.isPresent()) {
      int first = table.first(document.getAsInt());
      for (int chunk = first; chunk < first + table.size(document.getAsInt()); chunk++) {
        ChunkRef ref = table.ref(chunk);
        if (lines.stream()
            .anyMatch(it -> it.first() <= ref.lastLine() && it.last() >= ref.firstLine())) {
          found.add(chunk);
        }
      }
    }
    return found;
  }

  /// Shows documents by their outlines: the lines of definitions; of Markdown, the headings; of a
  /// document without either, its first lines.
  ///
  /// A document that costs no more than its outline is shown whole. Cost: the text of every
  /// document that may fit is read.
  static final class Outliner {
    /// The most that is shown of a document without definitions.
    private static final int HEAD_TOKENS = 60;

    /// As many documents are read at once.
    private static final int READ_AT_ONCE = 200;

    private final ChunkTable table;
    private final TokenCosts costs;
    private final ChunkTexts texts;
    private final Selection selection;
    private final Signatures signatures;

    Outliner(ChunkTable table, TokenCosts costs, ChunkTexts texts, Selection selection) {
      this.table = table;
      this.costs = costs;
      this.texts = texts;
      this.selection = selection;
      signatures = new Signatures(table, costs, texts);
    }

    /// Shows outlines until nothing more fits: the most relevant documents first, then the most
    /// important by their paths.
    void fill(Ranks ranks) {
      int[] order =
          IntStream.concat(IntStream.of(ranks.documents()), IntStream.of(StaticOrder.of(table)))
              .distinct()
              .toArray();
      for (int from = 0; from < order.length && selection.free() > 0; from += READ_AT_ONCE) {
        int to = Math.min(order.length, from + READ_AT_ONCE);
        var wanted = new BitSet(table.chunks());
        for (int i = from; i < to; i++) {
          wanted.set(table.first(order[i]), table.first(order[i]) + table.size(order[i]));
        }
        texts.load(wanted);
        if (!costs.counted()) {
          wanted.stream().forEach(chunk -> costs.learn(chunk, texts.get(chunk)));
        }
        for (int i = from; i < to; i++) {
          show(order[i]);
        }
      }
    }

    private void show(int document) {
      int first = table.first(document);
      int end = first + table.size(document);
      List<Span> outline =
          IntStream.range(first, end)
              .boxed()
              .flatMap(chunk -> signatures.outline(chunk).stream())
              .toList();
      if (outline.isEmpty() && first < end) {
        outline = new LeadingLines(table, costs, texts).head(first, HEAD_TOKENS).stream().toList();
      }
      long tokens =
          outline.isEmpty() ? HEAD_TOKENS : outline.stream().mapToLong(Span::tokens).sum();
      if (tokens >= costs.chunks(document)) {
        IntStream.range(first, end).forEach(selection::take);
        return;
      }
      for (Span span : outline) {
        int frame = selection.touched(document) ? 0 : costs.document(document);
        if ((long) span.tokens() + frame <= selection.free()) {
          selection.cut(span.firstChunk(), span);
        }
      }
    }
  }
}
