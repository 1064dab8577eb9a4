package brimful.index;

import brimful.corpus.DocumentId;
import java.util.List;

/// A document as the list of its chunks, in document order.
public record Outline(DocumentId document, List<ChunkRef> chunks) {
  public Outline {
    chunks = List.copyOf(chunks);
  }

  /// Returns what all its chunks cost in the window, in tokens.
  public long tokens() {
    return chunks.stream().mapToLong(ChunkRef::tokens).sum();
  }
}
