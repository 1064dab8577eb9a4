package brimful.chunk.outline;

import brimful.chunk.outline.Syntax.Trait;

/// Finds where comments, strings and other literals of a brace language end.
///
/// Each method returns the offset after what begins at an offset, or the same offset if nothing of
/// the kind begins there. What is never closed ends with its line where it may not be longer,
/// otherwise with the text. The class is long because the languages have that many kinds of
/// literals.
final class Literals {
  /// The longest character literal, such as `'\x{1F600}'`.
  private static final int CHARACTER_MAX = 12;

  /// The longest delimiter of a raw string, in characters.
  private static final int DELIMITER_MAX = 16;

  /// The longest `/expression/` considered: a bound for lines full of slashes.
  private static final int REGEX_MAX = 400;

  /// The longest name that ends a `<<<NAME` text.
  private static final int LABEL_MAX = 64;

  private final String text;
  private final Syntax syntax;

  Literals(String text, Syntax syntax) {
    this.text = text;
    this.syntax = syntax;
  }

  /// @param opensLine whether only white space stands before it on its line
  int afterComment(int at, boolean opensLine) {
    char c = text.charAt(at);
    if (syntax.has(Trait.EMBEDDED) && (at == 0 || text.startsWith("?>", at))) {
      return afterOtherText(at);
    }
    if (c == '/' && text.startsWith("//", at)) {
      return commentEnd(at);
    }
    if (c == '/' && text.startsWith("/*", at)) {
      return afterBlockComment(at + 2);
    }
    if (c == '#' && syntax.has(Trait.PREPROCESSOR) && opensLine) {
      return afterDirective(at);
    }
    if (c == '#' && syntax.has(Trait.HASH_COMMENT) && !text.startsWith("#[", at)) {
      return commentEnd(at);
    }
    return at;
  }

  /// @param operand whether a value may follow here, so that `/` begins an expression
  int after(int at, boolean operand) {
    return switch (text.charAt(at)) {
      case '"' -> afterQuotes(at, '"');
      case '\'' -> syntax.has(Trait.QUOTE_STRING) ? afterQuotes(at, '\'') : afterCharacter(at);
      case '`' -> syntax.has(Trait.RAW_BACKTICK) ? behind("`", at + 1) : at;
      case '@' ->
          syntax.has(Trait.VERBATIM) && text.startsWith("\"", at + 1) ? afterVerbatim(at + 2) : at;
      case '/' -> syntax.has(Trait.REGEX) && operand ? afterRegex(at) : at;
      case '<' -> syntax.has(Trait.HEREDOC) && text.startsWith("<<<", at) ? afterHeredoc(at) : at;
      default -> at;
    };
  }

  /// A literal that begins with letters: `r#"text"#`, `R"x(text)x"`.
  int afterPrefixed(int at) {
    int quote = at + 1;
    char c = text.charAt(at);
    if (syntax.has(Trait.RAW_PAREN) && c == 'R' && text.startsWith("\"", quote)) {
      int paren = find('(', quote, DELIMITER_MAX);
      return paren < 0 ? at : behind(")" + text.substring(quote + 1, paren) + "\"", paren);
    }
    if (syntax.has(Trait.RAW_HASH) && (c == 'r' || text.startsWith("br", at))) {
      quote = c == 'b' ? at + 2 : quote;
      int hashes = 0;
      while (hashes < DELIMITER_MAX && text.startsWith("#", quote + hashes)) {
        hashes++;
      }
      return text.startsWith("\"", quote + hashes)
          ? behind("\"" + "#".repeat(hashes), quote + hashes + 1)
          : at;
    }
    return at;
  }

  /// Returns where a comment ends that lasts for the rest of its line.
  private int commentEnd(int at) {
    int end = lineEnd(at);
    int close = syntax.has(Trait.EMBEDDED) ? text.substring(at, end).indexOf("?>") : -1;
    return close < 0 ? end : at + close;
  }

  /// Skips what is not code, such as HTML.
  private int afterOtherText(int at) {
    int open = text.indexOf("<?", at);
    while (open >= 0 && text.startsWith("xml", open + 2)) {
      open = text.indexOf("<?", open + 2);
    }
    int behind = open + "<?".length();
    return open < 0 ? text.length() : text.startsWith("php", behind) ? behind + 3 : behind;
  }

