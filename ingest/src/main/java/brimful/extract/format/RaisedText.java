package brimful.extract.format;

import java.util.regex.Pattern;

/// What stands before a raised or lowered number, so that it does not join what is before it: 10
/// with a raised 6 is `10^6`, not `106`.
public final class RaisedText {
  /// A number, with its sign; letters as in 4 with a raised `th` are part of a word.
  private static final Pattern NUMBER = Pattern.compile("[+\\-−–]?\\d[\\d.,/*a-z]*+");

  private RaisedText() {}

  /// Returns the mark; empty if the text needs none.
  ///
  /// @param before the character before it
  public static String mark(boolean raised, char before, String text) {
    boolean joins = raised ? !Character.isWhitespace(before) : Character.isDigit(before);
    return joins && NUMBER.matcher(text).matches() ? raised ? "^" : "_" : "";
  }
}
