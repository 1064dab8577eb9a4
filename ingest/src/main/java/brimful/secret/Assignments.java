package brimful.secret;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds values that are assigned to names such as `db_password` or `apiToken`.
///
/// How much a value must look like a key depends on the file: in code, where most such values are
/// names, test data or calls, it must look drawn; in settings it must not be a word; in a file that
/// is there to keep secrets, any value is one, unless it says that one belongs there.
final class Assignments {
  /// What a file is there for.
  enum Kind {
    TEXT,
    /// Values with commas, semicolons or tabs between them.
    TABLE,
    SHEET,
    SETTINGS,
    SECRETS,
    /// Passwords of machines, for FTP and HTTP.
    NETRC,
    /// PostgreSQL's `host:port:database:user:password`.
    PGPASS,
    /// Apache's `user:hash`.
    HTPASSWD
  }

  static final String RULE = "secret-assignment";
  static final String SETTING_RULE = "secret-setting";

  /// What such a name has, in lower case.
  static final List<String> KEYWORDS =
      List.of(
          "password",
          "passwd",
          "passphrase",
          "passwort",
          "secret",
          "token",
          "api_key",
          "api-key",
          "apikey",
          "access_key",
          "access-key",
          "accesskey",
          "private_key",
          "privatekey",
          "auth_key",
          "authkey",
          "account_key",
          "accountkey",
          "encryption_key",
          "encryptionkey",
          "signing_key",
          "signingkey",
          "credential");

  private static final String REST_OF_NAME = "(?:s|[_.\\-A-Z0-9][\\w.\\-]{0,40}|Value|Key)?+";

  private static final String LONG_QUOTED =
      "\"\"\"([^\"\\s\\\\]{4,500})\"\"\"|'''([^'\\s\\\\]{4,500})'''|`([^`\\s\\\\]{4,500})`";

  private static final String QUOTED =
      "(?:" + LONG_QUOTED + "|\"([^\"\\s\\\\]{4,500})\"|'([^'\\s\\\\]{4,500})')";

  /// The rest of the name, an operator, and the value in or without quotes; also as an element of
  /// XML.
  private static final Pattern ASSIGNED =
      Pattern.compile(
          REST_OF_NAME
              + "[\"'`\\]]{0,2}[ \\t]{0,20}(?:=>|:=|==|=|:|>)[ \\t]{0,20}(?:"
              + LONG_QUOTED
              + "|\"([^\"\\s\\\\]{4,500})\"|'([^'\\s\\\\]{4,500})'|[\"']([^\"'\\s<>&\\\\]{4,500})"
              + "|([^\\s\"'`,;<>(){}\\[\\]&\\\\]{4,500})(?=[\\s\"',;<&)}\\]\\\\]|$))");

  /// Where no operator stands between name and value: the second argument of a call after its
  /// first, a variable after its type, an attribute of XML beside that of the name, the argument of
  /// a call of that name, what follows an option of a command, or what follows a word of SQL.
  private static final Pattern BESIDE =
      Pattern.compile(
          REST_OF_NAME
              + "(?:(?:[\"'`][ \\t]{0,20},[ \\t]{0,20}"
              + "|[ \\t]{0,4}:?[ \\t]{0,4}[A-Za-z&*?.<>\\[\\]]{1,40}[ \\t]{0,4}:?=[ \\t]{0,4}"
              + "|[\"']\\s{1,40}(?i:value)[ \\t]{0,4}=[ \\t]{0,4}"
              + "|[ \\t]{0,4}\\([ \\t]{0,4}"
              + "|[ \\t]{1,4})"
              + QUOTED
              + "|(?<=--[\\w-]{0,60})[ \\t]{1,4}([^\\s\"'`,;<>(){}\\[\\]&\\\\]{4,500})(?=\\s|$))");

  /// A line of a file of variables, such as `export DB_PASS="…"`, and of `.netrc`.
  private static final Pattern VARIABLE =
      Pattern.compile(
          "[ \\t]{0,40}(?:export |set )?[\\w.\\-]{0,60}(?i:key|pass|pwd|secret|token|password|passwd|credentials?|auth)(?i:_?[0-9]{1,2})?[ \\t]{0,8}(?:=|:|[ \\t])[ \\t]{0,8}(?:\"([^\"\\n]{4,4000})\"|'([^'\\n]{4,4000})'|([^\\s\"'#][^\\n#]{2,4000}))");

