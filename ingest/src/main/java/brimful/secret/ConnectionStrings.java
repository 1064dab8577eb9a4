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
  private static final int PHRASE_MIN = 10;

  private static final Pattern VALUE =
      Pattern.compile("[ ]{0,1}([^\\s;&\"'`<>,(){}\\\\$%]{4,200})(?=[\\s;&\"'`<]|\\\\|$)");

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
    String found = value.group(1);
    boolean secret =
        !Placeholders.isPlaceholder(found)
            && (Assignments.isChosen(found, CHOSEN_MIN) || Assignments.isPhrase(found, PHRASE_MIN));
    return secret && isAmongKeys(text, keyword, value.end(1))
        ? new SecretSpan(value.start(1), value.end(1), RULE)
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
      return MARKED.matcher(before).find() || MARKED.matcher(behind).find();
    }
    return ahead == ' '
        && (BLANKS.matcher(before).find()
            && BLANKS.matcher(before + behind).results().limit(2).count() > 1);
  }
}
