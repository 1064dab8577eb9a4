package brimful.rank;

import brimful.index.Snapshot;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the misspelt words of a question as those that its corpus knows.
///
/// Only in a short question, which nobody reads twice: a report quotes names that exist elsewhere.
/// Names of code are spelt as somebody wrote them, and are left alone.
final class Misspellings {
  /// A word of letters in one case, or with a capital first, that belongs to no path or name.
  private static final Pattern WORD =
      Pattern.compile(
          "(?<![\\w\\p{L}\\p{M}.@/\\\\:$#-])\\p{L}[\\p{Ll}\\p{Lo}\\p{M}]{3,64}+(?![\\w\\p{L}\\p{M}@/\\\\($-]|[.:]\\w)");

  private Misspellings() {}

  /// Returns the misspelt words of a question as written, each with the word that is meant.
  static SequencedMap<String, String> of(Question question, Snapshot snapshot) {
    var misspelt = new LinkedHashMap<String, String>();
    if (!QuestionAnalysis.isReport(question.text())) {
      Matcher words = WORD.matcher(question.text());
      while (words.find()) {
        String word = words.group();
        snapshot.spelling(word).ifPresent(meant -> misspelt.put(word, meant));
      }
    }
    return misspelt;
  }

  /// Returns the question with its misspelt words replaced, or the same object if it has none.
  static Question mended(Question question, SequencedMap<String, String> misspelt) {
    return misspelt.isEmpty()
        ? question
        : new Question(
            WORD.matcher(question.text())
                .replaceAll(word -> misspelt.getOrDefault(word.group(), word.group())),
            question.today());
  }
}
