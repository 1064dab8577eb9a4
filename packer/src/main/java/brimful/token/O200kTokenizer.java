package brimful.token;

import brimful.corpus.SpecialTokens;
import java.util.concurrent.ArrayBlockingQueue;

/// Counts tokens as GPT-4o and all later models of OpenAI do.
///
/// The ordinary encoding: a string such as `<|endoftext|>` counts as plain text. Thread-safe: each
/// call borrows a counter, which returns warm for the next call.
final class O200kTokenizer implements TokenCounter {
  static final String NAME = "o200k_base";

  private final O200kVocabulary vocabulary = O200kVocabulary.read();
  private final ArrayBlockingQueue<O200kCounter> idle =
      new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public SpecialTokens specials() {
    return SpecialTokens.OPENAI;
  }

  @Override
  public int count(CharSequence text) {
    O200kCounter borrowed = idle.poll();
    O200kCounter counter = borrowed == null ? new O200kCounter(vocabulary) : borrowed;
    int count = counter.count(text.toString());
    // When more threads count than there are processors, the surplus is left to the collector.
    boolean _ = idle.offer(counter);
    return count;
  }
}