  /// A whole entry of `.netrc` on one line, or the second line of one.
  private static final Pattern NETRC =
      Pattern.compile(
          "[ \\t]{0,40}(?:machine|default|login)\\b[^\\n#]{0,300}?\\bpassword[ \\t]{1,20}(\\S{1,500})");

  private static final Pattern PGPASS_LINE =
      Pattern.compile("(?!#)(?:(?:[^:\\\\\\n]|\\\\.){0,200}+:){4}([^\\n]{1,1000})");

  private static final Pattern HTPASSWD_LINE =
      Pattern.compile("(?!#)[^:\\s]{1,255}+:([^:\\s]{3,300}+)");

  private static final Pattern NETRC_NAME = Pattern.compile("[._]netrc");

  private static final Pattern PGPASS_NAME = Pattern.compile("\\.pgpass|pgpass\\.conf");

  private static final Pattern HTPASSWD_NAME = Pattern.compile("(?:[\\w.-]{0,80}\\.)?htpasswd");

  private static final Set<String> SETTINGS_ENDINGS =
      Set.of(
          "properties",
          "yml",
          "yaml",
          "toml",
          "ini",
          "cfg",
          "conf",
          "config",
          "tfvars",
          "tfstate",
          "env");

  private static final Set<String> TABLE_ENDINGS = Set.of("csv", "tsv", "tab", "psv");

  private static final Set<String> SHEET_ENDINGS = Set.of("xlsx", "xlsm", "xlsb", "xls", "ods");

  private static final Pattern SETTINGS_NAME =
      Pattern.compile(
          "(?:[\\w.-]{1,80}[._-])?(?:conf|config|configuration|settings|appsettings|connections?)"
              + "(?:[._-][\\w.-]{1,80})?\\.json");

  private static final Pattern SECRETS_NAME =
      Pattern.compile(
          "\\.env(?:\\.[\\w-]{1,40})?|[\\w.-]{1,80}\\.env|\\.envrc|credentials|\\.npmrc|\\.pypirc|\\.s3cfg|\\.boto"
              + "|secrets?\\.(?:ya?ml|json|toml|properties|env|ini)|terraform\\.tfvars");

  private static final Pattern TEMPLATE =
      Pattern.compile(".*(?:example|sample|template|dist|default|test)");

  private static final int SETTING_LENGTH_MIN = 8;
  private static final double SETTING_BITS_MIN = 3;
  private static final double SHORT_BITS_MIN = 2.2;
  private static final double PHRASE_BITS_MIN = 2.2;

  private Assignments() {}

  /// Returns what a file is for, by the last part of its name.
  static Kind kind(String file) {
    String name = Folded.text(file.substring(file.lastIndexOf('/') + 1));
    if (NETRC_NAME.matcher(name).matches()) {
      return Kind.NETRC;
    }
    if (PGPASS_NAME.matcher(name).matches()) {
      return Kind.PGPASS;
    }
    if (HTPASSWD_NAME.matcher(name).matches()) {
      return Kind.HTPASSWD;
    }
    if (SECRETS_NAME.matcher(name).matches()) {
      return TEMPLATE.matcher(name).matches() ? Kind.SETTINGS : Kind.SECRETS;
    }
    String ending = name.substring(name.lastIndexOf('.') + 1);
    if (TABLE_ENDINGS.contains(ending)) {
      return Kind.TABLE;
    }
    if (SHEET_ENDINGS.contains(ending)) {
      return Kind.SHEET;
    }
    return SETTINGS_ENDINGS.contains(ending) || SETTINGS_NAME.matcher(name).matches()
        ? Kind.SETTINGS
        : Kind.TEXT;
  }

  /// Returns the value that is assigned to a name which ends with, or goes on after, a keyword.
  ///
  /// @param after the keyword's end
  static @Nullable SecretSpan at(String text, int after, Kind kind) {
    SecretSpan assigned = at(text, after, kind, ASSIGNED);
    return assigned == null ? at(text, after, kind, BESIDE) : assigned;
  }

