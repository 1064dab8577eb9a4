package brimful.corpus;

/// Makes text well-formed Unicode: without lone surrogates.
///
/// UTF-32 files, documents and JSON (`"\ud83d"`) produce such halves. UTF-8 cannot encode them, so
/// the counted text would differ from what is stored or sent. Therefore every text passes here
/// where it enters: sections and sheet names of documents, questions and conversations of people.
public final class WellFormed {
  private static final char REPLACEMENT = '\uFFFD';

  private WellFormed() {}

  /// Returns a text with each lone surrogate replaced by U+FFFD; the same object if there is none.
  public static String text(String text) {
    int at = firstLone(text);
    if (at < 0) {
      return text;
    }
    var mended = new StringBuilder(text);
    for (; at < mended.length(); at++) {
      char c = mended.charAt(at);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (isPair(mended, at)) {
        at++;
      } else {
        mended.setCharAt(at, REPLACEMENT);
      }
    }
    return mended.toString();
  }

  /// Returns at most the first characters of a text, without splitting a surrogate pair.
  ///
  /// @param charactersMax at least 0, in UTF-16 code units
  public static String start(String text, int charactersMax) {
    if (text.length() <= charactersMax) {
      return text;
    }
    boolean splits = charactersMax > 0 && isPair(text, charactersMax - 1);
    return text.substring(0, splits ? charactersMax - 1 : charactersMax);
  }

  private static int firstLone(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        if (!isPair(text, i)) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  private static boolean isPair(CharSequence text, int at) {
    return at + 1 < text.length()
        && Character.isHighSurrogate(text.charAt(at))
        && Character.isLowSurrogate(text.charAt(at + 1));
  }
}
