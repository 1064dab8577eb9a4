package brimful.rank;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds names of code in a question.
final class Symbols {
  /// A name that more files define does not tell them apart.
  static final int DEFINERS_MAX = 4;

  private static final int SYMBOLS_MAX = 200;
  private static final int CHARS_MAX = 100_000;

  /// In the order of the alternatives: text in backticks or before a bracket, `snake_case`,
  /// `CamelCase`.
  private static final Pattern SYMBOL =
      Pattern.compile(
          "(?=\\w)(?:(?<=`)[A-Za-z_]\\w{2,80}(?=[`(.])|(?<=[`.])[A-Za-z_]\\w{2,80}(?=`)|(?<!\\w)[A-Za-z_]\\w{2,80}(?=\\()"
              + "|(?<!\\w)_{0,2}[A-Za-z][A-Za-z0-9]*_\\w{1,80}|(?<!\\w)_?[A-Z]*[a-z0-9]+[A-Z]\\w{0,80}|(?<!\\w)[A-Z]+[a-z0-9]+[A-Z]\\w{0,80}|(?<=\\.)[A-Za-z_]\\w{2,80}(?!\\w))");

  private Symbols() {}

  static SequencedSet<String> in(String text) {
    var symbols = new LinkedHashSet<String>();
    Matcher found = SYMBOL.matcher(text.substring(0, Math.min(CHARS_MAX, text.length())));
    while (found.find() && symbols.size() < SYMBOLS_MAX) {
      symbols.add(found.group());
    }
    return symbols;
  }
}
