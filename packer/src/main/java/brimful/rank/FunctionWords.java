package brimful.rank;

import brimful.index.term.NaturalLanguage;
import java.util.regex.Pattern;

/// Words that carry grammar but no subject, in the language of the text.
///
/// Documents keep them, because in code `is`, `not` and `for` name things. In a question they
/// mostly match other questions: in a conversation, `what did you` is rare enough to dominate.
final class FunctionWords {
  private static final Pattern ENGLISH =
      Pattern.compile(
          "(?=[A-Za-z])(?<!\\w)(?:what|when|where|which|who|whom|whose|why|how"
              + "|am|is|are|was|were|be|been|being|do|does|did|done|has|have|had|having"
              + "|can|could|would|should|will|may|might|must|shall|get|got"
              + "|a|an|the|this|that|these|those|there|here|it|its|one|any|some|other|such"
              + "|i|me|my|we|us|our|you|your|he|him|his|she|her|hers|they|them|their"
              + "|of|in|on|at|by|to|from|with|for|as|about|into"
              + "|and|or|but|if|than|then|so|not|no|only|also|just|very|much|many|more|most"
              + "|please|like)(?!\\w)",
          Pattern.CASE_INSENSITIVE);

  private FunctionWords() {}

  /// Returns a text without these words, or unchanged if it consists of nothing else.
  static String without(String text) {
    NaturalLanguage language = NaturalLanguage.of(text).orElse(NaturalLanguage.ENGLISH);
    String content =
        language == NaturalLanguage.ENGLISH
            ? ENGLISH.matcher(text).replaceAll(" ")
            : language.withoutFunctionWords(text);
    return content.chars().anyMatch(Character::isLetterOrDigit) ? content : text;
  }
}
