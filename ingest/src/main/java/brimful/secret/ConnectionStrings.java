package brimful.secret;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the password of a connection string, as databases have it: `Server=…;Uid=…;Pwd=…`,
/// `jdbc:…?user=…&password=…` or `host=… dbname=… password=…`.
final class ConnectionStrings {
  static final String RULE = "connection-password";

  /// In lower case.
  static final List<String> KEYWORDS = List.of("password=", "password =", "pwd=");

  private static final int BEFORE_MAX = 300;
  private static final int AFTER_MAX = 300;
  private static final int CHOSEN_MIN = 6;
  private static final int PHRASE_MIN = 8;

  /// In quotes, in braces, or as far as the separator. Texts that are put together have a sign
  /// beside their quotes.
  private static final Pattern VALUE =
      Pattern.compile(
          "[ ]{0,1}(?:'([^\\s;&\"'`<>\\\\+.,][^\\s;&\"'`<>\\\\]{2,198}[^\\s;&\"'`<>\\\\+.,])'(?=[\\s;&\"']|$)"
              + "|\"([^\\s;&\"'`<>\\\\+.,][^\\s;&\"'`<>\\\\]{2,198}[^\\s;&\"'`<>\\\\+.,])\"(?=[\\s;&']|$)"
              + "|\\{(?!\\w+\\.[\\w.]+})([^\\s\"'`<>{}\\\\]{4,200})}(?=[\\s;&\"'`<]|\\\\|$)"
              + "|([^\\s;&\"'`<>,\\\\]{4,200})(?=[\\s;&\"'`<]|\\\\|$))");

  /// A variable, a format or a call.
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\$[A-Z_][A-Z0-9_]*|\\$(?i:\\w{0,40}(?:pass|pwd|pw|secret)\\w{0,40})"
              + "|[$#%]?\\{{1,2}[^{}]*}{1,2}|\\$\\([^()]*\\)|%[A-Za-z_]\\w*%|%\\([^()]*\\)[a-z]|%[a-z]"
              + "|@\\w*@?|\\*+|[\\w.$]*\\(.*\\)?|\\.{3}");

  /// A word with at most one capital.
  private static final Pattern WORD = Pattern.compile("[A-Z]?[a-z]+");

  /// What stands before a key: a sign, and the beginning of its name. Before a name in code is a
  /// dot, a word or a sign of its own.
  private static final Pattern BEFORE =
      Pattern.compile("(?:.*(?:[;&?\"'`=:>{(\\[,]\\s{0,2}|\\\\n)|\\s*)\\w{0,30}", Pattern.DOTALL);

  /// Keys with semicolons between them, or those of an address.
  private static final Pattern MARKED =
      Pattern.compile(
          "(?i)(?:server|data source|host|hostname|address|initial catalog|database|dbname"
              + "|db|uid|user id|user|username|driver|dsn|encrypt|accountendpoint|port)"
              + "[ ]{0,1}=[^;&\\n\"]{1,200}[;&]");

  /// Those of PostgreSQL, with blanks between them.
  private static final Pattern BLANKS =
      Pattern.compile(
          "(?:^|[\\s\"'=])(?:host|hostaddr|port|dbname|user|sslmode)=[^\\s,;\"'()]{1,100}(?=[\\s\"']|$)");

  private ConnectionStrings() {}

  /// Returns the password that is assigned at a keyword.
  ///
  /// @param after the keyword's end
  static @Nullable SecretSpan at(String text, int keyword, int after) {
    Matcher value = VALUE.matcher(text).region(after, Math.min(text.length(), after + AFTER_MAX));
    if (keyword == 0 || !value.lookingAt()) {
      return null;
    }
    int group = 1;
    while (value.group(group) == null) {
      group++;
    }
    String found = value.group(group);
    boolean secret =
        !Placeholders.isWord(found)
            && !REFERENCE.matcher(found).matches()
            && (Assignments.isChosen(found, CHOSEN_MIN)
                || (WORD.matcher(found).matches()
                    && Assignments.isPhrase(Folded.text(found), PHRASE_MIN)));
    return secret && isAmongKeys(text, keyword, value.end())
        ? new SecretSpan(value.start(group), value.end(group), RULE)
        : null;
  }

  private static boolean isAmongKeys(String text, int keyword, int end) {
    int line = Math.max(text.lastIndexOf('\n', keyword) + 1, keyword - BEFORE_MAX);
    int next = text.indexOf('\n', end);
    int rest = Math.min(next < 0 ? text.length() : next, end + AFTER_MAX);
    String before = text.substring(line, keyword);
    String behind = text.substring(end, rest);
    char ahead = text.charAt(keyword - 1);
    if (ahead == ';' || ahead == '&' || ahead == '?' || behind.startsWith(";")) {
      long keys = MARKED.matcher(before).results().limit(2).count();
      keys += MARKED.matcher(behind).results().limit(2).count();
      boolean first = ahead == ' ' && (keys > 1 || Character.isUpperCase(text.charAt(keyword)));
      return keys > 0 && (first || BEFORE.matcher(before).matches());
    }
    return ahead == ' '
        && (BLANKS.matcher(before).find()
            && BLANKS.matcher(before + behind).results().limit(2).count() > 1);
  }
}
