package brimful.index;

import brimful.corpus.DocumentId;
import java.util.List;

/// A document as the list of its chunks, in document order.
///
/// @param title the document's own title; may be empty
/// @param chunks may make each reference when it is asked for: keep one rather than ask again
public record Outline(DocumentId document, String title, List<ChunkRef> chunks) {
  /// Marks a list that never changes, and need not be copied.
  interface Unchanging {}

  public Outline {
    chunks = chunks instanceof Unchanging ? chunks : List.copyOf(chunks);
  }

  /// Returns the outline of a document without a title.
  public Outline(DocumentId document, List<ChunkRef> chunks) {
    this(document, "", chunks);
  }

  /// Returns the cost of all its chunks in the window, in tokens.
  public long tokens() {
    long tokens = 0;
    for (ChunkRef chunk : chunks) {
      tokens += chunk.tokens();
    }
    return tokens;
  }
}
