package brimful.extract.mail;

/// Joins the lines of a text that says `format=flowed` (RFC 3676) to the paragraphs they were.
final class FlowedText {
  private static final String SIGNATURE = "-- ";

  private FlowedText() {}

  /// @param deleteSpace whether the blank before a soft break belongs to the break
  static String joined(String text, boolean deleteSpace) {
    var joined = new StringBuilder(text.length());
    boolean open = false;
    int openDepth = 0;
    for (String line : text.split("\r\n|\r|\n", -1)) {
      int depth = depth(line);
      String words = line.substring(depth);
      words = words.startsWith(" ") ? words.substring(1) : words;
      boolean goesOn = open && depth == openDepth && !words.equals(SIGNATURE);
      if (!goesOn) {
        joined.append(joined.isEmpty() ? "" : "\n").append(">".repeat(depth));
        joined.append(depth > 0 && !words.isEmpty() ? " " : "");
      }
      open = words.endsWith(" ") && !words.equals(SIGNATURE);
      openDepth = depth;
      joined.append(open && deleteSpace ? words.substring(0, words.length() - 1) : words);
    }
    return joined.toString();
  }

  private static int depth(String line) {
    int depth = 0;
    while (depth < line.length() && line.charAt(depth) == '>') {
      depth++;
    }
    return depth;
  }
}
