package brimful.eval;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.index.ChunkRef;
import brimful.index.Snapshot;
import brimful.index.baseline.PlainBm25;
import brimful.pack.Window.Placed;
import java.util.ArrayList;
import java.util.List;

/// The best chunks by [PlainBm25], one after another.
final class Bm25Method implements EvalMethod {
  private final Snapshot snapshot;
  private final PlainBm25 search;

  Bm25Method(Snapshot snapshot, PlainBm25 search) {
    this.snapshot = snapshot;
    this.search = search;
  }

  @Override
  public Found find(String question, int budgetTokensMax) {
    List<ChunkRef> best = search.chunks(question);
    return new Found() {
      @Override
      public List<DocumentId> files() {
        return best.stream().map(ChunkRef::document).distinct().toList();
      }

      @Override
      public Filled fill(int budgetTokens) {
        return firstThatFit(snapshot, best, budgetTokens);
      }
    };
  }

  @Override
  public void close() {
    search.close();
  }

  /// Takes chunks in their order up to the first that does not fit.
  static Filled firstThatFit(Snapshot snapshot, List<ChunkRef> order, int budgetTokens) {
    var taken = new ArrayList<ChunkRef>();
    int tokens = 0;
    for (ChunkRef ref : order) {
      if (tokens + ref.tokens() > budgetTokens) {
        break;
      }
      taken.add(ref);
      tokens += ref.tokens();
    }
    List<Chunk> chunks = snapshot.read(taken);
    List<Placed> placed =
        chunks.stream()
            .map(chunk ->
                new Placed(chunk.document(), chunk.locator(), chunk.text(), chunk.tokens()))
            .toList();
    return new Filled(placed, tokens);
  }
}
