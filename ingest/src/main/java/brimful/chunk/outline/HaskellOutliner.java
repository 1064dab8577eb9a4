package brimful.chunk.outline;

import brimful.chunk.outline.Definition.Kind;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds definitions in Haskell: what begins at the margin, the members of classes and instances,
/// and the fields of records.
///
/// A signature and the equations of one name are one definition. What has neither is a call of a
/// macro. Only the first characters of a line are read.
final class HaskellOutliner implements Outliner {
  private static final int HEADER_MAX = 400;

  /// How many lines may pass from a name to its `=`.
  private static final int HEADER_LINES = 5;

  /// Declarations that begin with a word.
  private static final Pattern WORD =
      Pattern.compile(
          "(?<label>data|newtype|type|class|instance|module|deriving|import|infix[lr]?|default"
              + "|pattern(?=\\s++[A-Z])|foreign(?=\\s++[ie]))(?![\\w'])(?<rest>.*+)",
          Pattern.DOTALL);

  private static final Set<String> TYPES =
      Set.of("data", "newtype", "type", "class", "pattern", "module");

  private static final Pattern TYPE_NAME =
      Pattern.compile(
          "\\s*+(?:(?:family|instance)\\s++)*+\\(?(?:[A-Z]\\w*+\\.)*+(?<name>[A-Z][\\w']*+)");

  private static final Pattern IMPORTED =
      Pattern.compile("(?:[^:]|:(?!:))*?(?<name>[a-z_][\\w']*+)\\s*+::");

  /// The name of an equation or a signature: a word, or an operator in brackets.
  private static final Pattern NAME =
      Pattern.compile(
          "(?<word>[a-z_][\\w']*+)|\\(\\s*+(?<operator>[!#$%&*+./<=>?@\\\\^|~:-]++)\\s*+\\)");

  /// An operator, or a word in backquotes, between its two arguments.
  private static final Pattern INFIX =
      Pattern.compile(
          "(?:[\\w']++|\\([^()]*+\\)|\\[[^\\[\\]]*+\\])\\s++(?:`(?<word>[a-z_][\\w']*+)`"
              + "|(?<operator>(?!(?:[=|@~!]|::)[\\s\\w(\\[])[!#$%&*+./<=>?@\\\\^|~:-]++))\\s");

  /// Words that continue a header or a body; no equation begins with one.
  private static final Pattern RESERVED =
      Pattern.compile("(?:where|in|of|do|then|else|if|case|let|via|stock|anyclass)(?![\\w'])");

  private static final Pattern FIELD =
      Pattern.compile("\\s*+(?:.*?[{,]\\s*+)?(?<name>[a-z_][\\w']*+)\\s*+::");

  @Override
  public List<Definition> outline(Lines lines) {
    return new Parse(lines).definitions();
  }

  /// One pass over a text.
  private static final class Parse {
    private final Lines lines;
    private final String text;
    private final CodeLines code;
    private final Nesting nesting;
    private DefinitionStart top = DefinitionStart.NONE;
    private DefinitionStart member = DefinitionStart.NONE;

    /// How far the members of the open class or instance are indented, once one was read.
    private int memberIndent = Integer.MAX_VALUE;

    private int lastCode;

    Parse(Lines lines) {
      this.lines = lines;
      this.text = lines.text();
      this.code = new CodeLines(lines, LiteralRules.HASKELL);
      this.nesting = new Nesting(lines);
    }

    List<Definition> definitions() {
      for (int line = 0; line < lines.count(); line++) {
        if (text.startsWith("#", lines.start(line)) || code.comment(line) || lines.blank(line)) {
          continue;
        }
        if (code.begins(line)) {
          read(line);
        }
        lastCode = line;
      }
      endTop();
      return nesting.nested();
    }

    private void read(int line) {
      int ink = lines.firstInk(line);
      if (ink == lines.start(line)) {
        if (Character.isLetter(text.charAt(ink)) || "_([$".indexOf(text.charAt(ink)) >= 0) {
          DefinitionStart next = start(line, top);
          if (next != top) {
            endTop();
            top = next;
          }
        }
        return;
      }
      switch (top.label()) {
        case "class", "instance" -> member(line);
        case "data", "newtype" -> field(line);
        default -> {}
      }
    }

    private void member(int line) {
      int indent = lines.indent(line);
      if (indent <= memberIndent) {
        DefinitionStart next = start(line, member);
        if (next != member) {
          endMember();
          member = next;
        }
        memberIndent = next.isPresent() ? indent : memberIndent;
      }
    }

    private void field(int line) {
      Matcher field = FIELD.matcher(text).region(lines.start(line), end(line));
      if (field.lookingAt()) {
        var start =
            new DefinitionStart(
                field.group("name"), Kind.CONSTANT, "", line, line, field.start("name"));
        nesting.addTo(start, field.end("name"));
      }
    }

