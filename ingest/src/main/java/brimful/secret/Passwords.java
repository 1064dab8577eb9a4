package brimful.secret;

import java.util.List;
import java.util.regex.Pattern;

/// Tells passwords of people from words of code and manuals: values of names that end with
/// `password` or its like.
///
/// Letters alone count only if they are many and of one case: names in code have capitals, and
/// words that describe something are shorter. In settings fewer will do. What follows an option
/// such as `--password` is the value itself, and needs a digit or a sign, or many letters.
final class Passwords {
  /// Parts of words that say something about a password.
  static final List<String> DESCRIBING =
      List.of(
          "pass",
          "secret",
          "credential",
          "auth",
          "crypt",
          "requir",
          "option",
          "disable",
          "enable",
          "default",
          "undefined",
          "unset",
          "missing",
          "invalid",
          "support",
          "interactive",
          "anonymous",
          "plaintext",
          "provided",
          "generat",
          "keystore",
          "truststore",
          "config",
          "string",
          "username",
          "nullable",
          "lowercase",
          "uppercase",
          "valuefrom",
          "confirmed",
          "prompt",
          "whatever",
          "something",
          "abcdefgh",
          "qwert",
          "asdf");

  private static final List<String> NAMES = List.of("password", "passwd", "passphrase", "passwort");

  /// Between the name and the value. A comparison is no assignment.
  private static final Pattern OPERATOR =
      Pattern.compile("[\"'`\\]]{0,2}[ \t]{0,20}(?:=>|:=|=|:|>)[ \t]{0,20}[\"'`]{0,3}");

  private static final Pattern BLANKS = Pattern.compile("[ \t]{1,4}[\"'`]?");

  private static final int LETTERS_MIN = 14;
  private static final int LETTERS_OF_SETTING_MIN = 8;
  private static final int OPTION_MIN = 6;

  /// An option's name is no longer.
  private static final int NAME_MAX = 60;

  private Passwords() {}

  /// Returns whether a value is the password of a person.
  ///
  /// @param after the end of the name
  /// @param settings whether the file has settings
  static boolean isOne(String text, int after, int start, int end, boolean settings) {
    if (!isName(text, after)) {
      return false;
    }
    String between = text.substring(after, start);
    String value = text.substring(start, end);
    if (OPERATOR.matcher(between).matches()) {
      if (isOption(text, after) && isOfOption(value)) {
        return true;
      }
      return Assignments.isPhrase(value, settings ? LETTERS_OF_SETTING_MIN : LETTERS_MIN)
          && (isQuoted(between) || endsLine(text, end));
    }
    return isOption(text, after) && BLANKS.matcher(between).matches() && isOfOption(value);
  }

  private static boolean isOfOption(String value) {
    boolean code = value.chars().anyMatch(c -> "$%[](){}<>".indexOf(c) >= 0);
    return (!code && Assignments.isChosen(value, OPTION_MIN))
        || Assignments.isPhrase(value, LETTERS_MIN);
  }

  private static boolean isName(String text, int after) {
    return NAMES.stream()
        .anyMatch(name ->
            after >= name.length()
                && Folded.text(text.substring(after - name.length(), after)).equals(name));
  }

  private static boolean isOption(String text, int after) {
    int start = after;
    while (start > 0 && after - start < NAME_MAX && isOfName(text.charAt(start - 1))) {
      start--;
    }
    return text.startsWith("--", start);
  }

  private static boolean isOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_';
  }

  private static boolean isQuoted(String between) {
    return "\"'`>".indexOf(between.charAt(between.length() - 1)) >= 0;
  }

  private static boolean endsLine(String text, int end) {
    int at = end;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\r')) {
      at++;
    }
    return at == text.length() || text.charAt(at) == '\n' || text.startsWith("\\n", at);
  }
}
