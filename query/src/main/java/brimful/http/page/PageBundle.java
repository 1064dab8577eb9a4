package brimful.http.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Joins the page's modules into one script when the server starts, so that a browser asks for one
/// file instead of forty, and nobody needs a build step.
///
/// Each module becomes a function that returns what it exports, in the order of their imports:
///
///     const $format = (() => { …; return { number, place }; })();
///     const $evidence = (() => { const { place } = $format; …; return { evidenceCards }; })();
///
/// Our own modules have few forms of import and export, each at the start of a line; modules that
/// import each other, or other forms, are refused, and a test would say so. Libraries are imported
/// as before.
final class PageBundle {
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import\\s+(?:\\{([^}]*)\\}|(\\w+))\\s+from\\s+\"([^\"]+)\";\\n");
  private static final Pattern LIBRARY_AS =
      Pattern.compile("(?m)^import\\s+\\*\\s+as\\s+\\w+\\s+from\\s+\"\\.\\./[^\"]+\";\\n");
  private static final Pattern EXPORT =
      Pattern.compile("(?m)^export ((?:async )?function\\*?|class|const) (\\w+)");
  private static final Pattern OTHER = Pattern.compile("(?m)^(?:import|export)\\s.*");
  private static final String OWN = "./";

  private final UnaryOperator<String> read;
  private final Set<String> libraries = new LinkedHashSet<>();
  private final Map<String, String> modules = new LinkedHashMap<>();
  private final List<String> open = new ArrayList<>();

  /// What the last module exports: that is the entry.
  private String exported = "";

  private PageBundle(UnaryOperator<String> read) {
    this.read = read;
  }

  /// Returns a module with all that it imports.
  ///
  /// @param read returns the text of a module by its name
  static String of(String entry, UnaryOperator<String> read) {
    var bundle = new PageBundle(read);
    bundle.add(entry);
    return String.join("", bundle.libraries)
        + String.join("", bundle.modules.values())
        + bundle.exported;
  }

  /// Adds a module after those that it imports.
  private void add(String name) {
    if (modules.containsKey(name)) {
      return;
    }
    if (open.contains(name)) {
      throw new IllegalStateException(
          "modules import each other, %s: move what they share into a third"
              .formatted(String.join(" ← ", open)));
    }
    open.addLast(name);
    String text = withoutLibraries(read.apply(name));
    String body =
        IMPORT.matcher(text).replaceAll(found -> Matcher.quoteReplacement(imported(found)));
    var exports = new StringJoiner(", ", "{ ", " }").setEmptyValue("");
    String plain =
        EXPORT
            .matcher(body)
            .replaceAll(found -> {
              exports.add(found.group(2));
              return Matcher.quoteReplacement(found.group(1) + " " + found.group(2));
            });
    Matcher other = OTHER.matcher(plain);
    if (other.find()) {
      throw new IllegalStateException(
          "%s has \"%s\": write it as the other modules do".formatted(name, other.group()));
    }
    boolean any = exports.length() > 0;
    String end = any ? "return %s;\n".formatted(exports) : "";
    exported = any ? "export const %s = %s;\n".formatted(exports, variable(name)) : "";
    open.removeLast();
    modules.put(
        name,
        "// %s\nconst %s = (() => {\n%s%s})();\n".formatted(name, variable(name), plain, end));
  }

  private String withoutLibraries(String text) {
    return LIBRARY_AS
        .matcher(text)
        .replaceAll(found -> {
          libraries.add(found.group());
          return "";
        });
  }

  private String imported(MatchResult found) {
    String from = found.group(3);
    if (!from.startsWith(OWN)) {
      libraries.add(found.group());
      return "";
    }
    String name = from.substring(OWN.length());
    add(name);
    String names = found.group(1).strip().replaceAll("\\s+as\\s+", ": ");
    return "const { %s } = %s;\n".formatted(names, variable(name));
  }

  private static String variable(String name) {
    return "$" + name.replace(".js", "").replace('-', '_');
  }
}
