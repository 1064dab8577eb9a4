package brimful.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds secrets in a text by the rules of `rules.txt`, by passwords in addresses, by private keys
/// and by names of assignments.
///
/// One pass looks at each four characters in a table of 65,536 bits: does a keyword begin like
/// this? Only where one does is anything else tried, with a bound on its length. So the time is
/// linear in the text.
///
/// Immutable, and safe for many threads.
final class SecretScanner {
  /// The rules of the table.
  static final List<SecretRule> RULES = rules();

  static final String URL_RULE = "url-password";

  /// `scheme://user:password@host`, from the last letter of the scheme on.
  private static final Pattern URL_PASSWORD =
      Pattern.compile(
          "[a-zA-Z0-9]://[^\\s/:@\"'`<>|\\\\]{0,100}:([^\\s/@\"'`<>|\\\\]{3,200})@([\\w.\\[-]{1,100})");

  static final String CURL_RULE = "curl-password";

  /// `curl … -u user:password`, also over several lines, as far as the next command.
  private static final Pattern CURL_PASSWORD =
      Pattern.compile(
          "(?i:curl)\\b(?:[^\\n|;&]|\\\\\\n){0,400}?\\s(?:-[a-zA-Z]{0,8}u|--user)[ =]?[\"']?[^\\s:\"'$<{]{1,100}:([^\\s\"'`]{3,200})");

  /// Where an address in a manual or a test leads, with a word as its password.
  private static final Pattern NOWHERE =
      Pattern.compile(
          "[a-z]+@(?:localhost|127\\.0\\.0\\.1|(?:[\\w-]+\\.)*example(?:\\.\\w+)?|host(?:name)?)");

  /// A wildcard for letters and digits in keywords.
  private static final char ANY = '#';

  private static final String ALL_OF_ANY = "abcdefghijklmnopqrstuvwxyz0123456789";

  /// As many characters are one number.
  private static final int START = 4;

  private static final SecretScanner STANDARD = new SecretScanner();

  private final long[] starts = new long[1024];
  private final Map<Integer, List<Keyword>> keywords = new HashMap<>();

  private interface Try {
    @Nullable SecretSpan at(String text, int keyword, Assignments.Kind kind);
  }

  private record Keyword(String text, Try tried) {
    boolean isAt(String all, int at) {
      if (all.length() - at < text.length()) {
        return false;
      }
      for (int i = START; i < text.length(); i++) {
        char wanted = text.charAt(i);
        char c = Folded.of(all.charAt(at + i));
        if (wanted != c && !(wanted == ANY && ALL_OF_ANY.indexOf(c) >= 0)) {
          return false;
        }
      }
      return true;
    }
  }

  private SecretScanner() {
    for (SecretRule rule : RULES) {
      rule.keywords().forEach(word -> add(word, (text, at, _) -> rule.at(text, at)));
    }
    add(PrivateKeys.KEYWORD, (text, at, _) -> PrivateKeys.at(text, at));
    add("#://", (text, at, _) -> urlPassword(text, at));
    add("curl", (text, at, _) -> curlPassword(text, at));
    for (String word : ConnectionStrings.KEYWORDS) {
      add(word, (text, at, _) -> ConnectionStrings.at(text, at, at + word.length()));
    }
    for (String word : Assignments.KEYWORDS) {
      add(word, (text, at, kind) -> Assignments.at(text, at + word.length(), kind));
    }
  }

  static SecretScanner standard() {
    return STANDARD;
  }

  private static List<SecretRule> rules() {
    try (InputStream in =
        Objects.requireNonNull(SecretScanner.class.getResourceAsStream("rules.txt"))) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(SecretRule::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String word, Try tried) {
    int any = word.substring(0, START).indexOf(ANY);
    if (any >= 0) {
      for (char c : ALL_OF_ANY.toCharArray()) {
        add(word.substring(0, any) + c + word.substring(any + 1), tried);
      }
      return;
    }
    int code = 0;
    for (int i = 0; i < START; i++) {
      code = code << 8 | code(word.charAt(i));
    }
    int slot = slot(code);
    starts[slot >>> 6] |= 1L << slot;
    keywords.computeIfAbsent(code, _ -> new ArrayList<>()).add(new Keyword(word, tried));
  }

  private static int code(char c) {
    return Folded.of(c) & 0xff;
  }

  private static int slot(int code) {
    return (code * 0x9E3779B1) >>> 16;
  }

  /// Returns the secrets of a text, in order, without overlaps.
  List<SecretSpan> scan(String text, Assignments.Kind kind) {
    var found = new ArrayList<SecretSpan>();
    int code = 0;
    int done = 0;
    for (int i = 0; i < text.length(); i++) {
      code = code << 8 | code(text.charAt(i));
      int slot = slot(code);
      if ((starts[slot >>> 6] & 1L << slot) != 0 && i - (START - 1) >= done) {
        SecretSpan span = at(text, i - (START - 1), code, kind);
        if (span != null) {
          found.add(span);
          done = span.end();
        }
      }
    }
    if (kind.ordinal() > Assignments.Kind.SETTINGS.ordinal()) {
      for (int line = 0; line < text.length(); line = lineAfter(text, line)) {
        SecretSpan span = Assignments.ofLine(text, line, kind);
        if (span != null) {
          found.add(span);
        }
      }
    }
    return joined(found);
  }

  private static int lineAfter(String text, int line) {
    int end = text.indexOf('\n', line);
    return end < 0 ? text.length() : end + 1;
  }

  private @Nullable SecretSpan at(String text, int at, int code, Assignments.Kind kind) {
    SecretSpan best = null;
    for (Keyword keyword : keywords.getOrDefault(code, List.of())) {
      if (keyword.isAt(text, at)) {
        SecretSpan span = keyword.tried.at(text, at, kind);
        if (span != null && (best == null || span.end() > best.end())) {
          best = span;
        }
      }
    }
    return best;
  }

  private static @Nullable SecretSpan urlPassword(String text, int at) {
    Matcher matcher =
        URL_PASSWORD.matcher(text).region(at, (int) Math.min(text.length(), at + 400L));
    if (!matcher.lookingAt()
        || Placeholders.isPlaceholder(matcher.group(1))
        || NOWHERE.matcher(matcher.group(1) + "@" + matcher.group(2)).matches()) {
      return null;
    }
    return new SecretSpan(matcher.start(1), matcher.end(1), URL_RULE);
  }

  private static @Nullable SecretSpan curlPassword(String text, int at) {
    Matcher matcher =
        CURL_PASSWORD.matcher(text).region(at, (int) Math.min(text.length(), at + 800L));
    if (!matcher.lookingAt() || Placeholders.isPlaceholder(matcher.group(1))) {
      return null;
    }
    return new SecretSpan(matcher.start(1), matcher.end(1), CURL_RULE);
  }

  /// Joins what overlaps: all of it is covered, by the rule of the first.
  static List<SecretSpan> joined(List<SecretSpan> found) {
    found.sort(
        Comparator.comparingInt(SecretSpan::start)
            .thenComparing(SecretSpan::end, Comparator.reverseOrder()));
    var joined = new ArrayList<SecretSpan>();
    for (SecretSpan span : found) {
      SecretSpan last = joined.isEmpty() ? null : joined.getLast();
      if (last == null || span.start() >= last.end()) {
        joined.add(span);
      } else if (span.end() > last.end()) {
        joined.removeLast();
        joined.add(new SecretSpan(last.start(), span.end(), last.rule()));
      }
    }
    return joined;
  }
}
