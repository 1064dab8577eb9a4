package brimful.chunk;

/// How large chunks may be.
///
/// Small chunks are found better, large ones cost fewer tags. The defaults give code of 20 to 80
/// lines and prose of a few paragraphs.
///
/// @param tokensMax the most tokens of a chunk's whole segment, its tag included
/// @param linesMax the most lines of a chunk that are not blank
public record ChunkLimits(int tokensMax, int linesMax) {
  /// The limits to use without a reason for others.
  public static final ChunkLimits DEFAULT = new ChunkLimits(512, 80);

  /// A tag and its path must leave room for text.
  static final int TOKENS_MIN = 128;

  public ChunkLimits {
    if (tokensMax < TOKENS_MIN || linesMax < 1) {
      throw new IllegalArgumentException(
          "chunks of at most %d tokens and %d lines: allow at least %d tokens and 1 line"
              .formatted(tokensMax, linesMax, TOKENS_MIN));
    }
  }
}
