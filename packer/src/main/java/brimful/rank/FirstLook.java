package brimful.rank;

import brimful.index.ChunkRef;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.rank.aspect.Aspect;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.IntStream;

/// Where one starts to read a corpus if no word of a question is in it: the files that tell what it
/// is and what it needs, then the others in canonical order.
public final class FirstLook {
  private FirstLook() {}

  /// Returns the first chunks of the first documents: one of each, or more of few documents.
  ///
  /// @param limit the most chunks
  public static List<ChunkRef> chunks(Snapshot snapshot, int limit) {
    List<Outline> outlines = snapshot.outlines();
    int ofEach = Math.max(1, limit / Math.max(1, outlines.size()));
    return order(CorpusNames.of(snapshot)).stream()
        .limit(limit)
        .flatMap(number -> outlines.get(number).chunks().stream().limit(ofEach))
        .limit(limit)
        .toList();
  }

  private static SequencedSet<Integer> order(CorpusNames corpus) {
    var order = new LinkedHashSet<Integer>();
    int size = corpus.size();
    for (int number :
        corpus.aspects().about(List.of(Aspect.OVERVIEW, Aspect.VERSION), new float[size])) {
      order.add(number);
    }
    IntStream.range(0, size).forEach(order::add);
    return order;
  }
}
