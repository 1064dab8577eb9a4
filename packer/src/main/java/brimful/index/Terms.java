package brimful.index;

import java.util.List;

/// What to look for: weighted passages of text, which the index analyses as it analysed the chunks.
public record Terms(List<Passage> passages) {
  public Terms {
    passages = List.copyOf(passages);
  }

  /// A piece of a question.
  ///
  /// @param weight how much its words count, 1 for normal text
  public record Passage(String text, float weight) {
    public Passage {
      if (!(weight > 0)) {
        throw new IllegalArgumentException("weight %s: give a positive one".formatted(weight));
      }
    }
  }
}
