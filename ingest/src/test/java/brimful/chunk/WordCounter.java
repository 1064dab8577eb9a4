package brimful.chunk;

import brimful.token.TokenCounter;

/// Counts runs of letters, other characters that are not white, and line breaks.
final class WordCounter implements TokenCounter {
  private static final int LETTERS_MAX = 8;

  @Override
  public String name() {
    return "words";
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public int count(CharSequence text) {
    int tokens = 0;
    int run = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean letter = Character.isLetter(c);
      run = letter && run < LETTERS_MAX ? run + 1 : letter ? 1 : 0;
      tokens += run == 1 || (!letter && c != ' ') ? 1 : 0;
    }
    return tokens;
  }
}
