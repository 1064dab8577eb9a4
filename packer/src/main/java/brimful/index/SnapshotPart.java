package brimful.index;

import brimful.corpus.DocumentId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Some chunks of some documents of a snapshot. Safe for many threads.
public final class SnapshotPart {
  private final List<Outline> outlines;
  private final Map<DocumentId, Chosen> chosen;

  /// @param numbered whether they are the first chunks of their document
  private record Chosen(List<ChunkRef> chunks, boolean numbered) {
    static final Chosen NONE = new Chosen(List.of(), true);

    boolean has(int ordinal) {
      if (numbered) {
        return ordinal < chunks.size();
      }
      int low = 0;
      int high = chunks.size() - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        int found = chunks.get(middle).ordinal();
        if (found == ordinal) {
          return true;
        }
        low = found < ordinal ? middle + 1 : low;
        high = found > ordinal ? middle - 1 : high;
      }
      return false;
    }
  }

  /// @param outlines of the snapshot, in its order, each with all of its chunks or with some, in
  ///   their order
  public SnapshotPart(List<Outline> outlines) {
    this.outlines = List.copyOf(outlines);
    chosen = HashMap.newHashMap(outlines.size());
    for (Outline outline : outlines) {
      chosen.put(outline.document(), new Chosen(outline.chunks(), outline.isNumbered()));
    }
  }

  public List<Outline> outlines() {
    return outlines;
  }

  /// Whether any chunk of a document belongs to it.
  public boolean has(DocumentId document) {
    return chosen.containsKey(document);
  }

  /// Whether a chunk that was found belongs to it.
  public boolean has(Hit chunk) {
    return chosen.getOrDefault(chunk.document(), Chosen.NONE).has(chunk.ordinal());
  }

  /// Returns the chunks of a document that belong to it; none if none do.
  public List<ChunkRef> chunks(DocumentId document) {
    return chosen.getOrDefault(document, Chosen.NONE).chunks;
  }
}
