package brimful.pack;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/// Fills the space that ranking left free, until nothing more fits.
///
/// Longer than 200 lines because its four ways of filling share one notion of spare room.
final class TailFill {
  /// A smaller room holds no useful chunk: the tags alone cost more than ten tokens.
  private static final int ROOM_TOKENS_MIN = 12;

  /// A cut chunk must hold at least this much to be worth its tags.
  private static final int CUT_TOKENS_MIN = 48;

  private static final int CUT_CANDIDATES_MAX = 8;
  private static final int CUTS_MAX = 4;

  /// How many of the last picks may be exchanged for ones that fit better.
  private static final int SWAPPED_MAX = 32;

  /// The largest chunk considered in an exchange, in tokens.
  private static final int SWAPPED_TOKENS_MAX = 8192;

  private static final int NONE = -1;

  private final ChunkTable table;
  private final TokenCosts costs;
  private final ChunkTexts texts;
  private final Selection selection;
  private int exchangeableFrom = Integer.MAX_VALUE;

  TailFill(ChunkTable table, TokenCosts costs, ChunkTexts texts, Selection selection) {
    this.table = table;
    this.costs = costs;
    this.texts = texts;
    this.selection = selection;
  }

  /// Returns whether anything might still fit.
  boolean room() {
    return selection.free() >= ROOM_TOKENS_MIN;
  }

  /// Takes the rest of the documents that are partly in, then other documents, then single chunks,
  /// each in the given order and as long as they fit.
  ///
  /// @param documents most relevant first
  /// @param wholeTokensMax larger documents are not taken whole, unless half of them is in
  void fill(int[] documents, long wholeTokensMax) {
    for (int i = 0; i < documents.length && room(); i++) {
      int document = documents[i];
      if (selection.touched(document) && promotable(document, wholeTokensMax)) {
        selection.promote(document);
      }
    }
    for (int i = 0; i < documents.length && room(); i++) {
      int document = documents[i];
      if (!selection.touched(document) && promotable(document, wholeTokensMax)) {
        selection.promote(document);
      }
    }
    exchangeableFrom = selection.picked();
    for (int i = 0; i < documents.length && room(); i++) {
      takeChunks(documents[i]);
    }
  }

  /// Takes duplicates: repeated text is still better than unused room.
  void repeat() {
    for (int chunk = 0; chunk < table.chunks() && room(); chunk++) {
      selection.takeDuplicate(chunk);
    }
  }

  private boolean promotable(int document, long wholeTokensMax) {
    long whole = selection.wholeTokens(document);
    return whole <= wholeTokensMax || selection.tokens(document) * 2 >= whole;
  }

  private void takeChunks(int document) {
    int first = table.first(document);
    for (int chunk = first; chunk < first + table.size(document) && room(); chunk++) {
      selection.take(chunk);
    }
  }

  /// Exchanges one of the last filling chunks for one that leaves less room unused.
  void swapLast() {
    if (selection.free() == 0 || selection.picked() <= exchangeableFrom) {
      return;
    }
    int[] ofTokens = spareByTokens();
    BitSet twins = selection.twins();
    long least = selection.free();
    int swappedPick = NONE;
    int better = NONE;
    int oldest = Math.max(exchangeableFrom, selection.picked() - SWAPPED_MAX);
    for (int pick = selection.picked() - 1; pick >= oldest && least > 0; pick--) {
      int spare = bestFit(ofTokens, pick, twins);
      if (spare != NONE) {
        long left = selection.free() + costs.chunk(selection.pick(pick)) - costs.chunk(spare);
        if (left < least) {
          least = left;
          swappedPick = pick;
          better = spare;
        }
      }
    }
    if (better != NONE) {
      selection.swap(swappedPick, better);
    }
  }

  private int bestFit(int[] ofTokens, int pick, BitSet twins) {
    int chunk = selection.pick(pick);
    boolean only = selection.chosen(table.documentOf(chunk)) == 1;
    if (only || twins.get(chunk) || selection.state(chunk) != Selection.State.IN) {
      return NONE;
    }
    long most = Math.min(costs.chunk(chunk) + selection.free(), SWAPPED_TOKENS_MAX);
    for (int tokens = (int) most; tokens > costs.chunk(chunk); tokens--) {
      if (ofTokens[tokens] != NONE) {
        return ofTokens[tokens];
      }
    }
    return NONE;
  }

  /// Returns, for each number of tokens, a chunk of that size that is out while its document is in.
  private int[] spareByTokens() {
    var ofTokens = new int[SWAPPED_TOKENS_MAX + 1];
    Arrays.fill(ofTokens, NONE);
    for (int chunk = 0; chunk < table.chunks(); chunk++) {
      int tokens = costs.chunk(chunk);
      if (selection.state(chunk) == Selection.State.OUT
          && tokens <= SWAPPED_TOKENS_MAX
          && ofTokens[tokens] == NONE
          && selection.touched(table.documentOf(chunk))
          && !selection.duplicate(chunk)) {
        ofTokens[tokens] = chunk;
      }
    }
    return ofTokens;
  }

  /// Fills the room that no whole chunk fits into with the first lines of chunks.
  void cut(Ranks ranks) {
    if (selection.free() < CUT_TOKENS_MIN) {
      return;
    }
    BitSet candidates = cutCandidates(ranks);
    texts.load(candidates);
    int cuts = 0;
    for (int chunk = candidates.nextSetBit(0);
        chunk >= 0 && cuts < CUTS_MAX && selection.free() >= CUT_TOKENS_MIN;
        chunk = candidates.nextSetBit(chunk + 1)) {
      if (cut(chunk)) {
        cuts++;
      }
    }
  }

  private BitSet cutCandidates(Ranks ranks) {
    var candidates = new BitSet(table.chunks());
    int size = 0;
    for (int rank = 0; rank < ranks.chunks() && size < CUT_CANDIDATES_MAX; rank++) {
      if (cuttable(ranks.chunk(rank)) && !candidates.get(ranks.chunk(rank))) {
        candidates.set(ranks.chunk(rank));
        size++;
      }
    }
    for (int chunk = 0; chunk < table.chunks() && size < CUT_CANDIDATES_MAX; chunk++) {
      if (cuttable(chunk) && !candidates.get(chunk)) {
        candidates.set(chunk);
        size++;
      }
    }
    return candidates;
  }

  private boolean cuttable(int chunk) {
    return selection.state(chunk) == Selection.State.OUT && !selection.duplicate(chunk);
  }

  private boolean cut(int chunk) {
    int document = table.documentOf(chunk);
    long room = selection.free() - (selection.touched(document) ? 0 : costs.document(document));
    Optional<Span> head = new LeadingLines(table, costs, texts).head(chunk, room);
    head.ifPresent(span -> selection.cut(chunk, span));
    return head.isPresent();
  }
}
