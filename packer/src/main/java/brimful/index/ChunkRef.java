package brimful.index;

import brimful.corpus.DocumentId;
import brimful.corpus.PictureSize;

/// A chunk without its text: what the packer needs to choose.
///
/// @param key the engine's own address of the chunk, valid within its snapshot
/// @param tokens the cost of its segment in the window
/// @param firstLine its first line, or 0 if its locator is not a line range
/// @param lastLine its last line, or 0
/// @param hash a 64-bit hash of its text with whitespace normalised: equal means duplicate
/// @param simHash a 64-bit SimHash of its words: a small Hamming distance means near-duplicate
/// @param picture what its picture measures; [PictureSize#NONE] if it has none
public record ChunkRef(
    DocumentId document,
    int ordinal,
    int key,
    int tokens,
    int firstLine,
    int lastLine,
    long hash,
    long simHash,
    PictureSize picture) {
  /// Returns a chunk without a picture.
  public ChunkRef(
      DocumentId document,
      int ordinal,
      int key,
      int tokens,
      int firstLine,
      int lastLine,
      long hash,
      long simHash) {
    this(document, ordinal, key, tokens, firstLine, lastLine, hash, simHash, PictureSize.NONE);
  }

  /// Returns the same chunk at another position of its document.
  public ChunkRef numbered(int other) {
    return other == ordinal
        ? this
        : new ChunkRef(document, other, key, tokens, firstLine, lastLine, hash, simHash, picture);
  }

  /// Returns the same chunk as one of another document.
  public ChunkRef in(DocumentId other) {
    return new ChunkRef(other, ordinal, key, tokens, firstLine, lastLine, hash, simHash, picture);
  }
}
