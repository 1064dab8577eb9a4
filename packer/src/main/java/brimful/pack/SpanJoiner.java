package brimful.pack;

import brimful.corpus.Chunk;
import brimful.corpus.Locator;
import brimful.index.ChunkRef;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes spans of a document's chosen chunks: pads some, joins those that come close, counts them.
///
/// Works on documents whose chunks are consecutive line ranges.
final class SpanJoiner {
  private static final String NESTED = " > ";

  /// Lines of a document, one-based and inclusive.
  private record Range(int first, int last, boolean padded) {}

  private static final Comparator<Range> READING_ORDER =
      Comparator.comparingInt(Range::first).thenComparingInt(Range::last);

  private final ChunkTable table;
  private final TokenCosts costs;
  private final ChunkTexts texts;
  private final Selection selection;
  private final int pad;
  private final int gap;
  private final Map<Integer, List<String>> lines = new HashMap<>();

  /// @param pad lines added to each chunk on both sides
  /// @param gap the most lines between spans that are joined
  SpanJoiner(
      ChunkTable table, TokenCosts costs, ChunkTexts texts, Selection selection, int pad, int gap) {
    this.table = table;
    this.costs = costs;
    this.texts = texts;
    this.selection = selection;
    this.pad = pad;
    this.gap = gap;
  }

  /// Returns the spans that differ from single chunks.
  ///
  /// @param padded the chunks to pad; other chosen chunks are joined where they come close
  List<JoinedSpan> join(int document, BitSet padded) {
    var spans = new ArrayList<JoinedSpan>();
    for (Range range : merged(ranges(document, padded))) {
      if (range.padded()) {
        add(document, range, spans);
      }
    }
    return spans;
  }

  private List<Range> ranges(int document, BitSet padded) {
    var ranges = new ArrayList<Range>();
    int first = table.first(document);
    int end = first + table.size(document);
    int lastLine = table.ref(end - 1).lastLine();
    for (int chunk = first; chunk < end; chunk++) {
      ChunkRef ref = table.ref(chunk);
      if (padded.get(chunk)) {
        int above = Math.max(ref.firstLine() - pad, table.ref(first).firstLine());
        int below = Math.min(ref.lastLine() + pad, lastLine);
        ranges.add(new Range(Math.min(above, headerLine(document, chunk)), below, true));
      } else if (selection.state(chunk) == Selection.State.IN) {
        ranges.add(new Range(ref.firstLine(), ref.lastLine(), false));
      }
    }
    ranges.sort(READING_ORDER);
    return ranges;
  }

  /// Returns the line that opens the innermost definition around a chunk, or the chunk's own first
  /// line if that line is inside the chunk, too far above, or not found.
  private int headerLine(int document, int chunk) {
    int own = table.ref(chunk).firstLine();
    String heading = texts.get(chunk).heading();
    int nested = heading.lastIndexOf(NESTED);
    String name = nested < 0 ? heading : heading.substring(nested + NESTED.length());
    if (name.isEmpty() || texts.get(chunk).definitions().contains(name)) {
      return own;
    }
    for (int above = chunk - 1; above >= table.first(document); above--) {
      ChunkRef ref = table.ref(above);
      if (ref.lastLine() < own - Padding.HEADER_LINES_MAX) {
        return own;
      }
      if (texts.get(above).definitions().contains(name)) {
        int line = ref.firstLine() + lastWith(name, linesOf(above));
        return line >= own - Padding.HEADER_LINES_MAX ? line : own;
      }
    }
    return own;
  }

  /// Returns the last line that contains the name, or the line count if none does.
  private static int lastWith(String name, List<String> lines) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).contains(name)) {
        return i;
      }
    }
    return lines.size();
  }

  private List<Range> merged(List<Range> sorted) {
    var merged = new ArrayList<Range>();
    for (Range range : sorted) {
      Range before = merged.isEmpty() ? range : merged.getLast();
      if (merged.isEmpty() || range.first() - before.last() - 1 > gap) {
        merged.add(range);
      } else {
        merged.removeLast();
        merged.add(
            new Range(
                before.first(),
                Math.max(before.last(), range.last()),
                before.padded() || range.padded()));
      }
    }
    return merged;
  }

  private void add(int document, Range range, List<JoinedSpan> spans) {
    int firstChunk = chunkWith(document, range.first());
    int lastChunk = chunkWith(document, range.last());
    var whole = new BitSet();
    var wanted = new BitSet();
    wanted.set(firstChunk, lastChunk + 1);
    texts.load(wanted);
    for (int chunk = firstChunk; chunk <= lastChunk; chunk++) {
      ChunkRef ref = table.ref(chunk);
      if (linesOf(chunk).size() != ref.lastLine() - ref.firstLine() + 1) {
        return; // Its text is not what its lines say: leave its chunks as they were counted.
      }
      whole.set(chunk, ref.firstLine() >= range.first() && ref.lastLine() <= range.last());
    }
    if (firstChunk != lastChunk) {
      spans.add(new JoinedSpan(span(document, range, firstChunk, lastChunk), lastChunk, whole));
    }
  }

  private Span span(int document, Range range, int firstChunk, int lastChunk) {
    var text = new ArrayList<String>();
    var headings = new ArrayList<String>();
    for (int chunk = firstChunk; chunk <= lastChunk; chunk++) {
      int line = table.ref(chunk).firstLine();
      for (String content : linesOf(chunk)) {
        if (line >= range.first() && line <= range.last()) {
          text.add(content);
        }
        line++;
      }
      if (selection.state(chunk) == Selection.State.IN) {
        headings.add(texts.get(chunk).heading());
      }
    }
    String heading = headings.stream().reduce(SpanJoiner::common).orElse("");
    return trimmed(document, firstChunk, range.first(), text, heading);
  }

  private Span trimmed(
      int document, int firstChunk, int firstLine, List<String> text, String heading) {
    int from = 0;
    while (text.get(from).isBlank()) {
      from++;
    }
    int to = text.size();
    while (text.get(to - 1).isBlank()) {
      to--;
    }
    String shown = String.join("\n", text.subList(from, to));
    var locator = new Locator.Lines(firstLine + from, firstLine + to - 1);
    int tokens = costs.segment(document, locator, heading, shown);
    return new Span(firstChunk, locator.first(), locator, heading, shown, tokens);
  }

  /// Returns the headings that both are under.
  private static String common(String one, String other) {
    List<String> a = List.of(one.split(NESTED));
    List<String> b = List.of(other.split(NESTED));
    int same = 0;
    while (same < Math.min(a.size(), b.size()) && a.get(same).equals(b.get(same))) {
      same++;
    }
    return String.join(NESTED, a.subList(0, same));
  }

  private int chunkWith(int document, int line) {
    int low = table.first(document);
    int high = low + table.size(document) - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (table.ref(middle).lastLine() < line) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private List<String> linesOf(int chunk) {
    Chunk text = texts.get(chunk);
    return lines.computeIfAbsent(chunk, _ -> List.of(text.text().split("\n", -1)));
  }
}
