package brimful.index;

import brimful.corpus.DocumentId;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Some chunks of some documents of a snapshot, or of a part of one: the whole. Its documents have
/// numbers of their own. Safe for many threads.
public final class SnapshotPart {
  private final List<Outline> outlines;
  private final DocumentNumbers numbers;

  /// The own number of each document by that in the whole; -1 for those left out.
  private final int[] ofWhole;

  /// The documents of which the first chunks are chosen, or all.
  private final BitSet numbered = new BitSet();

  /// @param whole the numbers of the whole's documents
  /// @param outlines of the whole, in its order, each with all of its chunks or with some, in their
  ///   order
  public SnapshotPart(DocumentNumbers whole, List<Outline> outlines) {
    this.outlines = List.copyOf(outlines);
    numbers = new DocumentNumbers(outlines);
    ofWhole = new int[whole.size()];
    Arrays.fill(ofWhole, -1);
    for (int number = 0; number < outlines.size(); number++) {
      Outline outline = outlines.get(number);
      ofWhole[whole.of(outline.document())] = number;
      numbered.set(number, outline.isNumbered());
    }
  }

  public List<Outline> outlines() {
    return outlines;
  }

  /// Returns the number of a document in the part, or -1 if it has none of its chunks.
  public int number(DocumentId document) {
    return numbers.of(document);
  }

  /// Returns those of the whole's chunks that belong to it, with their documents' own numbers.
  public List<Hit> chunks(List<Hit> ofWhole, int limit) {
    return renumbered(ofWhole, limit, true);
  }

  /// Returns those of the whole's documents that belong to it, with their own numbers.
  public List<Hit> documents(List<Hit> ofWhole, int limit) {
    return renumbered(ofWhole, limit, false);
  }

  private List<Hit> renumbered(List<Hit> hits, int limit, boolean chunks) {
    return hits.stream()
        .map(hit -> new Hit(ofWhole[hit.document()], hit.ordinal(), hit.score()))
        .filter(hit -> hit.document() >= 0 && (!chunks || hasChunk(hit)))
        .limit(limit)
        .toList();
  }

  private boolean hasChunk(Hit hit) {
    List<ChunkRef> chunks = outlines.get(hit.document()).chunks();
    if (numbered.get(hit.document())) {
      return hit.ordinal() < chunks.size();
    }
    int low = 0;
    int high = chunks.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int found = chunks.get(middle).ordinal();
      if (found == hit.ordinal()) {
        return true;
      }
      low = found < hit.ordinal() ? middle + 1 : low;
      high = found > hit.ordinal() ? middle - 1 : high;
    }
    return false;
  }
}
