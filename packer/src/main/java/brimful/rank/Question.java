package brimful.rank;

/// What is asked, as the person wrote it.
public record Question(String text) {
  public Question {
    if (text.isBlank()) {
      throw new IllegalArgumentException("the question is empty: ask something");
    }
  }
}
