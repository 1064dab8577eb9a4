package brimful.chunk.outline;

/// Finds where comments and literals end in languages without braces around their blocks.
///
/// [#after] returns the offset behind what begins at an offset, or the same offset if nothing of
/// the kind begins there. A comment or a text that is never closed ends with the file.
enum LiteralRules {
  OCAML {
    @Override
    boolean comments(String text, int at) {
      return text.startsWith("(*", at) && !text.startsWith("(*)", at);
    }

    @Override
    int after(String text, int at) {
      return switch (text.charAt(at)) {
        case '(' -> comments(text, at) ? behindNested(text, at, "(*", "*)") : at;
        case '"' -> behindQuote(text, at, true);
        case '{' -> behindQuoted(text, at);
        case '\'' -> behindCharacter(text, at);
        default -> at;
      };
    }
  },
  HASKELL {
    @Override
    boolean comments(String text, int at) {
      return text.startsWith("{-", at) || dashes(text, at);
    }

    @Override
    int after(String text, int at) {
      return switch (text.charAt(at)) {
        case '{' -> comments(text, at) ? behindNested(text, at, "{-", "-}") : at;
        case '-' -> dashes(text, at) ? lineEnd(text, at) : at;
        case '"' -> behindQuote(text, at, false);
        case '\'' -> behindCharacter(text, at);
        default -> at;
      };
    }

    /// Two dashes or more begin a comment unless they are part of an operator such as `-->`.
    private static boolean dashes(String text, int at) {
      if (!text.startsWith("--", at) || (at > 0 && SYMBOLS.indexOf(text.charAt(at - 1)) >= 0)) {
        return false;
      }
      int end = at;
      while (end < text.length() && text.charAt(end) == '-') {
        end++;
      }
      return end == text.length() || SYMBOLS.indexOf(text.charAt(end)) < 0;
    }
  },
  LISP {
    @Override
    boolean comments(String text, int at) {
      return text.startsWith("#|", at)
          || (text.charAt(at) == ';' && (at == 0 || text.charAt(at - 1) != '#'));
    }

    @Override
    int after(String text, int at) {
      return switch (text.charAt(at)) {
        case ';' -> comments(text, at) ? lineEnd(text, at) : at;
        case '#' -> comments(text, at) ? behindNested(text, at, "#|", "|#") : at;
        case '"' -> behindQuote(text, at, true);
        case '\\' -> Math.min(text.length(), at + 2);
        case '?' -> behindQuestion(text, at);
        default -> at;
      };
    }

    /// In Emacs, `?(` is a character.
    private static int behindQuestion(String text, int at) {
      boolean token = at == 0 || " \t\n('`,[".indexOf(text.charAt(at - 1)) >= 0;
      boolean mark = at + 1 < text.length() && "\"();[]".indexOf(text.charAt(at + 1)) >= 0;
      return token && mark ? at + 2 : at;
    }
  };

  /// What Haskell makes operators of.
  static final String SYMBOLS = "!#$%&*+./<=>?@\\^|-~:";

  /// The longest character literal, such as `'\x{1F600}'`.
  private static final int CHARACTER_MAX = 12;

  /// The longest name in `{name|text|name}`.
  private static final int DELIMITER_MAX = 32;

  /// Returns whether what begins here is a comment.
  abstract boolean comments(String text, int at);

  abstract int after(String text, int at);

  private static int lineEnd(String text, int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  private static int behindNested(String text, int from, String open, String close) {
    int depth = 0;
    int at = from;
    do {
      if (text.startsWith(open, at)) {
        depth++;
        at += 2;
      } else if (text.startsWith(close, at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < text.length());
    return Math.min(at, text.length());
  }

  private static int behindQuote(String text, int from, boolean manyLines) {
    for (int at = from + 1; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '"') {
        return at + 1;
      } else if (c == '\n' && !manyLines) {
        return at;
      }
    }
    return text.length();
  }

  private static int behindQuoted(String text, int from) {
    int bar = from + 1;
    int limit = Math.min(text.length(), from + DELIMITER_MAX);
    while (bar < limit && (text.charAt(bar) == '_' || Character.isLowerCase(text.charAt(bar)))) {
      bar++;
    }
    if (bar >= limit || text.charAt(bar) != '|') {
      return from;
    }
    String close = "|" + text.substring(from + 1, bar) + "}";
    int found = text.indexOf(close, bar + 1);
    return found < 0 ? text.length() : found + close.length();
  }

  /// A quote behind a name is a part of it, and one without a partner is something else.
  private static int behindCharacter(String text, int from) {
    int first = from + 1;
    boolean prime = from > 0 && Character.isJavaIdentifierPart(text.charAt(from - 1));
    if (prime || first >= text.length() || text.charAt(first) == '\n') {
      return from;
    }
    if (text.charAt(first) == '\\') {
      int limit = Math.min(text.length(), from + CHARACTER_MAX);
      int close = text.indexOf('\'', Math.min(first + 2, limit), limit);
      return close < 0 ? from : close + 1;
    }
    int width = Character.isHighSurrogate(text.charAt(first)) ? 2 : 1;
    return text.startsWith("'", first + width) ? first + width + 1 : from;
  }
}
