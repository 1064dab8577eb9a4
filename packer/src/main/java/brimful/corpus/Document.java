package brimful.corpus;

import java.util.List;

/// A document's text, cut into chunks.
///
/// @param title the document's own title, such as its first heading; may be empty
/// @param chunks in document order, ordinals 0, 1, 2 and so on; never empty
public record Document(DocumentId id, String title, List<Chunk> chunks) {
  public Document {
    chunks = List.copyOf(chunks);
    if (chunks.isEmpty()) {
      throw new IllegalArgumentException("document %s has no chunks: leave it out".formatted(id));
    }
    for (int i = 0; i < chunks.size(); i++) {
      if (chunks.get(i).ordinal() != i || !chunks.get(i).document().equals(id)) {
        throw new IllegalArgumentException(
            "chunk %s of document %s is numbered %s of %s: give its own chunks in order"
                .formatted(i, id, chunks.get(i).ordinal(), chunks.get(i).document()));
      }
    }
  }

  /// Returns a document without a title.
  public Document(DocumentId id, List<Chunk> chunks) {
    this(id, "", chunks);
  }

  /// Returns the cost of all its chunks in the window, in tokens.
  public long tokens() {
    return chunks.stream().mapToLong(Chunk::tokens).sum();
  }
}
