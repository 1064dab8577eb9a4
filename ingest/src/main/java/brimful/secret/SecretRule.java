package brimful.secret;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What one kind of secret looks like.
///
/// @param name stands in the mask and in the receipt
/// @param keywords in lower case; the pattern is tried only where one of them is
/// @param inside whether a match may begin before its keyword
/// @param bits the least entropy of the secret, see [Randomness#bits]
/// @param word whether a match begins a word
/// @param pattern its group, if it has one, is the secret
record SecretRule(
    String name,
    List<String> keywords,
    boolean inside,
    double bits,
    boolean word,
    Pattern pattern) {
  /// How far before a keyword a match begins at most.
  private static final int BEFORE_MAX = 100;

  /// Where a match that begins before its keyword ends at most: it is looked for at each place.
  private static final int AFTER_MAX = 300;

  /// No match is longer: a token of a login server is the longest secret on one line.
  private static final int LENGTH_MAX = 16_000;

  /// The rest of a name, an operator of assignment, and a quote.
  private static final String ASSIGNED =
      "[\\\\w.\\\\-]{0,30}[\"'`\\\\]]{0,2}[ \\\\t]{0,4}(?:=>|:=|=|:|,|>)[ \\\\t]{0,4}[\"'`]?";

  /// Reads a line of the table.
  static SecretRule parse(String line) {
    String[] columns = line.split("\\s+", 4);
    boolean inside = columns[1].startsWith("*");
    boolean word = columns[3].startsWith("^");
    String pattern = columns[3].substring(word ? 1 : 0).replaceAll("(?<=\\))~", ASSIGNED);
    return new SecretRule(
        columns[0],
        List.of(Folded.text(columns[1].substring(inside ? 1 : 0)).split(",")),
        inside,
        Double.parseDouble(columns[2]),
        word,
        Pattern.compile(pattern));
  }

  /// Returns the secret at a keyword, if there is one.
  @Nullable SecretSpan at(String text, int keyword) {
    if (word && !inside && !beginsWord(text, keyword)) {
      return null;
    }
    int from = inside ? Math.max(0, keyword - BEFORE_MAX) : keyword;
    long limit = (long) keyword + (inside ? AFTER_MAX : LENGTH_MAX);
    Matcher matcher = pattern.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
    boolean found = false;
    for (int start = from; start <= keyword && !found; start++) {
      found = matcher.region(start, (int) Math.min(text.length(), limit)).lookingAt();
    }
    if (!found) {
      return null;
    }
    int group = matcher.groupCount() > 0 && matcher.group(1) != null ? 1 : 0;
    String secret = matcher.group(group);
    return Randomness.bits(secret) >= bits && !Placeholders.isExample(secret)
        ? new SecretSpan(matcher.start(group), matcher.end(group), name)
        : null;
  }

  /// In `"a\nAKIA…"` and `=%20AKIA…` a letter or digit comes before, and is none of the word.
  private static boolean beginsWord(String text, int at) {
    if (at == 0 || !isWord(text.charAt(at - 1))) {
      return true;
    }
    boolean escaped = at >= 2 && text.charAt(at - 2) == '\\';
    boolean percent = at >= 3 && text.charAt(at - 3) == '%';
    return escaped || percent;
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
