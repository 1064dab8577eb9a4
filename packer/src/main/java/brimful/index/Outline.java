package brimful.index;

import brimful.corpus.DocumentId;
import java.util.List;

/// A document as the list of its chunks, in document order.
///
/// @param title the document's own title; may be empty
public record Outline(DocumentId document, String title, List<ChunkRef> chunks) {
  public Outline {
    chunks = List.copyOf(chunks);
  }

  /// Returns the outline of a document without a title.
  public Outline(DocumentId document, List<ChunkRef> chunks) {
    this(document, "", chunks);
  }

  /// Returns the cost of all its chunks in the window, in tokens.
  public long tokens() {
    return chunks.stream().mapToLong(ChunkRef::tokens).sum();
  }
}
