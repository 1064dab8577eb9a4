package brimful.eval;

import brimful.index.Snapshot;
import brimful.index.baseline.PlainBm25;
import brimful.rank.Rescorer;
import brimful.rank.Signal;
import brimful.token.TokenCounter;
import java.util.Set;

/// The ways to fill a window that can be compared in one run.
public enum MethodName {
  /// Our ranking and packing.
  BRIMFUL,
  /// The best chunks by plain BM25, one after another, until no more fits: a simple retrieval
  /// program.
  BM25,
  /// The same with stemmed words and without stop words.
  BM25_STEMMED,
  /// The corpus in path order, cut at the budget: a program that only concatenates.
  ORDER;

  /// @param without signals of our ranking that are left out
  /// @param rescorer looks at our ranking again
  EvalMethod open(Snapshot snapshot, TokenCounter counter, Set<Signal> without, Rescorer rescorer) {
    return switch (this) {
      case BRIMFUL -> new BrimfulMethod(snapshot, counter, without, rescorer);
      case BM25 -> new Bm25Method(snapshot, PlainBm25.of(snapshot));
      case BM25_STEMMED -> new Bm25Method(snapshot, PlainBm25.stemmed(snapshot));
      case ORDER -> new FileOrderMethod(snapshot);
    };
  }
}
