package brimful.chunk;

/// How large chunks may be.
///
/// Small chunks are found better, large ones cost fewer tags. The defaults give code of 20 to 80
/// lines and prose of a few paragraphs.
///
/// @param tokensMax the most tokens of a chunk's whole segment, its tag included
/// @param proseTokensMax the same for prose, where single facts are looked for
/// @param linesMax the most lines of a chunk that are not blank
public record ChunkLimits(int tokensMax, int proseTokensMax, int linesMax) {
  /// The limits to use without a reason for others.
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
