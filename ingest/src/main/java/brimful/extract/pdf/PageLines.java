package brimful.extract.pdf;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Recognises pages of a PDF whose lines are not what a reader sees.
public final class PageLines {
  private static final int TORN_LINES_MIN = 8;
  private static final int TORN_LETTERS_MAX = 2;
  private static final int SPACED_LINES_MIN = 8;
  private static final int LETTERS_MIN = 3;

  private PageLines() {}

  /// Tells whether many lines have one or two letters: text that stands on its side.
  public static boolean isTorn(String page) {
    return page.lines()
            .filter(line ->
                !line.isBlank()
                    && line.strip().length() <= TORN_LETTERS_MAX
                    && line.strip().chars().allMatch(Character::isLetter))
            .limit(TORN_LINES_MIN)
            .count()
        == TORN_LINES_MIN;
  }

  /// Returns what a line says twice, letter by letter or as a whole; nothing if it does not.
  public static Optional<String> doubled(String line) {
    String text = line.strip();
    int half = text.length() / 2;
    String once = text.substring(0, half);
    if (text.length() % 2 != 0 || once.chars().filter(Character::isLetter).count() < LETTERS_MIN) {
      return Optional.empty();
    }
    if (text.endsWith(once)) {
      return Optional.of(once);
    }
    var letters = new StringBuilder();
    for (int i = 0; i < text.length(); i += 2) {
      if (text.charAt(i) != text.charAt(i + 1)) {
        return Optional.empty();
      }
      letters.append(text.charAt(i));
    }
    return Optional.of(letters.toString());
  }

  public static boolean isDoubled(String page) {
    return page.lines().anyMatch(line -> doubled(line).isPresent());
  }

  /// Writes lines once that a closer look at the page does not find doubled.
  public static String once(String page, String closer) {
    String dense = closer.replaceAll("\\s+", "");
    return page.lines()
        .map(line ->
            doubled(line)
                .filter(_ -> !dense.contains(line.replaceAll("\\s+", "")))
                .filter(once -> dense.contains(once.replaceAll("\\s+", "")))
                .orElse(line))
        .collect(Collectors.joining("\n"));
  }

  /// Adds the lines of one text that another lacks, such as a page's annotations.
  public static String joined(String page, String first) {
    String dense = page.replaceAll("\\s+", "");
    var joined = new StringBuilder(page.strip());
    first
        .lines()
        .filter(line -> line.strip().length() > TORN_LETTERS_MAX)
        .filter(line -> !dense.contains(line.replaceAll("\\s+", "")))
        .forEach(line -> joined.append('\n').append(line));
    return joined.toString();
  }

  /// Takes the empty lines out of a page that has one after nearly every line.
  public static String dense(String page) {
    List<String> lines = page.lines().toList();
    long empty = lines.stream().filter(String::isBlank).count();
    long full = lines.size() - empty;
    return full >= SPACED_LINES_MIN && empty * 10 >= full * 9
        ? String.join("\n", lines.stream().filter(line -> !line.isBlank()).toList())
        : page;
  }
}
