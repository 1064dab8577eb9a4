package brimful.index.term;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;

/// The forms of words that questions on a commit had: questions have words in common, and finding
/// the forms of one takes a look at all terms that begin like it. Safe for many threads.
public final class KnownForms {
  /// Then all are forgotten.
  private static final int WORDS_MAX = 10_000;

  private final Map<Word, SortedSet<String>> forms = new ConcurrentHashMap<>();

  private record Word(String term, NaturalLanguage language) {}

  /// Finds the forms of a word that is not known yet.
  @FunctionalInterface
  interface Finder {
    SortedSet<String> find() throws IOException;
  }

  /// Returns the forms of a word.
  SortedSet<String> of(String term, NaturalLanguage language, Finder finder) throws IOException {
    var word = new Word(term, language);
    SortedSet<String> known = forms.get(word);
    if (known == null) {
      known = Collections.unmodifiableSortedSet(finder.find());
      if (forms.size() >= WORDS_MAX) {
        forms.clear();
      }
      forms.put(word, known);
    }
    return known;
  }
}
