package brimful.secret;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds private keys in PEM and its relatives, as a whole: in lines of their own, in a string with
/// `\n` or in several strings that are added up.
///
/// A header without a key, as in a parser of keys, is none. If the end is missing, the key goes on
/// as long as its lines look like one.
final class PrivateKeys {
  static final String RULE = "private-key";

  /// What a key begins with, in lower case, after dashes.
  static final String KEYWORD = "begin ";

  private static final String HEADER = "PRIVATE KEY";
  private static final int HEADER_MAX = 60;

  /// A key of 16,384 bits in lines of 64 characters has less.
  private static final int LENGTH_MAX = 32_000;

  /// A key's lines have 64 or 70 characters; a shorter run may be a word.
  private static final int RUN_MIN = 40;

  /// Dashes follow, and a space before it in SSH2's form.
  private static final String FOOTER = "END ";

  private static final Pattern FIELD = Pattern.compile("[A-Z][A-Za-z0-9-]{2,20}: .*");

  private PrivateKeys() {}

  /// Returns the key whose header has its [#KEYWORD] here, if there is one.
  static @Nullable SecretSpan at(String text, int keyword) {
    int start = keyword;
    while (start > 0 && (text.charAt(start - 1) == '-' || text.charAt(start - 1) == ' ')) {
      start--;
    }
    String header = text.substring(keyword, Math.min(text.length(), keyword + HEADER_MAX));
    int named = header.indexOf(HEADER);
    if (start == keyword || named < 0 || header.substring(0, named).contains("\n")) {
      return null;
    }
    int body = keyword + named + HEADER.length();
    int end = end(text, body, false);
    return longestRun(text, body, end) >= RUN_MIN ? new SecretSpan(start, end, RULE) : null;
  }

  /// Returns the end of the rest of a key that began in an earlier text; 0 if it does not go on.
  static int rest(String text) {
    return end(text, 0, true);
  }

  /// Returns whether a text ends within a key.
  static boolean isOpen(String text, SecretSpan key) {
    int from = Math.max(key.start(), key.end() - HEADER_MAX);
    return key.end() == text.length() && !text.substring(from, key.end()).contains(FOOTER);
  }

  /// @param within whether the first line is one of the key, and not the rest of its header
  private static int end(String text, int from, boolean within) {
    int limit = (int) Math.min(text.length(), (long) from + LENGTH_MAX);
    int line = from;
    while (line < limit) {
      int lineEnd = text.indexOf('\n', line, limit);
      int stop = lineEnd < 0 ? limit : lineEnd;
      int footer = text.indexOf(FOOTER, line, stop);
      if (footer >= 0) {
        int dashes = text.indexOf("--", footer + FOOTER.length(), stop);
        return dashes < 0 ? stop : afterDashes(text, dashes);
      }
      if ((within || line > from) && !goesOn(text.substring(line, stop).strip())) {
        return Math.max(from, line - 1);
      }
      line = stop + 1;
    }
    return limit;
  }

  private static int afterDashes(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) == '-') {
      end++;
    }
    return end;
  }

  /// Of a key are its full lines and its last one, blank lines, and the fields at its top, such as
  /// `DEK-Info: …`.
  private static boolean goesOn(String line) {
    return line.length() < 2
        || 3 * longestRun(line, 0, line.length()) >= 2 * line.length()
        || FIELD.matcher(line).matches();
  }

  private static int longestRun(String text, int from, int to) {
    int longest = 0;
    int run = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      boolean base64 =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '+'
              || c == '/'
              || c == '=';
      run = base64 ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
