package brimful.rank;

import brimful.corpus.UserError;

/// What is asked, as the person wrote it.
public record Question(String text) {
  public Question {
    if (text.isBlank()) {
      throw new UserError(UserError.Kind.USAGE, "the question is empty: ask something");
    }
  }
}
