package brimful.extract.pdf;

import brimful.corpus.WellFormed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the text around a figure says of it.
///
/// @param text one line; may be empty
/// @param number the figure's number in the caption; 0 if there is none, or one with parts
public record FigureCaption(String text, int number) {
  /// No caption.
  static final FigureCaption NONE = new FigureCaption("", 0);

  private static final int CHARACTERS_MAX = 400;
  private static final int LINES_MAX = 3;

  private static final Pattern CAPTION =
      Pattern.compile(
          "(?iu)(?:figure|fig\\.?|exhibit|chart|graph|diagram|plate|photo|image|illustration"
              + "|abbildung|abb\\.?|grafik|schaubild|bild|figura|图|図)"
              + "\\s?(?:(\\d{1,4})(?![\\d.\\-\u2013]\\d)|[A-Z]?\\d[\\d.\\-\u2013]*|[IVX]{1,5}\\b)"
              + "(?=$|[\\s.:)|\u2013\u2014-]).*");

  private static final Pattern SENTENCE_END = Pattern.compile(".*[.!?\u3002][\"\u201d)]?");

  /// Chooses a caption: a line below that begins as one, or above; otherwise the line above or
  /// below, and rather one that reads like a heading.
  static FigureCaption of(String above, String below) {
    List<String> before = lines(above);
    List<String> after = lines(below);
    for (int i = 0; i < after.size(); i++) {
      if (CAPTION.matcher(after.get(i)).matches()) {
        return caption(after.subList(i, after.size()));
      }
    }
    for (int i = before.size() - 1; i >= 0; i--) {
      if (CAPTION.matcher(before.get(i)).matches()) {
        return caption(before.subList(i, before.size()));
      }
    }
    return Stream.concat(before.reversed().stream().limit(1), after.stream().limit(1))
        .sorted(Comparator.comparing(line -> !isHeading(line)))
        .findFirst()
        .map(line -> new FigureCaption(shortened(line), 0))
        .orElse(NONE);
  }

  /// Tells whether a line may be a title rather than a part of a sentence.
  private static boolean isHeading(String line) {
    return Character.isLetterOrDigit(line.codePointAt(0))
        && !Character.isLowerCase(line.codePointAt(0))
        && !SENTENCE_END.matcher(line).matches();
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /// A caption ends with a sentence, or after some lines.
  private static FigureCaption caption(List<String> lines) {
    Matcher first = CAPTION.matcher(lines.getFirst());
    String digits = first.matches() ? first.group(1) : null;
    List<String> own = new ArrayList<>();
    for (String line : lines.subList(0, Math.min(LINES_MAX, lines.size()))) {
      own.add(line);
      // `Figure 2.` alone is no sentence.
      boolean named = own.size() > 1 || line.length() > "Figure 1234.".length();
      if (named && SENTENCE_END.matcher(line).matches()) {
        break;
      }
    }
    return new FigureCaption(
        shortened(String.join(" ", own)), digits == null ? 0 : Integer.parseInt(digits));
  }

  private static String shortened(String text) {
    return WellFormed.start(text, Math.min(text.length(), CHARACTERS_MAX));
  }
}
