package brimful.pack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What has been chosen so far and how much room is left: the only place that spends the budget.
///
/// Layout: one state for each chunk, one token sum for each document, and the chosen spans by
/// document, indexed by [ChunkTable]'s numbers. Invariant: `free` is the budget minus the cost of
/// the rendered result, and is never negative after a method. Every way of spending changes the
/// same few sums, which is why the class is long. Each operation takes time in proportion to what
/// it adds. Not thread-safe; serves one window.
final class Selection {
  /// The state of a chunk.
  enum State {
    OUT,
    /// In, as a segment of its own.
    IN,
    /// In, as a part of a [Span].
    SPANNED,
    /// Partly in, within a [Span].
    PARTIAL,
    /// Out, because a chunk that is in has the same content.
    DUPLICATE
  }

  private static final Comparator<Span> READING_ORDER =
      Comparator.comparingInt(Span::firstChunk).thenComparingInt(Span::firstLine);

  private final ChunkTable table;
  private final TokenCosts costs;
  private final Duplicates duplicates;
  private final State[] states;
  private final int[] twins;
  private final int[] chosenOf;
  private final long[] tokensOf;
  private final long[] wholeOf;
  private final Map<Integer, List<Span>> spans = new HashMap<>();
  private int[] picks = new int[1024];
  private int picked = 0;
  private long free;

  Selection(ChunkTable table, TokenCosts costs, long free) {
    this.table = table;
    this.costs = costs;
    this.free = free;
    duplicates = new Duplicates(table);
    states = new State[table.chunks()];
    Arrays.fill(states, State.OUT);
    twins = new int[table.chunks()];
    chosenOf = new int[table.documents()];
    tokensOf = new long[table.documents()];
    wholeOf = new long[table.documents()];
    for (int document = 0; document < table.documents(); document++) {
      wholeOf[document] = costs.chunks(document);
    }
  }

  /// Returns the unspent tokens.
  long free() {
    return free;
  }

  State state(int chunk) {
    return states[chunk];
  }

  /// Returns whether a whole chunk is in.
  boolean in(int chunk) {
    return states[chunk] == State.IN || states[chunk] == State.SPANNED;
  }

  /// Returns the chunk that has the same content as this one, whose state is DUPLICATE.
  int twin(int chunk) {
    return twins[chunk];
  }

  /// Returns the chunks that others duplicate.
  BitSet twins() {
    var chunks = new BitSet(states.length);
    for (int chunk = 0; chunk < states.length; chunk++) {
      if (states[chunk] == State.DUPLICATE) {
        chunks.set(twins[chunk]);
      }
    }
    return chunks;
  }

  /// Returns how many chunks have been taken; [#pick] numbers them in that order.
  int picked() {
    return picked;
  }

  int pick(int i) {
    return picks[i];
  }

  /// Returns whether any part of a document is in.
  boolean touched(int document) {
    return tokensOf[document] > 0;
  }

  int chosen(int document) {
    return chosenOf[document];
  }

  /// Returns the cost of the chosen part of a document, without its opening and closing lines.
  long tokens(int document) {
    return tokensOf[document];
  }

  /// Returns the cost of all of a document's chunks.
  long wholeTokens(int document) {
    return wholeOf[document];
  }

  /// Returns a document's spans in reading order.
  List<Span> spans(int document) {
    return spans.getOrDefault(document, List.of());
  }

  /// Takes a chunk, unless it is in, is a duplicate, or does not fit.
  boolean take(int chunk) {
    if (states[chunk] != State.OUT || !affordable(chunk)) {
      return false;
    }
    int twin = duplicates.find(chunk);
    if (twin >= 0) {
      states[chunk] = State.DUPLICATE;
      twins[chunk] = twin;
      return false;
    }
    spendOn(chunk);
    return true;
  }

  /// Takes a duplicate if it fits: a repetition is better than unused room.
  boolean takeDuplicate(int chunk) {
    if (states[chunk] != State.DUPLICATE || !affordable(chunk)) {
      return false;
    }
    spendOn(chunk);
    return true;
  }

