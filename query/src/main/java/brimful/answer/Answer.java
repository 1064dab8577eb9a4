package brimful.answer;

import brimful.pack.Window;
import java.util.List;

/// A model's answer with its citations.
///
/// @param text as received
/// @param citations each place once, in text order
public record Answer(String text, List<Citation> citations) {
  public Answer {
    citations = List.copyOf(citations);
  }

  /// Checks an answer.
  ///
  /// @param window the one the model was asked with
  public static Answer of(String text, Window window) {
    return new Answer(text, new Citations(window).in(text));
  }

  /// Returns how many citations are verified.
  public long verified() {
    return citations.stream().filter(Citation::verified).count();
  }
}
