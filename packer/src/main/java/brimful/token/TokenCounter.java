package brimful.token;

import brimful.corpus.SpecialTokens;

/// Counts the tokens of a text as one family of models does.
///
/// A counter treats its input as plain text: a string that looks like a special token counts as the
/// characters it consists of. Implementations are safe for many threads.
public interface TokenCounter {

  /// Returns the name of the tokenizer, such as `deepseek-v3` or `o200k_base`; an index belongs to
  /// it.
  String name();

  /// Returns whether [#count] is the model's own count rather than an upper bound.
  boolean exact();

  /// Returns the strings that the model reads as structure; documents must not contain them.
  default SpecialTokens specials() {
    return SpecialTokens.ANY;
  }

  /// Returns the tokens of a text, in time linear in its length.
  int count(CharSequence text);
}
