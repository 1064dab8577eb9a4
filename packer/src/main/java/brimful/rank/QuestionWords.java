package brimful.rank;

import brimful.index.term.Stemmer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/// The words of a question that the name of a file or a definition may contain.
///
/// Of several years only the latest counts: a report of one year compares it with those before.
///
/// @param single each word without its ending, without words such as `the`
/// @param joined neighbouring words written as one: "American Water Works" is also
///   `americanwaterwork`
record QuestionWords(List<String> single, List<String> joined) {
  /// How many neighbours are joined.
  private static final int JOINED_MAX = 4;

  private static final int WORDS_MAX = 500;

  QuestionWords {
    single = List.copyOf(single);
    joined = List.copyOf(joined);
  }

  static QuestionWords of(String question) {
    List<String> words = new ArrayList<>(NameWords.of(FunctionWords.without(question)));
    String latest =
        words.stream().filter(NameWords::isYear).max(Comparator.naturalOrder()).orElse("");
    words.removeIf(word -> NameWords.isYear(word) && !word.equals(latest));
    int size = Math.min(WORDS_MAX, words.size());
    var single = new LinkedHashSet<String>();
    var joined = new LinkedHashSet<String>();
    for (int first = 0; first < size; first++) {
      var run = new StringBuilder(words.get(first));
      single.add(Stemmer.stem(words.get(first)));
      for (int next = first + 1; next < Math.min(size, first + JOINED_MAX); next++) {
        joined.add(Stemmer.stem(run.append(words.get(next)).toString()));
      }
    }
    joined.removeAll(single);
    return new QuestionWords(new ArrayList<>(single), new ArrayList<>(joined));
  }
}
