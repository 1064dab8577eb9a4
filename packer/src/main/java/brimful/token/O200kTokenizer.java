package brimful.token;

import brimful.corpus.SpecialTokens;

/// Counts tokens as GPT-4o and all later models of OpenAI do.
///
/// The ordinary encoding: a string such as `<|endoftext|>` counts as plain text. Thread-safe: each
/// call borrows a counter, which returns warm for the next call.
final class O200kTokenizer implements TokenCounter {
  static final String NAME = "o200k_base";

  private final O200kVocabulary vocabulary = O200kVocabulary.read();
  private final IdlePool<O200kCounter> counters =
      new IdlePool<>(() -> new O200kCounter(vocabulary));

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
    return counters.use(counter -> counter.count(text.toString()));
  }
}
