package brimful.index.term;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.TermFrequencyAttribute;

/// Passes a [TermCounts] to Lucene: each term once, with its weighted count as its frequency.
public final class TermCountStream extends TokenStream {
  private final TermCounts termCounts;
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final TermFrequencyAttribute frequency = addAttribute(TermFrequencyAttribute.class);
  private int next;

  public TermCountStream(TermCounts termCounts) {
    this.termCounts = termCounts;
    term.resizeBuffer(256);
  }

  @Override
  public boolean incrementToken() {
    if (next == termCounts.size()) {
      return false;
    }
    clearAttributes();
    term.setLength(termCounts.copy(next, term.buffer()));
    frequency.setTermFrequency(termCounts.count(next));
    next++;
    return true;
  }

  @Override
  public void reset() {
    next = 0;
  }
}
