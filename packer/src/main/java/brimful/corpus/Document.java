package brimful.corpus;

import java.util.List;

/// A document's text, cut into chunks; or, of a large one, the part of it that is at hand.
///
/// @param title the document's own title, such as its first heading; may be empty
/// @param chunks in document order, their ordinals without gaps, from 0 unless a part goes on with
///   what another began; never empty
public record Document(DocumentId id, String title, List<Chunk> chunks) {
  public Document {
    chunks = List.copyOf(chunks);
    if (chunks.isEmpty()) {
      throw new IllegalArgumentException("document %s has no chunks: leave it out".formatted(id));
    }
    int first = chunks.getFirst().ordinal();
    for (int i = 0; i < chunks.size(); i++) {
      if (chunks.get(i).ordinal() != first + i || !chunks.get(i).document().equals(id)) {
        throw new IllegalArgumentException(
            "chunk %s of document %s is numbered %s of %s: give its own chunks in order"
                .formatted(first + i, id, chunks.get(i).ordinal(), chunks.get(i).document()));
      }
    }
  }

  /// Returns a document without a title.
  public Document(DocumentId id, List<Chunk> chunks) {
    this(id, "", chunks);
  }

  /// Returns the ordinal of its first chunk: 0, unless another part has what comes before.
  public int first() {
    return chunks.getFirst().ordinal();
  }

  /// Returns the ordinal that a chunk behind it would have.
  public int next() {
    return first() + chunks.size();
  }

  /// Returns the cost of all its chunks in the window, in tokens.
  public long tokens() {
    return chunks.stream().mapToLong(Chunk::tokens).sum();
  }
}
