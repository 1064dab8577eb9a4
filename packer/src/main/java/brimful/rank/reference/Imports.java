package brimful.rank.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds what a code file imports, as paths without extensions. Pure.
public final class Imports {
  private static final Pattern IMPORT =
      Pattern.compile(
          "(?m)^[ \\t]*+(?:from\\s++(?<from>[\\w.]*+)\\s++import(?!\\w)"
              + "|import\\s++(?:static\\s++)?+(?<dotted>[\\w.]++)(?![ \\t]+from|[\\w.])"
              + "|#\\s*+include\\s++[\"<](?<include>[\\w./-]++)[\">]"
              + "|.*(?<!\\w)(?:require\\(|from\\s++|import\\s++)['\"](?<quoted>[\\w./@-]++)['\"])");

  private Imports() {}

  /// Returns what a file imports, in text order.
  ///
  /// @param path the file's own
  public static List<String> of(String path, String text) {
    var found = new ArrayList<String>();
    Matcher matcher = IMPORT.matcher(text);
    while (matcher.find()) {
      if (matcher.group("from") != null) {
        found.add(module(path, matcher.group("from")));
      } else if (matcher.group("dotted") != null) {
        found.add(matcher.group("dotted").replace('.', '/'));
      } else if (matcher.group("include") != null) {
        found.add(matcher.group("include"));
      } else if (matcher.group("quoted").startsWith(".")) {
        found.add(relative(folder(path), matcher.group("quoted")));
      }
    }
    return found;
  }

  /// Returns the path of a Python module; each leading dot after the first goes one folder up.
  private static String module(String path, String name) {
    int dots = 0;
    while (dots < name.length() && name.charAt(dots) == '.') {
      dots++;
    }
    String rest = name.substring(dots).replace('.', '/');
    if (dots == 0) {
      return rest;
    }
    String folder = folder(path);
    for (int up = 1; up < dots; up++) {
      folder = folder(folder);
    }
    return rest.isEmpty() ? folder : folder + "/" + rest;
  }

  private static String relative(String folder, String name) {
    String base = folder;
    String rest = name;
    while (rest.startsWith("./") || rest.startsWith("../")) {
      if (rest.startsWith("../")) {
        base = folder(base);
      }
      rest = rest.substring(rest.indexOf('/') + 1);
    }
    return base + "/" + rest.replaceFirst("\\.(?:js|ts|mjs)$", "");
  }

  private static String folder(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }
}
