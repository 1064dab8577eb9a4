package brimful.chunk.outline;

import java.util.BitSet;

/// Tells the lines of code from those of comments, and from those inside of a literal.
final class CodeLines {
  private final Lines lines;
  private final BitSet code = new BitSet();
  private final BitSet inside = new BitSet();

  CodeLines(Lines lines, LiteralRules rules) {
    this.lines = lines;
    read(rules);
  }

  /// Returns whether a line begins inside of a comment or a literal.
  boolean inside(int line) {
    return inside.get(line);
  }

  /// Returns whether there is nothing but comment on a line.
  boolean comment(int line) {
    return !code.get(line) && (inside.get(line) || !lines.blank(line));
  }

  /// Returns whether a line begins with code.
  boolean begins(int line) {
    return code.get(line) && !inside.get(line);
  }

  /// Returns the first of the comment lines directly above a line, or the line.
  int lead(int line) {
    int first = line;
    while (first > 0 && comment(first - 1)) {
      first--;
    }
    return first;
  }

  /// Returns the last of the comment lines directly below a line, if a blank line or the end
  /// follows them; otherwise the line.
  int trail(int line) {
    int next = line + 1;
    while (next < lines.count() && comment(next)) {
      next++;
    }
    return next == lines.count() || lines.blank(next) ? next - 1 : line;
  }

  private void read(LiteralRules rules) {
    String text = lines.text();
    int line = 0;
    int at = 0;
    while (at < lines.lastEnd()) {
      if (at >= lines.end(line)) {
        at = Math.max(at + 1, lines.start(++line));
        continue;
      }
      boolean comment = rules.comments(text, at);
      int after = rules.after(text, at);
      if (!comment && !Character.isWhitespace(text.charAt(at))) {
        code.set(line);
      }
      at = Math.max(at + 1, after);
      while (line + 1 < lines.count() && at >= lines.start(line + 1)) {
        line++;
        inside.set(line);
        if (!comment) {
          code.set(line);
        }
      }
    }
  }
}
