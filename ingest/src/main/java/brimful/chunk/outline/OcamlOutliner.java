package brimful.chunk.outline;

import brimful.chunk.outline.Definition.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds definitions in OCaml by their words and their indentation.
///
/// Only what stands directly in a file, a module or a class is a definition: the `let` inside of
/// another's body is not.
final class OcamlOutliner implements Outliner {
  private static final Pattern PHRASE =
      Pattern.compile(
          "(?<label>let|and|type|module|val|external|exception|class|method|include|open|inherit"
              + "|initializer|constraint)(?![\\w'*+])(?<rest>.*+)",
          Pattern.DOTALL);

  private static final Set<String> UNNAMED =
      Set.of("include", "open", "inherit", "initializer", "constraint");

  private static final Set<String> TYPES = Set.of("type", "module", "exception", "class");

  /// What stands between the word and the name: attributes, words, parameters of a type, a path.
  private static final Pattern NAME =
      Pattern.compile(
          "(?:%[\\w.]++|!)*+(?:\\s*+\\[@[^\\]]*+\\])*+(?:\\s++(?:rec|nonrec|type|of|virtual|private|mutable)\\b)*+"
              + "\\s*+(?:\\(\\s*+[-+!]*+(?:'\\w++|_)[^()]*+\\)\\s*+|[-+!]*+(?:'\\w++|_)\\s++|\\['[^\\]]*+\\]\\s*+)?+"
              + "(?:[A-Z]\\w*+\\.)*+"
              + "(?:\\(\\s*+(?<operator>[^\\w\\s()'\"]++|(?:let|and)[^\\w\\s()'\"]++)\\s*+\\)"
              + "|(?!(?:open|module|exception|_)\\b)(?<name>[A-Za-z_][\\w']*+))");

  /// A line that begins with one of these goes on with the phrase above, though no deeper.
  private static final Pattern GOES_ON =
      Pattern.compile(
          "(?:end|in|with|then|else|done|when|of|do)\\b|[^\\w\\s(\\[{\"'`~?!#]|\\[@@[^@]");

  /// A module's body may begin at the end of a line.
  private static final Pattern BODY = Pattern.compile("(?:.*[\\s(=:])?(?:struct|sig)\\s*+");

  /// The longest part of a line that is read.
  private static final int HEADER_MAX = 400;

  /// What a phrase may hold.
  private enum Holds {
    PHRASES,
    METHODS,
    NOTHING
  }

  private record Open(DefinitionStart start, int indent, Holds holds) {}

  @Override
  public List<Definition> outline(Lines lines) {
    return new Parse(lines).definitions();
  }

  /// One pass over a text.
  private static final class Parse {
    private final Lines lines;
    private final CodeLines code;
    private final Nesting nesting;
    private final Deque<Open> open = new ArrayDeque<>();

    /// The phrase that closed last: `and` goes on with it.
    private Optional<Open> sibling = Optional.empty();

    private int lastCode;

    Parse(Lines lines) {
      this.lines = lines;
      this.code = new CodeLines(lines, LiteralRules.OCAML);
      this.nesting = new Nesting(lines);
    }

    List<Definition> definitions() {
      for (int line = 0; line < lines.count(); line++) {
        if (code.begins(line)) {
          read(line);
        }
        lastCode = code.comment(line) || lines.blank(line) ? lastCode : line;
      }
      close(-1);
      return nesting.nested();
    }

    private void read(int line) {
      int ink = lines.firstInk(line);
      int indent = lines.indent(line);
      int end = Math.min(lines.end(line), ink + HEADER_MAX);
      boolean goesOn = GOES_ON.matcher(lines.text()).region(ink, end).lookingAt();
      close(goesOn ? indent : indent - 1);
      Holds around = open.isEmpty() ? Holds.PHRASES : open.getFirst().holds;
      if (!goesOn && around != Holds.NOTHING) {
        Matcher phrase = PHRASE.matcher(lines.text()).region(ink, end);
        if (phrase.lookingAt()) {
          begin(phrase, line, indent, around);
        }
      }
    }

    /// Closes what is indented deeper than a column.
    private void close(int indent) {
      if (!open.isEmpty() && open.getFirst().indent > indent) {
        int last = code.trail(lastCode);
        while (!open.isEmpty() && open.getFirst().indent > indent) {
          Open closed = open.pop();
          nesting.add(closed.start, last);
          sibling = Optional.of(closed);
        }
      }
    }

    private void begin(Matcher phrase, int line, int indent, Holds around) {
      String label = phrase.group("label");
      String rest = phrase.group("rest");
      boolean method = label.equals("method");
      if (around == Holds.METHODS ? !method && !label.equals("val") : method) {
        return;
      }
      if (label.equals("and")) {
        if (sibling.isEmpty() || sibling.get().indent != indent) {
          return;
        }
        label = sibling.get().start.label();
      }
      boolean named = !UNNAMED.contains(label);
      Matcher name = NAME.matcher(rest);
      if (named && name.lookingAt()) {
        String operator = name.group("operator");
        int offset = phrase.start("rest") + name.start(operator == null ? "name" : "operator");
        boolean type = TYPES.contains(label);
        open(
            new DefinitionStart(
                operator == null ? name.group("name") : operator,
                type ? Kind.TYPE : Kind.FUNCTION,
                label,
                code.lead(line),
                line,
                offset),
            indent,
            holds(label, rest));
      } else if (named || BODY.matcher(rest).matches()) {
        open(
            new DefinitionStart("", Kind.BLOCK, label, code.lead(line), line, phrase.start()),
            indent,
            holds(label, rest));
      }
    }

    private void open(DefinitionStart start, int indent, Holds holds) {
      open.push(new Open(start, indent, holds));
    }

    private static Holds holds(String label, String rest) {
      if (label.equals("module") || BODY.matcher(rest).matches()) {
        return Holds.PHRASES;
      }
      return label.equals("class") ? Holds.METHODS : Holds.NOTHING;
    }
  }
}
