package brimful.rank;

import brimful.index.Snapshot;
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

  /// Returns the question with its misspelt words replaced, or the same object if it has none.
  static Question mended(Question question, Snapshot snapshot) {
    if (QuestionAnalysis.isReport(question.text())) {
      return question;
    }
    Matcher words = WORD.matcher(question.text());
    String text =
        words.replaceAll(
            word -> Matcher.quoteReplacement(snapshot.spelling(word.group()).orElse(word.group())));
    return text.equals(question.text()) ? question : new Question(text);
  }
}
