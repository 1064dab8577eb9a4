package brimful.index;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.TermFrequencyAttribute;

/// Passes a [Bag] to Lucene: each term once, with its weighted count as its frequency.
final class BagStream extends TokenStream {
  private final Bag bag;
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final TermFrequencyAttribute frequency = addAttribute(TermFrequencyAttribute.class);
  private int next;

  BagStream(Bag bag) {
    this.bag = bag;
    term.resizeBuffer(256);
  }

  @Override
  public boolean incrementToken() {
    if (next == bag.size()) {
      return false;
    }
    clearAttributes();
    term.setLength(bag.copy(next, term.buffer()));
    frequency.setTermFrequency(bag.count(next));
    next++;
    return true;
  }

  @Override
  public void reset() {
    next = 0;
  }
}
