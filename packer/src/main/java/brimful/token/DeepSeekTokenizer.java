package brimful.token;

import brimful.corpus.SpecialTokens;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Counts tokens exactly as DeepSeek V3 and V4 do, and returns their ids.
///
/// Design: text becomes UTF-8 ([Utf8]); [Splitter] and, for ASCII, [AsciiBlock] split it into
/// pretokens, which no merge crosses; [PretokenCache] returns the count of a known pretoken;
/// otherwise [BytePairEncoder] merges its bytes with [Merges], a perfect hash from token pairs to
/// ids. Invariant: equal to the Hugging Face tokenizer on every text; tests compare ids over all of
/// Unicode. Text is plain text: `<｜User｜>` is the characters it consists of. A lone surrogate
/// counts as `?`, which is what Java writes for it in UTF-8.
///
/// Cost: linear in the text, but O(n log n) in a single pretoken of n bytes, such as a megabyte of
/// one letter; about 280 MB/s on code (bench/results/tokenizer.md). Thread-safe: each call borrows
/// an encoder, which returns warm for the next call.
public final class DeepSeekTokenizer implements TokenCounter {
  /// The name of this tokenizer.
  public static final String NAME = "deepseek-v3";

  private static final String MERGES = "deepseek-v3.merges";
  private static final String CLASSES = "deepseek-v3.classes";

  private final Splitter splitter;
  private final Merges merges;
  private final IdlePool<BytePairEncoder> encoders;

  /// Loads the tables, which takes about 20 ms and 2 MB: [Tokenizers#named] shares one instance.
  public DeepSeekTokenizer() {
    try (InputStream classes = resource(CLASSES);
        InputStream table = resource(MERGES)) {
      splitter = new Splitter(new CharClasses(classes.readAllBytes()));
      merges = Merges.read(table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    encoders = new IdlePool<>(() -> new BytePairEncoder(splitter, merges));
  }

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
    return SpecialTokens.DEEPSEEK;
  }

  @Override
  public int count(CharSequence text) {
    return encoders.use(encoder -> encoder.count(text.toString()));
  }

  /// Returns the ids of the text's tokens, as many as [#count] returns.
  public int[] encode(CharSequence text) {
    return encoders.use(encoder -> encoder.encode(text.toString()));
  }

  Splitter splitter() {
    return splitter;
  }

  Merges merges() {
    return merges;
  }

  private static InputStream resource(String name) {
    InputStream in = DeepSeekTokenizer.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException(
          "resource %s is not on the class path: build the jar with its resources".formatted(name));
    }
    return in;
  }
}
