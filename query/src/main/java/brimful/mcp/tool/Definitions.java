package brimful.mcp.tool;

import brimful.corpus.Chunk;
import brimful.corpus.Locator;
import brimful.corpus.Markup;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The definitions of a document in order: types, functions, headings.
final class Definitions {
  private static final int LINE_CHARS_MAX = 120;
  private static final Pattern COMMENT = Pattern.compile("\\s*(//|/?\\*|--|;;|#\\s).*");

  /// What stands before the name of a definition in many languages.
  private static final Pattern DEFINES =
      Pattern.compile(
          ".*\\b(class|interface|enum|record|struct|union|trait|impl|type|module|object|namespace|def|defp|fn|func|fun|function|sub|macro|macro_rules!|let|const|val|var)\\s+(\\([^)]*\\)\\s*)?[*&]?");

  private Definitions() {}

  /// Returns the names that are defined, each once.
  static Set<String> names(List<Chunk> chunks) {
    var names = new LinkedHashSet<String>();
    chunks.forEach(chunk -> names.addAll(chunk.definitions()));
    return names;
  }

  /// Returns a line for each definition, in order: `12: the line that defines it`.
  static List<String> lines(List<Chunk> chunks) {
    return lines(chunks, _ -> true);
  }

  /// Returns a line for each definition of a wanted name, in order.
  static List<String> lines(List<Chunk> chunks, Predicate<String> wanted) {
    var lines = new ArrayList<String>();
    for (Chunk chunk : chunks) {
      String[] texts = chunk.text().split("\n", -1);
      var shown = new TreeMap<Integer, String>();
      for (String name : chunk.definitions().stream().filter(wanted).toList()) {
        int at = line(texts, name);
        shown.putIfAbsent(Math.max(0, at), at < 0 ? name : texts[at].strip());
      }
      shown.forEach((at, line) -> lines.add(place(chunk.locator(), at) + ": " + cut(line)));
    }
    return lines;
  }

  private static String place(Locator locator, int at) {
    return locator instanceof Locator.Lines(int first, int last)
        ? Integer.toString(Math.min(first + at, last))
        : locator.display();
  }

  /// Returns the line that most likely defines a name; -1 if no line has it as a word.
  private static int line(String[] texts, String name) {
    int best = -1;
    int most = -1;
    for (int i = 0; i < texts.length; i++) {
      int likely = likely(texts[i], name);
      if (likely > most) {
        best = i;
        most = likely;
      }
    }
    return best;
  }

  /// Returns how much a line looks as if it defines a name, from 0 to 3; -1 if it lacks the name.
  private static int likely(String line, String name) {
    int at = word(line, name);
    if (at < 0) {
      return -1;
    }
    if (isHeading(line, name)) {
      return 3;
    }
    if (COMMENT.matcher(line).matches()) {
      return 0;
    }
    if (DEFINES.matcher(line.substring(0, at)).matches()) {
      return 3;
    }
    String rest = line.substring(at + name.length()).strip();
    boolean called = at > 0 && line.charAt(at - 1) == '.';
    return rest.startsWith("(") && !called && !rest.endsWith(";") ? 2 : 1;
  }

  /// A `#` begins a comment in code and a heading in Markdown, whose whole rest is the name.
  private static boolean isHeading(String line, String name) {
    return line.strip().startsWith("#") && line.strip().endsWith(name);
  }

  /// Returns where a line has a name as a word; -1 if nowhere.
  private static int word(String line, String name) {
    for (int at = line.indexOf(name); at >= 0; at = line.indexOf(name, at + 1)) {
      int end = at + name.length();
      boolean begins = at == 0 || !Character.isJavaIdentifierPart(line.charAt(at - 1));
      boolean ends = end == line.length() || !Character.isJavaIdentifierPart(line.charAt(end));
      if (begins && ends) {
        return at;
      }
    }
    return -1;
  }

  private static String cut(String line) {
    if (line.length() <= LINE_CHARS_MAX) {
      return Markup.FOR_ANY.neutral(line);
    }
    boolean halved = Character.isHighSurrogate(line.charAt(LINE_CHARS_MAX - 1));
    return Markup.FOR_ANY.neutral(line.substring(0, halved ? LINE_CHARS_MAX - 1 : LINE_CHARS_MAX))
        + "…";
  }
}