    private void endTop() {
      endMember();
      memberIndent = Integer.MAX_VALUE;
      nesting.add(top, code.trail(lastCode));
      top = DefinitionStart.NONE;
    }

    private void endMember() {
      nesting.add(member, code.trail(lastCode));
      member = DefinitionStart.NONE;
    }

    private int end(int line) {
      return Math.min(lines.end(line), lines.firstInk(line) + HEADER_MAX);
    }

    /// Returns what a line begins: something new, nothing, or more of what is open.
    private DefinitionStart start(int line, DefinitionStart open) {
      int ink = lines.firstInk(line);
      Matcher word = WORD.matcher(text).region(ink, end(line));
      if (word.lookingAt()) {
        return declared(word, line, open);
      }
      if (RESERVED.matcher(text).region(ink, end(line)).lookingAt()) {
        return open;
      }
      if (!defines(line)) {
        return open.isPresent() && text.startsWith(open.name(), ink) ? open : DefinitionStart.NONE;
      }
      Matcher name = INFIX.matcher(text).region(ink, end(line));
      if (!name.lookingAt()) {
        name = NAME.matcher(text).region(ink, end(line));
        if (!name.lookingAt()) {
          return new DefinitionStart("", Kind.BLOCK, "", code.lead(line), line, ink);
        }
      }
      String group = name.group("word") == null ? "operator" : "word";
      return same(
          open,
          new DefinitionStart(
              name.group(group), Kind.FUNCTION, "", code.lead(line), line, name.start(group)));
    }

    private static DefinitionStart same(DefinitionStart open, DefinitionStart next) {
      boolean same = open.name().equals(next.name()) && open.label().equals(next.label());
      return open.isPresent() && same && !next.name().isEmpty() ? open : next;
    }

    private DefinitionStart declared(Matcher word, int line, DefinitionStart open) {
      String label = word.group("label");
      String rest = word.group("rest");
      int offset = word.start("rest");
      boolean type = TYPES.contains(label);
      if (type || label.equals("foreign")) {
        rest = label.equals("class") ? manyLines(line, offset) : rest;
        int from = type ? behindContext(rest) : 0;
        Matcher name = (type ? TYPE_NAME : IMPORTED).matcher(rest).region(from, rest.length());
        if (name.lookingAt()) {
          return same(
              open,
              new DefinitionStart(
                  name.group("name"),
                  type ? Kind.TYPE : Kind.FUNCTION,
                  label,
                  code.lead(line),
                  lines.at(offset + name.start("name")),
                  offset + name.start("name")));
        }
      }
      return switch (label) {
        case "instance" ->
            new DefinitionStart("", Kind.TYPE, label, code.lead(line), line, word.start());
        case "default" -> open;
        default -> DefinitionStart.NONE;
      };
    }

    /// Returns what follows an offset: the context before a class's name may fill several lines.
    private String manyLines(int line, int offset) {
      int last = Math.min(line + HEADER_LINES, lines.count()) - 1;
      return text.substring(offset, Math.min(lines.end(last), offset + HEADER_MAX));
    }

    /// Returns where a declared type begins: behind `=>`, if that comes before any `=`.
    private static int behindContext(String rest) {
      int arrow = rest.indexOf("=>");
      return arrow >= 0 && rest.indexOf('=') == arrow && rest.lastIndexOf("::", arrow) < 0
          ? arrow + 2
          : 0;
    }

    /// Returns whether `=`, `|` or `::` follows what a line begins with, outside of brackets.
    private boolean defines(int line) {
      int depth = 0;
      int read = 0;
      int next = line;
      while (next < lines.count() && read < HEADER_LINES) {
        int at = lines.firstInk(next);
        int end = end(next);
        while (at < end) {
          int after = LiteralRules.HASKELL.after(text, at);
          int run = after == at ? operatorEnd(at, end) : at;
          if (depth == 0 && run > at) {
            String operator = text.substring(at, run);
            if (operator.equals("=") || operator.equals("|") || operator.equals("::")) {
              return true;
            }
          }
          depth += "([{".indexOf(text.charAt(at)) >= 0 && after == at ? 1 : 0;
          depth -= ")]}".indexOf(text.charAt(at)) >= 0 && depth > 0 ? 1 : 0;
          at = Math.max(at + 1, Math.max(after, run));
        }
        do {
          next++;
        } while (next < lines.count() && (lines.blank(next) || code.comment(next)));
        read++;
        if (next < lines.count() && lines.indent(next) <= lines.indent(line)) {
          return false;
        }
      }
      return false;
    }

    private int operatorEnd(int from, int end) {
      int at = from;
      while (at < end && LiteralRules.SYMBOLS.indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      return at;
    }
  }
}
