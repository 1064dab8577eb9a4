package brimful.chunk.outline;

import brimful.chunk.outline.Definition.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds program units, procedures, derived types and generic interfaces in Fortran.
///
/// They end at a word rather than by indentation, and often at a bare `end`. What an interface
/// declares is not defined there.
final class FortranOutliner implements Outliner {
  private static final int HEADER_MAX = 400;

  /// A longer comment stands for itself: it would not fit beside what it describes.
  private static final int LEAD_LINES_MAX = 40;

  /// How far outwards an `end` searches for its beginning.
  private static final int UNCLOSED_MAX = 16;

  private static final Pattern PROCEDURE =
      header(
          "(?:(?:recursive|non_recursive|pure|elemental|impure|module|integer|real|complex|logical|character|byte"
              + "|double\\s*+precision|double\\s*+complex|type(?=\\s*+\\()|class(?=\\s*+\\())\\b"
              + "(?:\\s*+\\*\\s*+\\d++)?+(?:\\s*+\\*?\\s*+\\((?:[^()]|\\([^()]*+\\))*+\\))?+\\s*+)*+"
              + "(?<label>subroutine|function)\\s++(?<name>\\w++)");

  private static final Pattern UNIT =
      header(
          "(?<label>program|module|submodule|block\\s*+data)"
              + "(?:\\s++|(?<=submodule)\\s*+\\([\\w\\s:]*+\\)\\s*+)(?<name>\\w++)\\s*+(?:[!;].*+)?");

  private static final Pattern BODY =
      header("module\\s++(?<label>procedure)\\s++(?<name>\\w++)\\s*+(?:!.*+)?");

  private static final Pattern TYPE =
      header(
          "(?<label>type)(?:\\s*+(?:,[^:!]*+)?::\\s*+|\\s++(?!is\\s*+\\())(?<name>\\w++)\\s*+(?:\\([\\w\\s,]*+\\)\\s*+)?(?:!.*+)?");

  private static final Pattern INTERFACE =
      header(
          "(?:abstract\\s++)?(?<label>interface)(?:\\s++(?<name>\\w++(?:\\s*+\\([^()]*+\\))?))?\\s*+(?:!.*+)?");

  private static final Pattern END =
      header(
          "end(?:\\s*+(?<label>subroutine|function|program|module|submodule|procedure|type|interface"
              + "|block\\s*+data)\\b.*+|\\s*+(?:[!;].*+)?)");

  private static final Pattern CONTAINS = header("contains\\s*+(?:!.*+)?");

  private static final Pattern PARAMETER =
      header("[a-z][^:!'\"]*?,\\s*+parameter\\b[^:!'\"]*+::\\s*+(?<name>\\w++)");

  private final boolean fixed;

  /// @param fixed whether columns have a meaning: the first marks a comment, the sixth a
  ///   continuation
  FortranOutliner(boolean fixed) {
    this.fixed = fixed;
  }

  private static Pattern header(String pattern) {
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
  }

  @Override
  public List<Definition> outline(Lines lines) {
    return new Parse(lines, fixed).definitions();
  }

  /// One pass over a text.
  private static final class Parse {
    private final Lines lines;
    private final String text;
    private final boolean fixed;
    private final Nesting nesting;
    private final Deque<DefinitionStart> open = new ArrayDeque<>();

    /// Whether the innermost may hold procedures now.
    private boolean holds = true;

    private int lastCode;

    Parse(Lines lines, boolean fixed) {
      this.lines = lines;
      this.text = lines.text();
      this.fixed = fixed;
      this.nesting = new Nesting(lines, List.of());
    }

    List<Definition> definitions() {
      boolean continued = false;
      for (int line = 0; line < lines.count(); line++) {
        if (lines.blank(line) || comment(line)) {
          continue;
        }
        if (fixed ? !continuation(line) : !continued) {
          read(line);
        }
        continued = text.charAt(lastInk(line)) == '&';
        lastCode = line;
      }
      while (!open.isEmpty()) {
        nesting.add(open.pop(), lastCode);
      }
      return nesting.nested();
    }

    private boolean comment(int line) {
      int ink = lines.firstInk(line);
      char first = text.charAt(ink);
      boolean margin = ink == lines.start(line);
      return first == '!' || (margin && (first == '#' || (fixed && "cC*".indexOf(first) >= 0)));
    }

