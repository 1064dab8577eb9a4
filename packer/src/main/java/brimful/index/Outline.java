package brimful.index;

import brimful.corpus.DocumentId;
import java.util.List;
import java.util.stream.IntStream;

/// A document as the list of its chunks, in document order.
///
/// @param title the document's own title; may be empty
/// @param chunks may make each reference when it is asked for: keep one rather than ask again
public record Outline(DocumentId document, String title, List<ChunkRef> chunks) {
  /// The chunks of a list that never changes, and tells the most asked without a reference.
  interface Stored {
    /// Returns the cost of all chunks.
    long tokens();

    /// Copies the cost of each chunk, from a place of the target on.
    void tokens(int[] target, int at);

    /// Returns whether any chunk has a picture.
    boolean hasPictures();

    /// Returns whether each chunk's ordinal is its place.
    boolean isNumbered();
  }

  public Outline {
    chunks = chunks instanceof Stored ? chunks : List.copyOf(chunks);
  }

  /// Returns the outline of a document without a title.
  public Outline(DocumentId document, List<ChunkRef> chunks) {
    this(document, "", chunks);
  }

  /// Returns the cost of all its chunks in the window, in tokens.
  public long tokens() {
    return chunks instanceof Stored stored
        ? stored.tokens()
        : chunks.stream().mapToLong(ChunkRef::tokens).sum();
  }

  /// Copies the cost of each chunk in the window, in tokens.
  ///
  /// @param at where in the target the first one is put
  public void tokens(int[] target, int at) {
    if (chunks instanceof Stored stored) {
      stored.tokens(target, at);
    } else {
      for (int place = 0; place < chunks.size(); place++) {
        target[at + place] = chunks.get(place).tokens();
      }
    }
  }

  /// Returns whether any chunk has a picture.
  public boolean hasPictures() {
    return chunks instanceof Stored stored
        ? stored.hasPictures()
        : chunks.stream().anyMatch(chunk -> !chunk.picture().isNone());
  }

  /// Returns whether the ordinal of each chunk is its place.
  public boolean isNumbered() {
    return chunks instanceof Stored stored
        ? stored.isNumbered()
        : IntStream.range(0, chunks.size()).allMatch(at -> chunks.get(at).ordinal() == at);
  }
}
