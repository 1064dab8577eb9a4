package brimful.chunk;

/// The sizes of chunks.
///
/// Small chunks are found more easily, large ones cost fewer tags. The defaults give code of 20 to
/// 80 lines and prose of a few paragraphs.
///
/// @param tokensMax the most tokens of a chunk's whole segment, its tag included
/// @param proseTokensMax the same for prose, where single facts are searched for
/// @param linesMax the most lines of a chunk that are not blank
public record ChunkLimits(int tokensMax, int proseTokensMax, int linesMax) {
  /// The default limits.
  public static final ChunkLimits DEFAULT = new ChunkLimits(512, 192, 80);

  /// A tag and its path must leave room for text.
  static final int TOKENS_MIN = 128;

  public ChunkLimits {
    if (Math.min(tokensMax, proseTokensMax) < TOKENS_MIN || linesMax < 1) {
      throw new IllegalArgumentException(
          "chunks of at most %s tokens and %s lines: allow at least %s tokens and 1 line"
              .formatted(Math.min(tokensMax, proseTokensMax), linesMax, TOKENS_MIN));
    }
  }
}
