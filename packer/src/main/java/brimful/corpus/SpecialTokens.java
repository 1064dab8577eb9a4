package brimful.corpus;

import java.util.ArrayList;
import java.util.List;

/// The strings that a tokenizer reads as structure rather than text: turns, tools, thoughts.
///
/// Every list has the forms that no prose contains: `<|…|>` and `<|word>` with any content, `<｜`
/// and `｜DSML`. A list adds the tokens of its own tokenizer: `<s>`, which is also an HTML tag,
/// matters only to tokenizers that begin a text with it. [#ANY] is for tokenizers that are not
/// known exactly: it has the known tokens of all chat models.
///
/// Special tokens are matched character by character, so case counts.
public final class SpecialTokens {
  /// Longer names are not special tokens.
  private static final int NAME_CHARS_MAX = 100;

  private static final int ASCII = 128;

  /// OpenAI's tokenizers, including gpt-oss's harmony: the common forms cover all of them.
  public static final SpecialTokens OPENAI = new SpecialTokens(false, List.of());

  /// The tokens of DeepSeek V3, R1 and V4 besides the common forms.
  public static final SpecialTokens DEEPSEEK =
      new SpecialTokens(false, pairs("<", "think tool_result", ">"));

  /// The known tokens of all chat models.
  public static final SpecialTokens ANY = new SpecialTokens(true, SpecialTokenList.ALL);

  private final boolean any;

  /// Literals that begin with `<`, by the ASCII character after it, or after a slash; the last slot
  /// has those with another character there.
  private final String[][] angles = new String[ASCII + 1][0];

  /// The same for those that begin with `[`.
  private final String[][] brackets = new String[ASCII + 1][0];

  /// Those that begin with `]`.
  private final List<String> closings = new ArrayList<>();

  private SpecialTokens(boolean any, List<String> literals) {
    this.any = any;
    for (String literal : literals) {
      switch (literal.charAt(0)) {
        case '<' -> add(angles, literal);
        case '[' -> add(brackets, literal);
        case ']' -> closings.add(literal);
        default -> throw new IllegalArgumentException(literal + " begins with no bracket");
      }
    }
  }

  private static void add(String[][] table, String literal) {
    int slot = slot(literal, 0);
    var all = new ArrayList<>(List.of(table[slot]));
    all.add(literal);
    table[slot] = all.toArray(String[]::new);
  }

  /// Returns the slot for what follows a bracket, and a slash if there is one.
  private static int slot(String text, int bracket) {
    int at = bracket + 1;
    if (at < text.length() && text.charAt(at) == '/') {
      at++;
    }
    return at < text.length() ? Math.min(text.charAt(at), ASCII) : ASCII;
  }

  /// Returns each name between an opening and a closing bracket, without a slash and with one.
  static List<String> pairs(String open, String names, String close) {
    var pairs = new ArrayList<String>();
    for (String name : names.split(" ", -1)) {
      pairs.add(open + name + close);
      pairs.add(open + "/" + name + close);
    }
    return pairs;
  }

  /// Returns whether a text may contain one that begins with something else than `<`, or one that
  /// only its end reveals. Nearly all text has none of the characters that this looks for.
  boolean mayHoldBeside(String text) {
    if (text.indexOf('｜') >= 0) {
      return true;
    }
    if (!any) {
      return false;
    }
    for (int at = text.indexOf('['); at >= 0; at = text.indexOf('[', at + 1)) {
      if (begins(brackets, text, at)) {
        return true;
      }
    }
    return closings.stream().anyMatch(text::contains) || text.contains("|>");
  }

  /// Returns whether the `<` at a position may begin one, by one look at the next character.
  boolean mayBeginAt(String text, int at) {
    int slot = slot(text, at);
    return angles[slot].length > 0 || slot == '|' || slot == ASCII;
  }

  /// Returns whether one begins at a position.
  boolean beginsAt(String text, int at) {
    return switch (text.charAt(at)) {
      case '<' -> begins(angles, text, at) || named(text, at);
      case '[' -> begins(brackets, text, at);
      case ']' -> closings.stream().anyMatch(closing -> text.startsWith(closing, at));
      case '｜' -> text.startsWith("DSML", at + 1);
      default -> false;
    };
  }

  private static boolean begins(String[][] table, String text, int at) {
    for (String literal : table[slot(text, at)]) {
      if (text.startsWith(literal, at)) {
        return true;
      }
    }
    return false;
  }

  /// `<｜`, `<|name|>` and `<|word>`; and for an unknown tokenizer, `<word|>`.
  private boolean named(String text, int at) {
    if (text.startsWith("｜", at + 1)) {
      return true;
    }
    if (!text.startsWith("|", at + 1)) {
      int end = any ? word(text, at + 1) : at + 1;
      return end > at + 1 && text.startsWith("|>", end);
    }
    int end = at + 2;
    int most = Math.min(text.length(), end + NAME_CHARS_MAX);
    boolean hasName = false;
    while (end < most && isName(text.charAt(end))) {
      hasName |= text.charAt(end) != '|';
      end++;
    }
    return hasName
        && text.startsWith(">", end)
        && (text.charAt(end - 1) == '|' || word(text, at + 2) == end);
  }

  /// Returns the end of the ASCII letters, digits, underscores and slashes from a position on.
  private static int word(String text, int from) {
    int end = from;
    int most = Math.min(text.length(), from + NAME_CHARS_MAX);
    while (end < most && (Markup.isWord(text.charAt(end)) || text.charAt(end) == '/')) {
      end++;
    }
    return end;
  }

  /// Without `&`: neutralised text must not look like a name.
  private static boolean isName(char c) {
    return c > ' ' && c != '<' && c != '>' && c != '&' && !Character.isWhitespace(c);
  }
}
