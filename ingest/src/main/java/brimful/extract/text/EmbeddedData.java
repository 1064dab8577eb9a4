package brimful.extract.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Replaces data that is embedded in text by a placeholder such as `(image/png, 60 kB)`.
///
/// A picture in Base64 costs as many tokens as a book, and no model can see it. Two kinds are
/// found: `data:` addresses, and long runs of Base64 on one line, as in JSON. The lines of the text
/// stay where they are. Text with neither, which is nearly all, is only searched and returned as it
/// is: the runs by looking at every two-hundredth character.
public final class EmbeddedData {
  private static final String SCHEME = "data:";
  private static final List<String> KINDS =
      List.of("image/", "application/", "font/", "audio/", "video/", "text/", "model/");
  private static final String BASE64 = ";base64";
  private static final int HEADER_MAX = 200;

  /// Shorter data costs no more than its placeholder.
  private static final int DATA_MIN = 64;

  private static final int PLAIN_MIN = 200;
  private static final int RUN_MIN = 400;

  /// `PRIVATE KEY BLOCK-----`.
  private static final int KEY_MARK_MAX = 22;

  /// A line that goes on data of the line before has at least this much.
  private static final int WRAPPED_MIN = 20;

  /// The shares of lower and upper case letters and of digits, in hundredths, that all Base64 has.
  private static final int LETTERS_MIN = 10;

  private static final int DIGITS_MIN = 4;

  /// Words that are joined by dashes have more; one in 32 is one of them in Base64.
  private static final int JOINTS_MAX = 8;

  /// How data of well-known formats begins in Base64.
  private static final Map<String, String> STARTS =
      Map.of(
          "iVBORw0KGgo", "image/png",
          "/9j/", "image/jpeg",
          "R0lGOD", "image/gif",
          "UklGR", "image/webp",
          "JVBERi0", "application/pdf",
          "UEsDB", "application/zip",
          "d09GR", "font/woff",
          "AGFzbQ", "application/wasm");

  private EmbeddedData() {}

  /// Returns a text with placeholders for its data.
  public static String shortened(String text) {
    return text.length() < DATA_MIN ? text : withoutRuns(withoutAddresses(text));
  }

  /// Returns the placeholder for some data.
  ///
  /// @param bytes its size when decoded
  static String placeholder(String type, long bytes) {
    String size =
        bytes < 1_000
            ? bytes + " bytes"
            : bytes < 999_500
                ? Math.round(bytes / 1e3) + " kB"
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    return "(" + type + ", " + size + ")";
  }

  /// Returns how many bytes some characters of Base64 are.
  static long decoded(long characters) {
    return characters * 3 / 4;
  }

  private static String withoutAddresses(String text) {
    var kept = new StringBuilder();
    int from = 0;
    int at = text.indexOf(SCHEME);
    while (at >= 0) {
      Optional<Address> address = address(text, at);
      if (address.isPresent()) {
        kept.append(text, from, at).append(address.get().shown());
        from = address.get().end;
      }
      at = text.indexOf(SCHEME, Math.max(from, at + SCHEME.length()));
    }
    return from == 0 ? text : kept.append(text, from, text.length()).toString();
  }

  /// An address of data.
  ///
  /// @param breaks the line breaks in it, which stay
  private record Address(String type, long bytes, int breaks, int end) {
    String shown() {
      return placeholder(type, bytes) + "\n".repeat(breaks);
    }
  }

  private static Optional<Address> address(String text, int at) {
    int start = at + SCHEME.length();
    if (KINDS.stream().noneMatch(kind -> text.startsWith(kind, start))) {
      return Optional.empty();
    }
    int comma = start;
    int limit = Math.min(text.length(), start + HEADER_MAX);
    while (comma < limit && text.charAt(comma) != ',' && isHeader(text.charAt(comma))) {
      comma++;
    }
    if (comma == limit || text.charAt(comma) != ',') {
      return Optional.empty();
    }
    String header = text.substring(start, comma);
    String type = header.split(";", 2)[0];
    return header.endsWith(BASE64)
        ? base64(text, comma + 1, type)
        : escaped(text, at, comma + 1, type);
  }

  private static boolean isHeader(char c) {
    return Character.isLetterOrDigit(c) || "/+-.;=_".indexOf(c) >= 0;
  }

