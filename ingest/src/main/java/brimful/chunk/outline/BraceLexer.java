package brimful.chunk.outline;

import brimful.chunk.outline.Syntax.Trait;
import java.util.Arrays;

/// Reads the code of a brace language as tokens, without its comments.
///
/// A token is a word, a literal, or one other character. [Literals] skips strings, comments and
/// what a preprocessor leaves out, so every brace that comes out belongs to the code.
final class BraceLexer {
  /// The tokens that are not the character they are written with.
  static final int END = -1;

  static final int WORD = -2;
  static final int LITERAL = -3;

  private static final boolean[] ASCII_WORD = new boolean[128];

  static {
    for (char c = ' '; c < ASCII_WORD.length; c++) {
      ASCII_WORD[c] = Character.isJavaIdentifierPart(c);
    }
    ASCII_WORD[127] = false;
  }

  private final String text;
  private final Syntax syntax;
  private final Literals literals;
  private final Lines lines;
  private int at;
  private int start;
  private int line;
  private int lineEnd;
  private boolean opensLine = true;
  private int last = END;
  private int braces;
  private int[] templates = new int[8];
  private int templateDepth;

  BraceLexer(Lines lines, Syntax syntax) {
    this.lines = lines;
    this.text = lines.text();
    this.syntax = syntax;
    this.literals = new Literals(text, syntax);
    this.lineEnd = lines.end(0);
  }

  /// Returns the next token's kind: [#WORD], [#LITERAL], [#END], or the character itself.
  int next() {
    opensLine = false;
    skipToToken();
    start = at;
    if (at >= text.length()) {
      last = END;
      return END;
    }
    char c = text.charAt(at);
    if (inWord(c)) {
      last = literalWord() ? LITERAL : word();
    } else {
      last = mark(c);
    }
    return last;
  }

  int start() {
    return start;
  }

  int end() {
    return at;
  }

  /// Returns the line the token starts on.
  int line() {
    return line;
  }

  /// Returns whether a line break came since the last token.
  boolean opensLine() {
    return opensLine;
  }

  private void skipToToken() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c <= ' ' || Lines.isWhite(c)) {
        at++;
      } else {
        follow();
        int skipped = literals.afterComment(at, opensLine || start == 0);
        if (skipped == at) {
          return;
        }
        at = skipped;
      }
    }
    at = Math.min(at, text.length());
    follow();
  }

  /// Brings the line up to the offset.
  private void follow() {
    while (at > lineEnd && line + 1 < lines.count()) {
      lineEnd = lines.end(++line);
      opensLine = true;
    }
  }

  /// Skips a literal that begins like a word, such as `r#"text"#`.
  private boolean literalWord() {
    int after = literals.afterPrefixed(at);
    boolean literal = after > at;
    at = Math.max(at, after);
    return literal;
  }

  private int word() {
    while (at < text.length() && inWord(text.charAt(at))) {
      at++;
    }
    return text.charAt(start) <= '9' && text.charAt(start) >= '0' ? LITERAL : WORD;
  }

  private static boolean inWord(char c) {
    return c < ASCII_WORD.length ? ASCII_WORD[c] : Character.isJavaIdentifierPart(c);
  }

  private int mark(char c) {
    if (c == '`' && syntax.has(Trait.TEMPLATE)) {
      at++;
      return template();
    }
    if (c == '`' && syntax.has(Trait.NAME_BACKTICK)) {
      int close = text.indexOf('`', at + 1);
      boolean closed = close > at && close < lineEnd;
      at = closed ? close + 1 : at + 1;
      return closed ? WORD : c;
    }
    int after = literals.after(at, last != WORD && last != ')' && last != ']' && last != LITERAL);
    if (after > at) {
      at = after;
      return LITERAL;
    }
    at++;
    if (c == '{') {
      braces++;
    } else if (c == '}') {
      if (templateDepth > 0 && templates[templateDepth - 1] == braces) {
        templateDepth--;
        return template();
      }
      braces--;
    }
    return c;
  }

  /// Skips a template's text up to its end or to the code in it, which is read as code.
  private int template() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\\') {
        at++;
      } else if (c == '`') {
        break;
      } else if (c == '$' && at < text.length() && text.charAt(at) == '{') {
        at++;
        if (templateDepth == templates.length) {
          templates = Arrays.copyOf(templates, templateDepth * 2);
        }
        templates[templateDepth++] = braces;
        break;
      }
    }
    at = Math.min(at, text.length());
    return LITERAL;
  }
}
