package brimful.corpus;

import java.util.Optional;

/// The text form of documents in the window.
///
/// Every piece starts with a tag and ends with a line break. The next tag ends a chunk, because a
/// closing tag would cost four tokens a chunk. No supported tokenizer lets a token cross a line
/// break followed by `<`, so the tokens of the whole are the sum of the tokens of its pieces: a
/// budget is exact integer addition. (RATIONALE.md has the proof, and a test checks random text.)
///
/// Document text cannot close its tag, open one of ours, or contain a special token of the model
/// that reads it: the first character of such a string is written as an entity. The strings depend
/// on the counting tokenizer, so a text is the same at ingest, at packing and at the recount.
public final class Markup {
  /// Raise it whenever the same text would be written differently: counts are then wrong, so
  /// indexes are rebuilt.
  public static final int VERSION = 3;

  /// For readers with an unknown tokenizer.
  public static final Markup FOR_ANY = new Markup(SpecialTokens.ANY);

  private static final String[] TAGS = {
    "documents", "document", "chunk", "question", "instructions"
  };

  /// What may follow the `<`, or `</`, of one of our tags.
  private static final String TAG_STARTS = "dcqiDCQI";

  private final SpecialTokens specials;

  /// @param specials the special tokens of the counting tokenizer
  public Markup(SpecialTokens specials) {
    this.specials = specials;
  }

  /// Returns the piece of the window for a chunk.
  public String segment(Chunk chunk) {
    return segment(chunk.locator(), chunk.heading(), chunk.text());
  }

  /// Returns the piece for any part of a document, such as a padded range of lines.
  public String segment(Locator locator, String heading, String text) {
    String in = heading.isEmpty() ? "" : " in=\"" + attribute(heading) + "\"";
    return "<chunk " + place(locator) + in + ">\n" + neutral(text) + "\n";
  }

  /// Returns the line that opens a document.
  ///
  /// @param title the document's own title; may be empty
  public String open(DocumentId document, String title) {
    String titled = title.isEmpty() ? "" : " title=\"" + attribute(title) + "\"";
    return "<document path=\"" + attribute(document.value()) + "\"" + titled + ">\n";
  }

  /// Returns the line that closes a document.
  public static String close() {
    return "</document>\n";
  }

  /// Returns text that contains neither our tags nor special tokens of the model.
  ///
  /// Nearly all text contains none and is returned as it is.
  public String neutral(String text) {
    return neutral(text, true);
  }

  /// Returns text without special tokens of the model, for authors who may write our tags.
  public String neutralBesideTags(String text) {
    return neutral(text, false);
  }

  private String neutral(String text, boolean tags) {
    if (!suspicious(text)) {
      return text;
    }
    var neutral = new StringBuilder(text.length() + 64);
    int from = 0;
    for (int at = 0; at < text.length(); at++) {
      if (specials.beginsAt(text, at) || (tags && tagAt(text, at))) {
        neutral.append(text, from, at).append(entity(text.charAt(at)));
        from = at + 1;
      }
    }
    return from == 0 ? text : neutral.append(text, from, text.length()).toString();
  }

  private static String entity(char c) {
    return c == '<' ? "&lt;" : "&#" + (int) c + ";";
  }

  /// Returns whether the `<` and the character after it cannot rule out such a string.
  private boolean suspicious(String text) {
    for (int at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
      int next = at + 1 < text.length() && text.charAt(at + 1) == '/' ? at + 2 : at + 1;
      if (next < text.length()
          && (TAG_STARTS.indexOf(text.charAt(next)) >= 0 || specials.mayBeginAt(text, at))) {
        return true;
      }
    }
    return specials.mayHoldBeside(text);
  }

  /// Returns whether one of our tags is at a position, in upper or lower case.
  private static boolean tagAt(String text, int at) {
    if (text.charAt(at) != '<') {
      return false;
    }
    int name = text.startsWith("/", at + 1) ? at + 2 : at + 1;
    for (String tag : TAGS) {
      int end = name + tag.length();
      if (text.regionMatches(true, name, tag, 0, tag.length())
          && (end == text.length() || !isWord(text.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private String place(Locator locator) {
    return switch (locator) {
      case Locator.Lines(int first, int last) ->
          "lines=\"" + (first == last ? first : first + "-" + last) + "\"";
      case Locator.Page(int number) -> "page=\"" + number + "\"";
      case Locator.Figure(int page, int number) ->
          "page=\"" + page + "\" figure=\"" + number + "\"";
      case Locator.Slide(int number) -> "slide=\"" + number + "\"";
      case Locator.Sheet(String name, Optional<CellRange> cells) ->
          "sheet=\""
              + attribute(name)
              + "\""
              + cells.map(range -> " cells=\"" + range.display() + "\"").orElse("");
      case Locator.Cell(int number) -> "cell=\"" + number + "\"";
      case Locator.Time time -> "time=\"" + time.display() + "\"";
      case Locator.Turns turns ->
          turns.time().isPresent()
              ? "time=\"" + turns.when() + "\""
              : "turns=\"" + turns.when().substring("turn ".length()) + "\"";
    };
  }

  private String attribute(String value) {
    return neutral(
        value
            .replace("&", "&amp;")
            .replace("\"", "&quot;")
            .replace("<", "&lt;")
            .replace("｜", "&#65372;")
            .replace('\n', ' ')
            .replace('\r', ' '));
  }
}
