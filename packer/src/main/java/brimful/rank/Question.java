package brimful.rank;

import brimful.corpus.WellFormed;

/// What is asked, as the person wrote it, but for halves of surrogate pairs.
public record Question(String text) {
  public Question {
    text = WellFormed.text(text);
    if (text.isBlank()) {
      throw new IllegalArgumentException("the question is empty: ask something");
    }
  }
}
