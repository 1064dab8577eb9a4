package brimful.token;

/// Counts the tokens of one pretoken after the other, and keeps the counts of the short ones
/// ([PretokenCache]). Not thread-safe: owns its cache.
final class PretokenCounter {
  private final PretokenCache cache = new PretokenCache();
  private final Merging merging;

  /// Counts the tokens of a pretoken whose count is not known.
  @FunctionalInterface
  interface Merging {
    int count(byte[] utf8, int from, int to);
  }

  PretokenCounter(Merging merging) {
    this.merging = merging;
  }

  /// Returns the tokens of a pretoken.
  ///
  /// @param utf8 goes on for two longs behind the pretoken
  int count(byte[] utf8, int from, int to) {
    int size = to - from;
    long word = SwarBytes.at(utf8, from);
    if (size < Long.BYTES) {
      return countShort(utf8, from, to, PretokenCache.end(word, size));
    }
    if (size < 2 * Long.BYTES) {
      long rest = PretokenCache.end(SwarBytes.at(utf8, from + Long.BYTES), size - Long.BYTES);
      return countMiddle(utf8, from, to, word, rest);
    }
    return size > PretokenCache.BYTES_MAX
        ? merging.count(utf8, from, to)
        : countLong(utf8, from, to);
  }

  private int countShort(byte[] utf8, int from, int to, long end) {
    int count = cache.count(end);
    if (count == 0) {
      count = merging.count(utf8, from, to);
      cache.put(end, count);
    }
    return count;
  }

  private int countMiddle(byte[] utf8, int from, int to, long word, long end) {
    int count = cache.count(word, end);
    if (count == 0) {
      count = merging.count(utf8, from, to);
      cache.put(word, end, count);
    }
    return count;
  }

  private int countLong(byte[] utf8, int from, int to) {
    int count = cache.count(utf8, from, to);
    if (count == 0) {
      count = merging.count(utf8, from, to);
      cache.put(utf8, from, to, count);
    }
    return count;
  }
}
