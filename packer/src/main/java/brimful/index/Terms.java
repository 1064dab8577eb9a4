package brimful.index;

import brimful.index.term.NaturalLanguage;
import java.util.List;
import java.util.Optional;

/// A query: weighted passages of text, analysed like the chunks.
///
/// @param language whose endings tell which words are the same; empty for that of most chunks
/// @param forms whether other forms of its words match too; costs a look at the words with the same
///   beginning for each
public record Terms(List<Passage> passages, Optional<NaturalLanguage> language, boolean forms) {
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