    private boolean continuation(int line) {
      int ink = lines.firstInk(line);
      int column = ink - lines.start(line);
      return column == 5 && text.charAt(ink) != '0' && text.indexOf('\t', lines.start(line)) != 0;
    }

    private int lastInk(int line) {
      int last = lines.end(line) - 1;
      while (Character.isWhitespace(text.charAt(last))) {
        last--;
      }
      return last;
    }

    private void read(int line) {
      int ink = lines.firstInk(line);
      int end = Math.min(lines.end(line), ink + HEADER_MAX);
      while (fixed && ink < end && (isDigit(ink) || Character.isWhitespace(text.charAt(ink)))) {
        ink++;
      }
      Matcher matcher = END.matcher(text).region(ink, end);
      if (matcher.matches()) {
        end(matcher, line);
      } else if (matcher.usePattern(CONTAINS).matches()) {
        holds = true;
      } else if (matcher.usePattern(PROCEDURE).lookingAt() || matcher.usePattern(BODY).matches()) {
        procedure(matcher, line);
      } else if (matcher.usePattern(UNIT).matches()) {
        closeTo(open.size());
        open(matcher, Kind.TYPE, line);
      } else if (matcher.usePattern(INTERFACE).matches() || matcher.usePattern(TYPE).matches()) {
        open(matcher, Kind.TYPE, line);
      } else if (matcher.usePattern(PARAMETER).lookingAt()) {
        nesting.addTo(
            new DefinitionStart(
                matcher.group("name"), Kind.CONSTANT, "", line, line, matcher.start("name")),
            matcher.end("name"));
      }
    }

    private boolean isDigit(int at) {
      return text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private void procedure(Matcher matcher, int line) {
      boolean declares = !open.isEmpty() && open.getFirst().label().equals("interface");
      String label = matcher.group("label").toLowerCase(Locale.ROOT);
      if (declares && label.equals("procedure")) {
        return;
      }
      if (!declares && !holds) {
        closeTo(1);
      }
      if (declares) {
        open.push(new DefinitionStart("", Kind.BLOCK, label, line, line, matcher.start("name")));
      } else {
        open(matcher, Kind.FUNCTION, line);
      }
      holds = false;
    }

    private void open(Matcher matcher, Kind kind, int line) {
      String label = matcher.group("label").toLowerCase(Locale.ROOT).replaceAll("\\s", "");
      String name = matcher.group("name");
      open.push(
          name == null
              ? new DefinitionStart("", Kind.BLOCK, label, line, line, matcher.start("label"))
              : new DefinitionStart(name, kind, label, lead(line), line, matcher.start("name")));
    }

    /// Returns the first of the comment lines above, if they are not too many.
    private int lead(int line) {
      int first = line;
      while (first > 0
          && line - first <= LEAD_LINES_MAX
          && !lines.blank(first - 1)
          && comment(first - 1)) {
        first--;
      }
      return line - first > LEAD_LINES_MAX ? line : first;
    }

    /// Ends what an `end` names, or the innermost unit or procedure.
    private void end(Matcher matcher, int line) {
      String word = matcher.group("label");
      String label = word == null ? "" : word.toLowerCase(Locale.ROOT).replaceAll("\\s", "");
      int depth = 0;
      for (DefinitionStart each : open) {
        depth++;
        boolean bare = !each.label().equals("type") && !each.label().equals("interface");
        if (depth > UNCLOSED_MAX || (word == null ? bare : each.label().equals(label))) {
          break;
        }
      }
      boolean found = depth > 0 && depth <= UNCLOSED_MAX && ends(depth, label);
      if (found) {
        closeTo(depth - 1);
        nesting.add(open.pop(), line);
        holds = true;
      }
    }

    private boolean ends(int depth, String label) {
      DefinitionStart at = open.stream().skip(depth - 1L).findFirst().orElse(DefinitionStart.NONE);
      return label.isEmpty() || at.label().equals(label);
    }

    /// Closes as many of the innermost as are left open before a line that ends or begins more.
    private void closeTo(int count) {
      for (int i = 0; i < count; i++) {
        nesting.add(open.pop(), lastCode);
      }
    }
  }
}
