package brimful.cli.view;

/// What a model wrote, as a terminal may show it: without the control characters by which a text
/// moves the cursor, changes the title or fills the clipboard. A document can make a model repeat
/// such.
public final class SafeText {
  private SafeText() {}

  /// Returns a text, or a part of one, with nothing of control but tabs and line feeds.
  public static String of(String text) {
    if (text.chars().noneMatch(SafeText::isUnsafe)) {
      return text;
    }
    var safe = new StringBuilder(text.length());
    text.chars().filter(c -> !isUnsafe(c)).forEach(c -> safe.append((char) c));
    return safe.toString();
  }

  private static boolean isUnsafe(int c) {
    return Character.getType(c) == Character.CONTROL && c != '\n' && c != '\t';
  }
}
