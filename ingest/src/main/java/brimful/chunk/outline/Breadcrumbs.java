package brimful.chunk.outline;

import brimful.chunk.outline.Definition.Kind;
import brimful.corpus.WellFormed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/// Writes the path of definitions to a line, such as `class Packer > pack(List<Ranked>)`.
public final class Breadcrumbs {
  /// The longest path, in characters.
  public static final int PATH_MAX = 120;

  /// What may stand before a parameter's type.
  private static final Pattern MODIFIERS =
      Pattern.compile("^(?:(?:final|const|@[\\w.]++(?:\\([^)]*+\\))?+)\\s++)++");

  private static final char DELETE = 0x7f;

  private static final int TITLE_MAX = 64;
  private static final int PARTS_MAX = 8;
  private static final String JOIN = " > ";
  private static final String MORE = "…";

  private final Lines lines;
  private final List<Definition> definitions;
  private final boolean titled;

  public Breadcrumbs(Lines lines, List<Definition> definitions) {
    this.lines = lines;
    this.definitions = definitions;
    titled = titled();
  }

  /// Returns the heading above the whole text, or nothing if there is none.
  public String title() {
    return titled ? title(definitions.getFirst()) : "";
  }

  private boolean titled() {
    if (definitions.isEmpty() || definitions.getFirst().kind() != Kind.HEADING) {
      return false;
    }
    for (int line = 0; line < definitions.getFirst().firstLine(); line++) {
      if (!lines.blank(line)) {
        return false;
      }
    }
    return definitions.stream().skip(1).allMatch(each -> each.enclosing() >= 0);
  }

  /// Returns the path of the definitions that contain a line and began before it, outermost first,
  /// without the [#title].
  public String pathTo(int line) {
    Deque<String> parts = new ArrayDeque<>();
    int length = 0;
    int at = lastBefore(line);
    int outermost = titled ? 1 : 0;
    while (at >= outermost && parts.size() < PARTS_MAX) {
      Definition each = definitions.get(at);
      if (each.spans(line) && each.kind() != Kind.BLOCK && each.kind() != Kind.CONSTANT) {
        String title = title(each);
        length += title.length() + JOIN.length();
        if (length > PATH_MAX && !parts.isEmpty()) {
          break;
        }
        parts.addFirst(title);
      }
      at = each.enclosing();
    }
    return String.join(JOIN, parts);
  }

  private int lastBefore(int line) {
    int low = 0;
    int high = definitions.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (definitions.get(middle).firstLine() < line) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  private String title(Definition each) {
    String title =
        switch (each.kind()) {
          case FUNCTION -> each.label() + (each.label().isEmpty() ? "" : " ") + signature(each);
          case TYPE, HEADING, CONSTANT, BLOCK ->
              each.named() ? (each.label() + " " + each.name()) : headerLine(each);
        };
    return cut(clean(title).strip(), TITLE_MAX);
  }

  private String headerLine(Definition each) {
    String line = WellFormed.start(lines.line(each.headerLine()), PATH_MAX).strip();
    return line.endsWith("{") ? line.substring(0, line.length() - 1) : line;
  }

  /// Returns a function's name with its parameters: their types where these stand first.
  ///
  /// Behind a word such as `defun` or `let` only brackets that follow the name at once hold them.
  private String signature(Definition each) {
    String text = lines.text();
    int start = lines.start(each.headerLine());
    int lineEnd = lines.end(each.headerLine());
    int open = text.indexOf(each.name() + "(", start, lineEnd);
    if (open >= 0) {
      open += each.name().length();
    } else if (each.label().isEmpty()) {
      open = text.indexOf('(', start, lineEnd);
    }
    int close = open < 0 ? -1 : closing(text, open);
    if (close < 0) {
      return each.name();
    }
    var types = new ArrayList<String>();
    for (String parameter : parameters(clean(text.substring(open + 1, close)))) {
      types.add(type(parameter));
    }
    String whole = each.name() + "(" + String.join(", ", types) + ")";
    return whole.length() <= TITLE_MAX ? whole : each.name() + "(" + MORE + ")";
  }

  private static int closing(String text, int open) {
    int depth = 0;
    int end = Math.min(text.length(), open + 2 * PATH_MAX);
    for (int at = open; at < end; at++) {
      char c = text.charAt(at);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        return at;
      }
    }
    return -1;
  }

  private static List<String> parameters(String list) {
    var parts = new ArrayList<String>();
    int depth = 0;
    int from = 0;
    for (int at = 0; at < list.length(); at++) {
      char c = list.charAt(at);
      depth += "(<[{".indexOf(c) >= 0 ? 1 : ")>]}".indexOf(c) >= 0 ? -1 : 0;
      if (c == ',' && depth <= 0) {
        parts.add(list.substring(from, at).strip());
        from = at + 1;
      }
    }
    parts.add(list.substring(from).strip());
    return parts;
  }

  /// Of `final @A Type name` keeps `Type`; with a colon in between, everything.
  private static String type(String parameter) {
    boolean modified =
        parameter.startsWith("final") || parameter.startsWith("const") || parameter.startsWith("@");
    String bare = modified ? MODIFIERS.matcher(parameter).replaceFirst("") : parameter;
    int blank = bare.lastIndexOf(' ');
    return bare.indexOf(':') >= 0 || bare.indexOf('=') >= 0 || blank < 0
        ? bare
        : bare.substring(0, blank);
  }

  /// Returns a text with each run of white space and control characters as one blank.
  static String clean(String text) {
    var clean = new StringBuilder(text.length());
    boolean blank = false;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c > ' ' && c != DELETE) {
        clean.append(c);
        blank = false;
      } else if (!blank) {
        clean.append(' ');
        blank = true;
      }
    }
    return clean.toString();
  }

  /// Returns the text, cut to a length at a whole character.
  static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    return WellFormed.start(text, max - MORE.length()) + MORE;
  }
}
