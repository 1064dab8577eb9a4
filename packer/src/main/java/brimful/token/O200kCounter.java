package brimful.token;

import java.nio.ByteBuffer;

/// Counts tokens as `o200k_base` does: splits text into pretokens ([O200kSplitter]) and merges
/// those whose count it does not know ([PretokenCounter]). Tests compare with JTokkit, which is
/// many times slower.
///
/// A lone surrogate counts as `?`, which is what Java writes for it in UTF-8. Not thread-safe.
final class O200kCounter {
  /// What the cache, and the splitter, may look at behind the text.
  private static final int PADDING = 2 * Long.BYTES + O200kSplitter.PADDING;

  private final O200kVocabulary vocabulary;
  private final PairMerger merger;
  private final PretokenCounter counter = new PretokenCounter(this::merged);

  O200kCounter(O200kVocabulary vocabulary) {
    this.vocabulary = vocabulary;
    merger = new PairMerger(vocabulary);
  }

  /// Returns the tokens of a text.
  int count(String text) {
    ByteBuffer padded = Utf8.padded(text, PADDING);
    byte[] utf8 = padded.array();
    int length = padded.limit();
    int tokens = 0;
    int at = 0;
    while (at < length) {
      int end = O200kSplitter.end(utf8, at, length);
      tokens += counter.count(utf8, at, end);
      at = end;
    }
    return tokens;
  }

  /// A token of the vocabulary counts as one, whatever its bytes would merge to.
  private int merged(byte[] text, int from, int to) {
    return vocabulary.has(text, from, to) ? 1 : merger.count(text, from, to);
  }
}