  private static Optional<Address> base64(String text, int start, String type) {
    int characters = 0;
    int breaks = 0;
    int end = dataEnd(text, start);
    characters += end - start;
    // Some editors wrap it.
    while (end < text.length() && text.charAt(end) == '\n' && characters >= DATA_MIN / 2) {
      int next = end + 1;
      while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\t')) {
        next++;
      }
      int nextEnd = dataEnd(text, next);
      if (nextEnd - next < WRAPPED_MIN) {
        break;
      }
      characters += nextEnd - next;
      breaks++;
      end = nextEnd;
    }
    return characters < DATA_MIN
        ? Optional.empty()
        : Optional.of(new Address(type, decoded(characters), breaks, end));
  }

  /// Text, mostly SVG, that ends where the quote or bracket around it does.
  private static Optional<Address> escaped(String text, int at, int start, String type) {
    char before = at > 0 ? text.charAt(at - 1) : ' ';
    char close = before == '(' ? ')' : before;
    if (close != ')' && close != '"' && close != '\'') {
      return Optional.empty();
    }
    int end = start;
    // In brackets, brackets are escaped; to stop at one keeps the time linear.
    while (end < text.length()
        && text.charAt(end) != close
        && text.charAt(end) != '\n'
        && (close != ')' || text.charAt(end) != '(')) {
      end++;
    }
    boolean whole = end < text.length() && text.charAt(end) == close && end - start >= PLAIN_MIN;
    return whole ? Optional.of(new Address(type, end - start, 0, end)) : Optional.empty();
  }

  private static String withoutRuns(String text) {
    var kept = new StringBuilder();
    int from = 0;
    int at = RUN_MIN / 2;
    while (at < text.length()) {
      int end = isData(text, at) ? dataEnd(text, at) : at;
      int start = at;
      while (end > at && start > from && isData(text, start - 1)) {
        start--;
      }
      if (end - start >= RUN_MIN && !isPrivateKey(text, start)) {
        Optional<String> type = type(text, start, end);
        if (type.isPresent()) {
          kept.append(text, from, start).append(placeholder(type.get(), decoded(end - start)));
          from = end;
        }
      }
      at = Math.max(at, end) + RUN_MIN / 2;
    }
    return from == 0 ? text : kept.append(text, from, text.length()).toString();
  }

  /// Tells whether a run is a key on one line, as in JSON, which counts as a secret.
  private static boolean isPrivateKey(String text, int start) {
    return text.substring(Math.max(0, start - KEY_MARK_MAX), start).contains("PRIVATE KEY");
  }

  /// Returns what a run is, or nothing if it only looks like Base64, as a gene or a path may.
  private static Optional<String> type(String text, int start, int end) {
    for (var known : STARTS.entrySet()) {
      if (text.startsWith(known.getKey(), start)) {
        return Optional.of(known.getValue());
      }
    }
    int lower = 0;
    int upper = 0;
    int digits = 0;
    int joints = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      lower += c >= 'a' && c <= 'z' ? 1 : 0;
      upper += c >= 'A' && c <= 'Z' ? 1 : 0;
      digits += c >= '0' && c <= '9' ? 1 : 0;
      joints += c == '-' || c == '_' ? 1 : 0;
    }
    long length = end - start;
    boolean mixed =
        lower * 100L >= length * LETTERS_MIN
            && upper * 100L >= length * LETTERS_MIN
            && digits * 100L >= length * DIGITS_MIN
            && joints * 100L <= length * JOINTS_MAX;
    return mixed ? Optional.of("base64") : Optional.empty();
  }

  private static int dataEnd(String text, int start) {
    int end = start;
    while (end < text.length() && isData(text, end)) {
      end++;
    }
    return end;
  }

  /// Base64 of both alphabets; in JSON also the escapes of line breaks and slashes.
  private static boolean isData(String text, int at) {
    char c = text.charAt(at);
    if (c == '\\') {
      return at + 1 < text.length() && "nr/".indexOf(text.charAt(at + 1)) >= 0;
    }
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '='
        || c == '%'
        || c == '_'
        || (c == '-' && !isDash(text, at - 1) && !isDash(text, at + 1));
  }

  /// Several dashes are a line, as around a key.
  private static boolean isDash(String text, int at) {
    return at >= 0 && at < text.length() && text.charAt(at) == '-';
  }
}
