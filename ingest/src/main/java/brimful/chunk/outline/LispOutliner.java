package brimful.chunk.outline;

import brimful.chunk.outline.Definition.Kind;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds definitions in Lisps: forms such as `(defun name …)` that are not inside of another.
///
/// A bracket at the margin begins a new form, whatever was left open before it.
final class LispOutliner implements Outliner {
  /// The longest first word and the longest name, in characters.
  private static final int NAME_MAX = 200;

  /// The first word of a form that defines what its second names.
  private static final Pattern HEAD =
      Pattern.compile("(?:[^\\s/]+[-/])?def[\\w*!+/-]*|ns|struct|use-package");

  /// First words that look as if they defined.
  private static final Pattern NO_HEAD =
      Pattern.compile("(?:.*-)?(?:default|defer|define-key|definition|defined)(?:[-*?].*)?");

  private static final Pattern TYPE =
      Pattern.compile("ns|.*(?:class|struct|type|record|protocol|interface|package|module)");

  /// The name may be quoted, follow metadata, or begin a list: `(name argument)`, `(setf name)`.
  private static final Pattern NAME =
      Pattern.compile(
          "\\s++(?:\\^(?:\\{[^}]*+\\}|[^\\s()]++)\\s++)*+['(#:<\"\\[]*+(?:setf\\s++)?+(?<name>[^\\s()\\[\\]'\",;`]++)");

  @Override
  public List<Definition> outline(Lines lines) {
    return new Parse(lines).definitions();
  }

  /// One pass over a text.
  private static final class Parse {
    private final Lines lines;
    private final String text;
    private final Nesting nesting;
    private DefinitionStart open = DefinitionStart.NONE;

    /// How many brackets were open where the open definition began.
    private int openDepth;

    private int depth;
    private int lastCode;

    Parse(Lines lines) {
      this.lines = lines;
      this.text = lines.text();
      this.nesting = new Nesting(lines);
    }

    List<Definition> definitions() {
      int line = 0;
      int at = 0;
      while (at < text.length()) {
        while (line + 1 < lines.count() && at >= lines.start(line + 1)) {
          line++;
        }
        boolean comment = LiteralRules.LISP.comments(text, at);
        int after = LiteralRules.LISP.after(text, at);
        if (after == at && !Character.isWhitespace(text.charAt(at))) {
          step(at, line);
        }
        at = Math.max(at + 1, after);
        if (!comment && !Character.isWhitespace(text.charAt(at - 1))) {
          lastCode = at - 1;
        }
      }
      end(lastCode);
      return nesting.nested();
    }

    private void step(int at, int line) {
      switch (text.charAt(at)) {
        case '(' -> {
          if (at == lines.start(line) && depth > 0) {
            end(lastCode);
            depth = 0;
          }
          if (!open.isPresent() && (at == 0 || "'`".indexOf(text.charAt(at - 1)) < 0)) {
            begin(at, line);
          }
          depth++;
        }
        case '[', '{' -> depth++;
        case ')', ']', '}' -> {
          depth = Math.max(0, depth - 1);
          if (open.isPresent() && depth <= openDepth) {
            end(at);
          }
        }
        default -> {}
      }
    }

    private void begin(int at, int line) {
      int headEnd = at + 1;
      int limit = Math.min(text.length(), headEnd + NAME_MAX);
      while (headEnd < limit && !endsWord(text.charAt(headEnd))) {
        headEnd++;
      }
      String head = text.substring(at + 1, headEnd);
      if (!HEAD.matcher(head).matches() || NO_HEAD.matcher(head).matches()) {
        return;
      }
      Matcher name = NAME.matcher(text);
      name.region(headEnd, Math.min(text.length(), headEnd + NAME_MAX));
      if (name.lookingAt()) {
        String word = name.group("name");
        String bare = word.endsWith(">") ? word.substring(0, word.length() - 1) : word;
        Kind kind = TYPE.matcher(head).matches() ? Kind.TYPE : Kind.FUNCTION;
        String simple = text.charAt(name.start("name") - 1) == '<' ? bare : word;
        open =
            new DefinitionStart(
                simple, kind, head, line, lines.at(name.start("name")), name.start("name"));
        openDepth = depth;
      }
    }

    private static boolean endsWord(char c) {
      return Character.isWhitespace(c) || "()[]{}'\"`;,".indexOf(c) >= 0;
    }

    private void end(int at) {
      nesting.addTo(open, at);
      open = DefinitionStart.NONE;
    }
  }
}
