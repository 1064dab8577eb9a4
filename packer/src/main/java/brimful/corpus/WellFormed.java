package brimful.corpus;

/// Text that any encoding of Unicode can hold: no half of a surrogate pair without its other half.
///
/// UTF-32 files, documents and JSON (`"\ud83d"`) give such halves. UTF-8 cannot encode them, so
/// what is counted would not be what is stored or sent. Every text therefore passes here where it
/// enters: sections and sheet names from documents, questions and conversations from people.
public final class WellFormed {
  private static final char REPLACEMENT = '\uFFFD';

  private WellFormed() {}

  /// Returns a text with U+FFFD in the place of each surrogate that stands alone; the same object
  /// if there is none.
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

  /// Returns at most the first characters of a text, and never the first half of a pair alone.
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
      if (Character.isSurrogate(text.charAt(i))) {
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