  /// Returns whether a chunk that is out has the same content as one that is in.
  boolean duplicate(int chunk) {
    return states[chunk] == State.DUPLICATE || duplicates.find(chunk) >= 0;
  }

  /// Replaces the chosen part of a document by the whole document, if that fits.
  ///
  /// Does nothing if more than half of what would be added is in other documents already.
  boolean promote(int document) {
    boolean fits = wholeOf[document] - tokensOf[document] <= free;
    return fits && !redundant(document) && takeWhole(document);
  }

  /// Takes a whole document with its duplicates, if it fits.
  boolean takeWhole(int document) {
    long spent = wholeOf[document] - tokensOf[document];
    if (spent > free || chosenOf[document] == table.size(document)) {
      return false;
    }
    spent += touched(document) ? 0 : costs.document(document);
    if (spent > free) {
      return false;
    }
    spans.remove(document);
    free -= spent;
    tokensOf[document] = wholeOf[document];
    int first = table.first(document);
    for (int chunk = first; chunk < first + table.size(document); chunk++) {
      if (!in(chunk)) {
        add(chunk);
      }
      states[chunk] = State.IN;
    }
    return true;
  }

  /// Replaces a chunk by another that fits, of the same document or of one with more than one
  /// chunk.
  void swap(int pick, int better) {
    int worse = picks[pick];
    refund(worse);
    states[worse] = State.OUT;
    picks[pick] = better;
    free -= costs.chunk(better);
    states[better] = State.IN;
    duplicates.add(better);
    chosenOf[table.documentOf(better)]++;
    tokensOf[table.documentOf(better)] += costs.chunk(better);
  }

  /// Adds a part of a chunk that is out.
  void cut(int chunk, Span span) {
    int document = table.documentOf(chunk);
    free -= span.tokens() + (touched(document) ? 0 : costs.document(document));
    states[chunk] = State.PARTIAL;
    tokensOf[document] += span.tokens();
    addSpan(document, span);
  }

  /// Replaces chunks by a span that contains their text.
  ///
  /// @param whole the chunks that it contains completely; must include those that are in
  void replace(Span span, int lastChunk, BitSet whole) {
    int document = table.documentOf(span.firstChunk());
    for (int chunk = span.firstChunk(); chunk <= lastChunk; chunk++) {
      if (states[chunk] == State.IN) {
        refund(chunk);
      }
      if (whole.get(chunk)) {
        states[chunk] = State.SPANNED;
        chosenOf[document]++;
        duplicates.add(chunk);
      } else {
        states[chunk] = State.PARTIAL;
      }
    }
    free -= span.tokens();
    tokensOf[document] += span.tokens();
    addSpan(document, span);
  }

  private void addSpan(int document, Span span) {
    List<Span> list = spans.computeIfAbsent(document, _ -> new ArrayList<>());
    list.add(span);
    list.sort(READING_ORDER);
  }

  private boolean redundant(int document) {
    long repeated = 0;
    int first = table.first(document);
    for (int chunk = first; chunk < first + table.size(document); chunk++) {
      if (!in(chunk) && duplicate(chunk)) {
        repeated += costs.chunk(chunk);
      }
    }
    return repeated * 2 > wholeOf[document] - tokensOf[document];
  }

  private boolean affordable(int chunk) {
    int document = table.documentOf(chunk);
    return costs.chunk(chunk) <= free
        && (touched(document) || (long) costs.chunk(chunk) + costs.document(document) <= free);
  }

  private void spendOn(int chunk) {
    int document = table.documentOf(chunk);
    free -= costs.chunk(chunk) + (touched(document) ? 0 : costs.document(document));
    tokensOf[document] += costs.chunk(chunk);
    states[chunk] = State.IN;
    add(chunk);
  }

  private void add(int chunk) {
    chosenOf[table.documentOf(chunk)]++;
    duplicates.add(chunk);
    if (picked == picks.length) {
      picks = Arrays.copyOf(picks, picked * 2);
    }
    picks[picked++] = chunk;
  }

  private void refund(int chunk) {
    int document = table.documentOf(chunk);
    free += costs.chunk(chunk);
    tokensOf[document] -= costs.chunk(chunk);
    chosenOf[document]--;
  }
}
