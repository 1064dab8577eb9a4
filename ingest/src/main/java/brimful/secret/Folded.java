package brimful.secret;

/// Characters and texts without the difference between upper and lower case, in ASCII only: no
/// keyword has other letters, and no language has a say.
final class Folded {
  private Folded() {}

  static char of(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
  }

  static String text(String text) {
    var folded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      folded.append(of(text.charAt(i)));
    }
    return folded.toString();
  }
}
