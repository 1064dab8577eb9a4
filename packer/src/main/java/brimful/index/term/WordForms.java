package brimful.index.term;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// Joins the terms of a question that are forms of one word with all its forms in an index.
///
/// English plurals and participles are joined by [Stemmer] when text is indexed. What remains are
/// derived words, such as `organize` and `organization`: they tell that a document is about the
/// subject, but not which of its passages answers. Forms of other languages are joined here only,
/// because an index may hold many. For one thread.
public final class WordForms {
  private final Vocabulary vocabulary;
  private final NaturalLanguage language;
  private final KnownForms known;
  private final WordStems stems;

  /// @param known of the same commit as the vocabulary; those that are found are added
  public WordForms(Vocabulary vocabulary, NaturalLanguage language, KnownForms known) {
    this.vocabulary = vocabulary;
    this.language = language;
    this.known = known;
    stems = new WordStems(language);
  }

  /// A word, whatever its ending.
  ///
  /// @param forms terms that are this word
  /// @param derived terms that are derived from it, or from the same word
  public record Word(SortedSet<String> forms, SortedSet<String> derived, float weight) {}

  /// Returns the words of a question, in the order of their first terms.
  ///
  /// @param weights of its terms; forms of one word add up
  public List<Word> of(SortedMap<String, Float> weights) throws IOException {
    var words = new ArrayList<Word>();
    var wordOfForm = new HashMap<String, Integer>();
    for (Map.Entry<String, Float> term : weights.entrySet()) {
      Integer place = wordOfForm.get(term.getKey());
      if (place == null) {
        String asked = term.getKey();
        SortedSet<String> forms = known.of(asked, language, () -> vocabulary.forms(asked, stems));
        forms.forEach(form -> wordOfForm.put(form, words.size()));
        words.add(word(forms, weights.keySet(), term.getValue()));
      } else {
        Word word = words.get(place);
        words.set(place, new Word(word.forms(), word.derived(), word.weight() + term.getValue()));
      }
    }
    return words;
  }

  private Word word(SortedSet<String> forms, Set<String> asked, float weight) {
    if (language != NaturalLanguage.ENGLISH) {
      return new Word(forms, Collections.emptySortedSet(), weight);
    }
    var own = new TreeSet<>(forms);
    own.retainAll(asked);
    var derived = new TreeSet<>(forms);
    derived.removeAll(asked);
    return new Word(own, derived, weight);
  }
}
