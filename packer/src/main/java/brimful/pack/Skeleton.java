package brimful.pack;

import java.util.Arrays;
import java.util.BitSet;

/// Shows where more may be found: the lines of definitions that are not in the window.
///
/// Code often changes in files that a question names by a few words only. A short look at many
/// files is cheap, and in the right file it is worth more than another chunk of a wrong one. Each
/// line keeps its own number, so it can be cited like any other.
final class Skeleton {
  /// The most that one chunk's lines may cost: a tag and a signature or two.
  private static final int CHUNK_TOKENS_MAX = 40;

  /// Tokens for each chunk that is read: about what one signature costs.
  private static final int TOKENS_A_CHUNK = 20;

  private final ChunkTable table;
  private final TokenCosts costs;
  private final ChunkTexts texts;
  private final Ranks ranks;
  private final Selection selection;
  private final Signatures signatures;

  Skeleton(ChunkTable table, TokenCosts costs, ChunkTexts texts, Ranks ranks, Selection selection) {
    this.table = table;
    this.costs = costs;
    this.texts = texts;
    this.ranks = ranks;
    this.selection = selection;
    signatures = new Signatures(table, costs, texts);
  }

  /// Shows, for the best documents that are not in, the definition lines of their best chunk, or
  /// its first lines if it defines nothing.
  ///
  /// @param documents how many of the best documents get a look
  /// @param tokens the most that all of them may cost
  void open(int documents, long tokens) {
    int[] best = bestOfDocuments();
    var wanted = new BitSet(table.chunks());
    int[] order = ranks.documents();
    int looked = Math.min(documents, order.length);
    for (int i = 0; i < looked; i++) {
      if (!selection.touched(order[i]) && best[order[i]] >= 0) {
        wanted.set(best[order[i]]);
      }
    }
    texts.load(wanted);
    var leadingLines = new LeadingLines(table, costs, texts);
    long floor = Math.max(0, selection.free() - tokens);
    for (int i = 0; i < looked; i++) {
      int chunk = best[order[i]];
      long room = selection.free() - floor - costs.document(order[i]);
      if (!selection.touched(order[i]) && chunk >= 0 && room > 0 && show(chunk, room) == 0) {
        leadingLines
            .head(chunk, Math.min(room, CHUNK_TOKENS_MAX))
            .ifPresent(span -> selection.cut(chunk, span));
      }
    }
  }

  /// Shows the definition lines of chunks that are out, best first, in documents that are partly
  /// in.
  ///
  /// @param tokens the most that all of them may cost
  void extend(long tokens) {
    long left = Math.min(tokens, selection.free());
    var wanted = new BitSet(table.chunks());
    int end = 0;
    for (long room = left; end < ranks.chunks() && room > 0; end++) {
      if (extendable(ranks.chunk(end))) {
        wanted.set(ranks.chunk(end));
        room -= TOKENS_A_CHUNK;
      }
    }
    texts.load(wanted);
    for (int rank = 0; rank < end; rank++) {
      if (extendable(ranks.chunk(rank))) {
        left -= show(ranks.chunk(rank), left);
      }
    }
  }

  private boolean extendable(int chunk) {
    return selection.state(chunk) == Selection.State.OUT
        && selection.touched(table.documentOf(chunk))
        && !selection.duplicate(chunk);
  }

  /// Returns what was spent, without the document's own lines.
  private long show(int chunk, long roomTokens) {
    long most = Math.min(roomTokens, CHUNK_TOKENS_MAX);
    long spent = 0;
    for (Span signature : signatures.of(chunk)) {
      if (signature.tokens() <= most - spent) {
        selection.cut(chunk, signature);
        spent += signature.tokens();
      }
    }
    return spent;
  }

  private int[] bestOfDocuments() {
    var best = new int[table.documents()];
    Arrays.fill(best, -1);
    for (int rank = 0; rank < ranks.chunks(); rank++) {
      int document = table.documentOf(ranks.chunk(rank));
      if (best[document] < 0) {
        best[document] = ranks.chunk(rank);
      }
    }
    return best;
  }
}
