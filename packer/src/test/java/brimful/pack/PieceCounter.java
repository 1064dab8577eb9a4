package brimful.pack;

import brimful.token.TokenCounter;

/// Counts like a tokenizer with a tiny vocabulary: letters in fours, digits in threes, a run of
/// whitespace as one, everything else alone.
///
/// A run ends where the next kind of character begins, so the counts of texts add up if one ends
/// with a line break and the next does not start with whitespace.
record PieceCounter(boolean exact) implements TokenCounter {
  private static final int LETTERS = 4;
  private static final int DIGITS = 3;

  @Override
  public String name() {
    return "pieces";
  }

  @Override
  public int count(CharSequence text) {
    int tokens = 0;
    for (int i = 0; i < text.length(); tokens++) {
      char c = text.charAt(i);
      int start = i++;
      if (Character.isLetter(c)) {
        for (; i < text.length() && i - start < LETTERS && Character.isLetter(text.charAt(i)); i++)
          ;
      } else if (Character.isDigit(c)) {
        for (; i < text.length() && i - start < DIGITS && Character.isDigit(text.charAt(i)); i++)
          ;
      } else if (Character.isWhitespace(c)) {
        for (; i < text.length() && Character.isWhitespace(text.charAt(i)); i++)
          ;
      }
    }
    return tokens;
  }
}
