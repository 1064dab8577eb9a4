package brimful.corpus;

import java.util.regex.Pattern;

/// The text form in which documents enter the window.
///
/// Every piece starts with a tag and ends with a line break; a chunk ends where the next tag
/// stands, for a tag of its own to close it would cost four tokens a chunk. No tokenizer we count
/// for lets a token reach across a line break that is followed by `<`, so the tokens of the whole
/// are the sum of the tokens of its pieces: a budget is exact integer addition. (The proof is in
/// RATIONALE.md, a test holds it on random text.)
///
/// What stands in a document cannot end its tag, open one of ours, or say a model's special token:
/// the first character of such a string is written as an entity.
public final class Markup {
  /// Our own tags, and what chat templates use to mark turns: `<｜User｜>`, `<|im_start|>`,
  /// `<think>`, `<end_of_turn>`.
  private static final Pattern UNSAFE =
      Pattern.compile(
          "<(?=/?(?:documents|document|chunk|question|instructions|think|tool_result"
              + "|bos|eos|start_of_turn|end_of_turn)\\b"
              + "|｜|\\|[A-Za-z0-9_]{1,40}\\|>)"
              + "|｜(?=DSML)",
          Pattern.CASE_INSENSITIVE);

  /// What may stand behind the `<` of such a string, behind a slash or not.
  private static final String UNSAFE_STARTS = "dcqitbesDCQITBES|｜";

  private Markup() {}

  /// Returns the piece that a chunk is in the window.
  public static String segment(Chunk chunk) {
    return segment(chunk.locator(), chunk.heading(), chunk.text());
  }

  /// Returns the piece for any part of a document, such as a padded range of lines.
  public static String segment(Locator locator, String heading, String text) {
    String in = heading.isEmpty() ? "" : " in=\"" + attribute(heading) + "\"";
    return "<chunk " + place(locator) + in + ">\n" + neutral(text) + "\n";
  }

  /// Returns the line that opens a document.
  ///
  /// @param title what the document calls itself; may be empty
  public static String open(DocumentId document, String title) {
    String titled = title.isEmpty() ? "" : " title=\"" + attribute(title) + "\"";
    return "<document path=\"" + attribute(document.value()) + "\"" + titled + ">\n";
  }

  /// Returns the line that closes a document.
  public static String close() {
    return "</document>\n";
  }

  /// Returns text in which no string is a tag of ours or a special token of a model.
  ///
  /// Text without such strings, which is nearly all, is returned as it is.
  public static String neutral(String text) {
    if (!suspicious(text)) {
      return text;
    }
    return UNSAFE
        .matcher(text)
        .replaceAll(match -> match.group().charAt(0) == '<' ? "&lt;" : "&#65372;");
  }

  /// Returns whether a look at every `<` and the letter behind it cannot rule such a string out.
  private static boolean suspicious(String text) {
    for (int at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
      int next = at + 1 < text.length() && text.charAt(at + 1) == '/' ? at + 2 : at + 1;
      if (next < text.length() && UNSAFE_STARTS.indexOf(text.charAt(next)) >= 0) {
        return true;
      }
    }
    return text.indexOf('｜') >= 0;
  }

  private static String place(Locator locator) {
    return switch (locator) {
      case Locator.Lines(int first, int last) ->
          "lines=\"" + (first == last ? first : first + "-" + last) + "\"";
      case Locator.Page(int number) -> "page=\"" + number + "\"";
      case Locator.Slide(int number) -> "slide=\"" + number + "\"";
      case Locator.Sheet(String name) -> "sheet=\"" + attribute(name) + "\"";
    };
  }

  private static String attribute(String value) {
    return value
        .replace("&", "&amp;")
        .replace("\"", "&quot;")
        .replace("<", "&lt;")
        .replace("｜", "&#65372;")
        .replace('\n', ' ')
        .replace('\r', ' ');
  }
}