  private int lineEnd(int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  /// Returns the offset of a character among the next `within`, or -1.
  private int find(char c, int from, int within) {
    return text.indexOf(c, from, Math.min(text.length(), from + within));
  }

  private int behind(String close, int from) {
    int found = text.indexOf(close, from);
    return found < 0 ? text.length() : found + close.length();
  }

  private int afterBlockComment(int from) {
    if (!syntax.has(Trait.NESTED_COMMENT)) {
      return behind("*/", from);
    }
    int depth = 1;
    int at = from;
    while (at < text.length() && depth > 0) {
      if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else {
        at++;
      }
    }
    return at;
  }

  private int afterQuotes(int at, char quote) {
    String three = String.valueOf(quote).repeat(3);
    boolean triple = syntax.has(Trait.TRIPLE_QUOTE) && text.startsWith(three, at);
    boolean manyLines = triple || syntax.has(Trait.LONG_STRING);
    for (int i = at + (triple ? 3 : 1); i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '\n' && !manyLines) {
        return i;
      } else if (c == quote && (!triple || text.startsWith(three, i))) {
        return i + (triple ? 3 : 1);
      }
    }
    return text.length();
  }

  /// A character in quotes; a lone quote is something else, such as a lifetime or a symbol.
  private int afterCharacter(int at) {
    int first = at + 1;
    if (first >= text.length() || text.charAt(first) == '\n') {
      return at;
    }
    boolean escaped = text.charAt(first) == '\\';
    int close = escaped ? text.indexOf('\'', Math.min(first + 2, text.length())) : -1;
    if (escaped) {
      return close > 0 && close - at <= CHARACTER_MAX ? close + 1 : at;
    }
    int width = Character.isHighSurrogate(text.charAt(first)) ? 2 : 1;
    return text.startsWith("'", first + width) ? first + width + 1 : at;
  }

  private int afterVerbatim(int from) {
    int quote = text.indexOf('"', from);
    while (quote >= 0 && text.startsWith("\"", quote + 1)) {
      quote = text.indexOf('"', quote + 2);
    }
    return quote < 0 ? text.length() : quote + 1;
  }

  private int afterRegex(int at) {
    boolean inSet = false;
    for (int i = at + 1, end = Math.min(text.length(), at + REGEX_MAX); i < end; i++) {
      switch (text.charAt(i)) {
        case '\\' -> i++;
        case '[' -> inSet = true;
        case ']' -> inSet = false;
        case '\n' -> {
          return at;
        }
        case '/' -> {
          if (!inSet) {
            return i + 1;
          }
        }
        default -> {}
      }
    }
    return at;
  }

  private int afterHeredoc(int at) {
    int lineEnd = find('\n', at, LABEL_MAX);
    String label = lineEnd < 0 ? "" : text.substring(at + 3, lineEnd).replaceAll("[\"'\\s]", "");
    if (label.isEmpty()) {
      return at;
    }
    for (int line = lineEnd; line < text.length(); line = lineEnd(line + 1)) {
      int ink = line + 1;
      while (ink < text.length() && (text.charAt(ink) == ' ' || text.charAt(ink) == '\t')) {
        ink++;
      }
      if (text.startsWith(label, ink)) {
        return ink + label.length();
      }
    }
    return text.length();
  }

  /// Skips a directive's line, and with `#else` or `#if 0` the inactive branch, so that the braces
  /// of only one branch count.
  private int afterDirective(int at) {
    String name = directive(at);
    int end = directiveEnd(at);
    boolean leavesOut =
        name.equals("else")
            || name.startsWith("elif")
            || (name.equals("if") && text.substring(at, end).endsWith(" 0"));
    int depth = leavesOut ? 1 : 0;
    while (depth > 0 && end < text.length()) {
      at = end + 1;
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
        at++;
      }
      end = directiveEnd(Math.min(at, text.length()));
      if (text.startsWith("#", at)) {
        String inner = directive(at);
        boolean otherwise = depth == 1 && name.equals("if") && inner.startsWith("el");
        depth += inner.startsWith("if") ? 1 : inner.equals("endif") || otherwise ? -1 : 0;
      }
    }
    return end;
  }

  private String directive(int hash) {
    int from = hash + 1;
    while (from < text.length() && text.charAt(from) == ' ') {
      from++;
    }
    int to = from;
    while (to < text.length() && Character.isLetter(text.charAt(to))) {
      to++;
    }
    return text.substring(from, to);
  }

  private int directiveEnd(int at) {
    int end = lineEnd(at);
    while (end > at && end < text.length() && text.charAt(end - 1) == '\\') {
      end = lineEnd(end + 1);
    }
    return end;
  }
}
