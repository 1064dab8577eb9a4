package brimful.answer;

import brimful.pack.Window;
import java.util.List;

/// What a model answered, and what it cites.
///
/// @param text as it came
/// @param citations each place once, in the order of the text
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

  /// Returns how many citations hold.
  public long verified() {
    return citations.stream().filter(Citation::verified).count();
  }
}
