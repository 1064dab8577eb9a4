package brimful.source.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads one configuration file of git, as `git help config` has its syntax.
public final class GitConfigFile {

  /// One setting.
  ///
  /// @param section in lower case
  /// @param subsection as it is written; empty for none
  /// @param name in lower case
  /// @param value without quotes and comments; `true` for a name without a value
  public record Entry(String section, String subsection, String name, String value) {
    public String key() {
      return subsection.isEmpty() ? section + "." + name : section + "." + subsection + "." + name;
    }
  }

  private final String text;
  private final List<Entry> entries = new ArrayList<>();
  private String section = "";
  private String subsection = "";
  private int at;

  private GitConfigFile(String text) {
    this.text = text;
  }

  /// Returns the entries in their order, up to the first line that is malformed.
  public static List<Entry> parse(byte[] bytes) {
    String text = new String(bytes, UTF_8).replace("\r\n", "\n");
    var file = new GitConfigFile(text.startsWith("\uFEFF") ? text.substring(1) : text);
    try {
      file.read();
    } catch (Malformed e) {
      // What stands above it holds.
    }
    return file.entries;
  }

  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;
  }

  private void read() throws Malformed {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '[') {
        at++;
        head();
      } else if (c == '#' || c == ';') {
        comment();
      } else if (Character.isWhitespace(c)) {
        at++;
      } else {
        entry();
      }
    }
  }

  private void head() throws Malformed {
    int start = at;
    while (at < text.length() && isNameChar(text.charAt(at), true)) {
      at++;
    }
    String name = text.substring(start, at).toLowerCase(Locale.ROOT);
    // The old way to write a subsection; its case does not count.
    int dot = name.indexOf('.');
    section = dot < 0 ? name : name.substring(0, dot);
    subsection = dot < 0 ? "" : name.substring(dot + 1);
    blanks();
    if (at < text.length() && text.charAt(at) == '"') {
      at++;
      subsection = quoted();
      blanks();
    }
    expect(']');
  }

  private String quoted() throws Malformed {
    var quoted = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        at++;
      }
      if (at >= text.length() || text.charAt(at) == '\n') {
        throw new Malformed();
      }
      quoted.append(text.charAt(at++));
    }
    expect('"');
    return quoted.toString();
  }

  private void entry() throws Malformed {
    int start = at;
    while (at < text.length() && isNameChar(text.charAt(at), false)) {
      at++;
    }
    String name = text.substring(start, at).toLowerCase(Locale.ROOT);
    if (name.isEmpty() || section.isEmpty()) {
      throw new Malformed();
    }
    blanks();
    String value = "true";
    if (at < text.length() && text.charAt(at) == '=') {
      at++;
      value = value();
    } else if (at < text.length() && "\n#;".indexOf(text.charAt(at)) < 0) {
      throw new Malformed();
    }
    entries.add(new Entry(section, subsection, name, value));
  }

  /// Reads up to the end of the line, and on where a backslash ends it.
  private String value() throws Malformed {
    blanks();
    var value = new StringBuilder();
    int end = 0;
    boolean quotes = false;
    while (at < text.length() && text.charAt(at) != '\n') {
      char c = text.charAt(at++);
      if (c == '"') {
        quotes = !quotes;
        end = value.length();
      } else if (c == '\\') {
        value.append(escape());
        end = value.length();
      } else if (!quotes && (c == '#' || c == ';')) {
        comment();
      } else {
        value.append(c);
        end = !quotes && Character.isWhitespace(c) ? end : value.length();
      }
    }
    if (quotes) {
      throw new Malformed();
    }
    // Blanks at the end do not count.
    return value.substring(0, end);
  }

  private String escape() throws Malformed {
    if (at >= text.length()) {
      throw new Malformed();
    }
    char c = text.charAt(at++);
    return switch (c) {
      case '\n' -> "";
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'b' -> "\b";
      case '\\', '"' -> String.valueOf(c);
      default -> throw new Malformed();
    };
  }

  private void comment() {
    while (at < text.length() && text.charAt(at) != '\n') {
      at++;
    }
  }

  private void blanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private void expect(char wanted) throws Malformed {
    if (at >= text.length() || text.charAt(at) != wanted) {
      throw new Malformed();
    }
    at++;
  }

  private static boolean isNameChar(char c, boolean dots) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letter || c == '-' || (dots && c == '.');
  }
}
