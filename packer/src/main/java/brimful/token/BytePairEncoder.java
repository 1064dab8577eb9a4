package brimful.token;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Encodes text: splits it into pretokens and merges the bytes of each ([PairMerger]);
/// [PretokenCache] keeps counts of pretokens that were merged before. Not thread-safe: owns its
/// working arrays and its cache.
final class BytePairEncoder {
  private final Splitter splitter;
  private final PretokenCache cache = new PretokenCache();
  private final PairMerger merger;

  BytePairEncoder(Splitter splitter, MergeTable merges) {
    this.splitter = splitter;
    merger = new PairMerger(merges);
  }

  int count(String text) {
    ByteBuffer padded = Utf8.padded(text, Splitter.PADDING);
    byte[] utf8 = padded.array();
    int length = padded.limit();
    int tokens = 0;
    int from = 0;
    while (from < length) {
      int block = from;
      long starts = splitter.asciiStarts(utf8, from, length);
      do {
        int to =
            starts == 0
                ? splitter.end(utf8, from, length)
                : block + Long.numberOfTrailingZeros(starts);
        tokens += countPretoken(utf8, from, to);
        from = to;
        starts &= starts - 1;
      } while (starts != 0);
    }
    return tokens;
  }

  private int countPretoken(byte[] utf8, int from, int to) {
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
        ? merger.count(utf8, from, to)
        : countLong(utf8, from, to);
  }

  private int countShort(byte[] utf8, int from, int to, long end) {
    int count = cache.count(end);
    if (count == 0) {
      count = merger.count(utf8, from, to);
      cache.put(end, count);
    }
    return count;
  }

  private int countMiddle(byte[] utf8, int from, int to, long word, long end) {
    int count = cache.count(word, end);
    if (count == 0) {
      count = merger.count(utf8, from, to);
      cache.put(word, end, count);
    }
    return count;
  }

  private int countLong(byte[] utf8, int from, int to) {
    int count = cache.count(utf8, from, to);
    if (count == 0) {
      count = merger.count(utf8, from, to);
      cache.put(utf8, from, to, count);
    }
    return count;
  }

  int[] encode(String text) {
    ByteBuffer padded = Utf8.padded(text, Splitter.PADDING);
    byte[] utf8 = padded.array();
    int length = padded.limit();
    int[] tokens = new int[length];
    int count = 0;
    int from = 0;
    while (from < length) {
      int to = splitter.end(utf8, from, length);
      int[] merged = merger.ids(utf8, from, to);
      System.arraycopy(merged, 0, tokens, count, merged.length);
      count += merged.length;
      from = to;
    }
    return Arrays.copyOf(tokens, count);
  }
}
