package brimful.chunk.outline;

import brimful.chunk.outline.Definition.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds blocks in HCL, the language of Terraform, and names them as other blocks refer to them.
///
/// A resource is `type.name`, any other block `kind.name`, such as `variable.size`, and a value in
/// `locals` is `local.name`. A labelled block at the margin begins anew, whatever was left open.
final class HclOutliner implements Outliner {
  private static final int HEADER_MAX = 400;
  private static final int DELIMITER_MAX = 64;

  private static final Pattern BLOCK =
      Pattern.compile(
          "(?<type>[A-Za-z_][\\w-]*+)(?<labels>(?:[ \\t]++(?:\"[^\"\\n]*+\"|[A-Za-z_][\\w-]*+))*+)[ \\t]*+\\{");

  private static final Pattern LABEL = Pattern.compile("[^\\s\"]++");
  private static final Pattern VALUE = Pattern.compile("(?<name>[A-Za-z_][\\w-]*+)[ \\t]*+=(?!=)");
  private static final Pattern HEREDOC =
      Pattern.compile("<<-?+(?<name>[A-Za-z_]\\w*+)[ \\t\\r]*+\\n");

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
    private int depth;
    private int at;
    private int line;

    /// The depths at which code in a string began.
    private int[] templates = new int[8];

    private int templateCount;

    Parse(Lines lines) {
      this.lines = lines;
      this.text = lines.text();
      this.nesting = new Nesting(lines);
    }

    List<Definition> definitions() {
      int read = -1;
      while (at < text.length()) {
        while (line + 1 < lines.count() && at >= lines.start(line + 1)) {
          line++;
        }
        if (line > read && !Character.isWhitespace(text.charAt(at))) {
          read = line;
          if (at == lines.firstInk(line)) {
            header();
          }
        }
        step();
      }
      end(lines.lastEnd());
      return nesting.nested();
    }

    private void header() {
      Matcher block = BLOCK.matcher(text);
      block.region(at, Math.min(lines.end(line), at + HEADER_MAX));
      if (block.lookingAt()) {
        boolean labelled = !block.group("labels").isEmpty();
        if (labelled && at == lines.start(line)) {
          end(lines.start(line) - 1);
          depth = 0;
          templateCount = 0;
        }
        if (depth == 0) {
          end(at);
          open = start(block);
        }
        return;
      }
      boolean local = depth == 1 && open.name().equals("locals");
      Matcher value = VALUE.matcher(text);
      value.region(at, Math.min(text.length(), at + HEADER_MAX));
      if ((local || depth == 0) && value.lookingAt()) {
        String name = (local ? "local." : "") + value.group("name");
        nesting.addTo(
            new DefinitionStart(name, Kind.CONSTANT, "", line, line, at), value.end("name"));
      }
    }

    private DefinitionStart start(Matcher block) {
      String type = block.group("type");
      List<String> labels =
          LABEL.matcher(block.group("labels")).results().map(each -> each.group()).toList();
      boolean resource = type.equals("resource") && labels.size() > 1;
      boolean alone = labels.isEmpty() && !type.equals("locals") && !type.equals("terraform");
      String path = String.join(".", labels);
      String name = resource ? path : alone ? "" : labels.isEmpty() ? type : type + "." + path;
      Kind kind = alone ? Kind.BLOCK : Kind.TYPE;
      return new DefinitionStart(name, kind, resource ? type : "", line, line, at);
    }

    private void end(int offset) {
      nesting.addTo(open, offset);
      open = DefinitionStart.NONE;
    }

    private void step() {
      char c = text.charAt(at++);
      switch (c) {
        case '#' -> toLineEnd();
        case '/' -> comment();
        case '"' -> string();
        case '<' -> heredoc();
        case '{', '[', '(' -> depth++;
        case '}', ']', ')' -> close(c);
        default -> {}
      }
    }

    private void close(char c) {
      if (c == '}' && templateCount > 0 && templates[templateCount - 1] == depth) {
        templateCount--;
        string();
        return;
      }
      depth = Math.max(0, depth - 1);
      if (depth == 0) {
        end(at - 1);
      }
    }

    private void toLineEnd() {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
    }

    private void comment() {
      if (text.startsWith("/", at)) {
        toLineEnd();
      } else if (text.startsWith("*", at)) {
        int close = text.indexOf("*/", at + 1);
        at = close < 0 ? text.length() : close + 2;
      }
    }

    /// Skips a string's text up to its end, its line's end, or the code in it.
    private void string() {
      while (at < text.length() && text.charAt(at) != '\n') {
        char c = text.charAt(at++);
        if (c == '\\') {
          at++;
        } else if (c == '"') {
          return;
        } else if ((c == '$' || c == '%') && text.startsWith("{", at)) {
          boolean escaped = at > 1 && text.charAt(at - 2) == c;
          at++;
          if (!escaped) {
            pushTemplate();
            return;
          }
        }
      }
      at = Math.min(at, text.length());
    }

    private void pushTemplate() {
      if (templateCount == templates.length) {
        templates = Arrays.copyOf(templates, templateCount * 2);
      }
      templates[templateCount++] = depth;
    }

    private void heredoc() {
      Matcher opens = HEREDOC.matcher(text);
      opens.region(at - 1, Math.min(text.length(), at + DELIMITER_MAX));
      if (!opens.lookingAt()) {
        return;
      }
      String name = opens.group("name");
      int end = opens.end();
      while (end < text.length()) {
        int next = text.indexOf('\n', end);
        int lineEnd = next < 0 ? text.length() : next;
        int ink = end;
        while (ink < lineEnd && Character.isWhitespace(text.charAt(ink))) {
          ink++;
        }
        if (text.startsWith(name, ink) && text.substring(ink, lineEnd).strip().equals(name)) {
          at = lineEnd;
          return;
        }
        end = lineEnd + 1;
      }
      at = text.length();
    }
  }
}
