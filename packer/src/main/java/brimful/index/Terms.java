package brimful.index;

import java.util.List;

/// A query: weighted passages of text, analysed like the chunks.
public record Terms(List<Passage> passages) {
  public Terms {
    passages = List.copyOf(passages);
  }

  /// A piece of a question.
  ///
  /// @param weight the weight of its words, 1 for normal text
  public record Passage(String text, float weight) {
    public Passage {
      if (!(weight > 0)) {
        throw new IllegalArgumentException("weight %s: give a positive one".formatted(weight));
      }
    }
  }
}
