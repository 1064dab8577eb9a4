package brimful.token;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Encodes text: splits it into pretokens and merges the bytes of each ([PairMerger]), or knows
/// their count ([PretokenCounter]). Not thread-safe: owns its working arrays and its cache.
final class BytePairEncoder {
  private final Splitter splitter;
  private final PairMerger merger;
  private final PretokenCounter counter;

  BytePairEncoder(Splitter splitter, MergeTable merges) {
    this.splitter = splitter;
    merger = new PairMerger(merges);
    counter = new PretokenCounter(merger::count);
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
        tokens += counter.count(utf8, from, to);
        from = to;
        starts &= starts - 1;
      } while (starts != 0);
    }
    return tokens;
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
