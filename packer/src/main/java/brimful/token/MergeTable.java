package brimful.token;

/// Which two tokens make which third, in a byte-level BPE vocabulary.
///
/// Implementations are immutable, so thread-safe.
interface MergeTable {
  /// What [#of] returns for a pair that does not merge; higher than any id.
  int NONE = Integer.MAX_VALUE;

  /// Returns the id of the token that two neighbours merge to, or [#NONE]. Lower ids merge first.
  int of(int left, int right);

  /// Returns the id of a single byte.
  int ofByte(byte b);
}
