package brimful.eval;

import brimful.corpus.DocumentId;
import brimful.index.ChunkRef;
import brimful.index.Outline;
import brimful.index.Snapshot;
import java.util.List;

/// The corpus in path order, whatever the question is.
final class FileOrderMethod implements EvalMethod {
  private final Snapshot snapshot;
  private final List<Outline> corpus;

  FileOrderMethod(Snapshot snapshot) {
    this.snapshot = snapshot;
    corpus = snapshot.outlines();
  }

  @Override
  public Found find(String question, int budgetTokensMax) {
    List<ChunkRef> chunks = corpus.stream().flatMap(outline -> outline.chunks().stream()).toList();
    return new Found() {
      @Override
      public List<DocumentId> files() {
        return corpus.stream().map(Outline::document).toList();
      }

      @Override
      public Filled fill(int budgetTokens) {
        return Bm25Method.firstThatFit(snapshot, chunks, budgetTokens);
      }
    };
  }

  @Override
  public void close() {}
}