  private static @Nullable SecretSpan at(String text, int after, Kind kind, Pattern pattern) {
    Matcher matcher =
        pattern
            .matcher(text)
            .useTransparentBounds(true)
            .region(after, (int) Math.min(text.length(), after + 1_000L));
    if (!matcher.lookingAt()) {
      return null;
    }
    int start = matcher.start(group(matcher));
    int end = end(text, matcher.end(group(matcher)));
    String value = text.substring(start, end);
    if (Placeholders.isPlaceholder(value)) {
      return null;
    }
    if (Randomness.isDrawn(value) && isKey(value)) {
      return new SecretSpan(start, end, RULE);
    }
    boolean settings = kind.ordinal() >= Kind.SETTINGS.ordinal();
    return (settings && isChosen(value, SETTING_LENGTH_MIN))
            || Passwords.isOne(text, after, start, end, settings)
        ? new SecretSpan(start, end, SETTING_RULE)
        : null;
  }

  /// Returns the end of a value that goes on after a backslash, unless that is a break of the line.
  private static int end(String text, int from) {
    int end = from;
    while (end + 1 < text.length()
        && text.charAt(end) == '\\'
        && "nrt\n".indexOf(text.charAt(end + 1)) < 0) {
      end += 2;
      while (end < text.length() && "\\\"' \t\n".indexOf(text.charAt(end)) < 0) {
        end++;
      }
    }
    return end;
  }

  /// Returns the value that a line of a file of secrets gives.
  static @Nullable SecretSpan ofLine(String text, int line, Kind kind) {
    return switch (kind) {
      case TEXT, TABLE, SHEET, SETTINGS -> null;
      case PGPASS -> ofLine(text, line, PGPASS_LINE);
      case HTPASSWD -> ofLine(text, line, HTPASSWD_LINE);
      case SECRETS -> ofLine(text, line, VARIABLE);
      case NETRC -> {
        SecretSpan variable = ofLine(text, line, VARIABLE);
        yield variable == null ? ofLine(text, line, NETRC) : variable;
      }
    };
  }

  private static @Nullable SecretSpan ofLine(String text, int line, Pattern pattern) {
    Matcher matcher =
        pattern.matcher(text).region(line, (int) Math.min(text.length(), line + 5_000L));
    if (!matcher.lookingAt()) {
      return null;
    }
    int group = group(matcher);
    String value = matcher.group(group).strip();
    // A hash may begin like a variable.
    return pattern != HTPASSWD_LINE && Placeholders.isPlaceholder(value)
        ? null
        : new SecretSpan(matcher.start(group), matcher.start(group) + value.length(), SETTING_RULE);
  }

  private static int group(Matcher matcher) {
    int group = 1;
    while (matcher.group(group) == null) {
      group++;
    }
    return group;
  }

  /// A key has only the characters of base64 and its kind.
  private static boolean isKey(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean usual = c < 128 && (Character.isLetterOrDigit(c) || "+/=_-.~:!".indexOf(c) >= 0);
      if (!usual) {
        return false;
      }
    }
    return true;
  }

  /// Returns whether letters are words of a person rather than one that describes something.
  ///
  /// @param lengthMin how many letters there are at least
  static boolean isPhrase(String value, int lengthMin) {
    return value.length() >= lengthMin
        && value.chars().allMatch(c -> c >= 'a' && c <= 'z')
        && Randomness.bits(value) >= PHRASE_BITS_MIN
        && Passwords.DESCRIBING.stream().noneMatch(value::contains);
  }

  /// Returns whether a person may have chosen a value as a password: no word, number or path.
  ///
  /// @param lengthMin how many characters it has at least
  static boolean isChosen(String value, int lengthMin) {
    boolean letter = value.chars().anyMatch(Character::isLetter);
    boolean other = value.chars().anyMatch(c -> !Character.isLetter(c) && "._-/:".indexOf(c) < 0);
    return letter
        && other
        && value.length() >= lengthMin
        && value.indexOf('/') < 0
        && Randomness.bits(value)
            >= (lengthMin < SETTING_LENGTH_MIN ? SHORT_BITS_MIN : SETTING_BITS_MIN);
  }
}
