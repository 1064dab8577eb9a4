package brimful.extract.pdf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the heads and feet that a document repeats on most pages, and keeps the first of each.
///
/// A line is one if it is among the outer lines of most pages, or of nearly all left or all right
/// pages, with the same words and numbers. Of a line with nothing but a page's number, such as
/// `Page 3 of 8`, that number may differ; it is the one that grows by one from page to page. Lines
/// of sums therefore stay, and so do `Exercise 3` and a head that names a chapter. Linear in the
/// length of the text.
public final class RunningLines {
  private static final int PAGES_MIN = 5;

  /// How many lines at the top and at the bottom of a page are looked at.
  private static final int OUTER_LINES = 2;

  private static final int LINE_CHARACTERS_MAX = 200;

  /// Of a page's number without words.
  private static final int DIGITS_MAX = 5;

  private static final double MOST = 0.6;
  private static final double NEARLY_ALL = 0.8;
  private static final Pattern NUMBER = Pattern.compile("(?<![\\w.,])\\d{1,5}(?![.,]?\\w)");

  /// What may stand beside a page's number in a line of nothing else, such as `Page 3 of 8`,
  /// `F-12`.
  private static final Pattern BESIDE =
      Pattern.compile(
          "(?i)(?:[\\W_]|\\d|\\b(?:page|p|pp|of|seite|von|p\u00e1gina|pagina|de|di|sur|\u0441\u0442\u0440|\\p{IsHan}|[a-z]{1,2})\\b)*");

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /// @param number of the page, from 1
  public record Page(int number, String text) {}

  private RunningLines() {}

  /// Returns the texts of pages without the heads and feet that an earlier page shows.
  public static List<String> once(List<Page> pages) {
    List<List<String>> lines = pages.stream().map(page -> page.text().lines().toList()).toList();
    List<List<Integer>> outer = lines.stream().map(RunningLines::outer).toList();
    Optional<Integer> offset = offset(pages, lines, outer);
    Map<String, int[]> counts = new HashMap<>();
    for (int i = 0; i < pages.size(); i++) {
      int side = pages.get(i).number() % 2;
      for (String key : keys(pages.get(i), lines.get(i), outer.get(i), offset)) {
        counts.computeIfAbsent(key, _ -> new int[2])[side]++;
      }
    }
    long right = pages.stream().filter(page -> page.number() % 2 == 1).count();
    counts.values().removeIf(sides -> !repeats(sides, pages.size(), right));
    Set<String> shown = new HashSet<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      texts.add(
          counts.isEmpty()
              ? pages.get(i).text()
              : once(pages.get(i), lines.get(i), outer.get(i), offset, counts.keySet(), shown));
    }
    return texts;
  }

  private static boolean repeats(int[] sides, int pages, long right) {
    long left = pages - right;
    return (sides[0] + sides[1] >= PAGES_MIN && sides[0] + sides[1] >= MOST * pages)
        || (sides[0] >= PAGES_MIN && sides[0] >= NEARLY_ALL * left)
        || (sides[1] >= PAGES_MIN && sides[1] >= NEARLY_ALL * right);
  }

  private static String once(
      Page page,
      List<String> lines,
      List<Integer> outer,
      Optional<Integer> offset,
      Set<String> repeated,
      Set<String> shown) {
    List<String> kept = new ArrayList<>(lines);
    Set<String> here = new HashSet<>();
    for (int at : outer.reversed()) {
      String key = key(lines.get(at), page, offset);
      if (repeated.contains(key) && shown.contains(key)) {
        kept.remove(at);
      }
      here.add(key);
    }
    // What a page itself says twice is none of an earlier page.
    here.retainAll(repeated);
    shown.addAll(here);
    String text = String.join("\n", kept).strip();
    return kept.size() == lines.size() || text.isEmpty() ? page.text() : text;
  }

  /// Returns which lines stand at the top and at the bottom.
  private static List<Integer> outer(List<String> lines) {
    List<Integer> full = new ArrayList<>();
    for (int at = 0; at < lines.size(); at++) {
      if (!lines.get(at).isBlank()) {
        full.add(at);
      }
    }
    List<Integer> outer = new ArrayList<>();
    for (int i = 0; i < full.size(); i++) {
      if ((i < OUTER_LINES || i >= full.size() - OUTER_LINES) && isHead(lines.get(full.get(i)))) {
        outer.add(full.get(i));
      }
    }
    return outer;
  }

  /// Tells a head or a page's number from figures, which may be equal on each page.
  private static boolean isHead(String line) {
    long letters = line.chars().filter(Character::isLetter).count();
    long digits = line.chars().filter(Character::isDigit).count();
    return line.length() <= LINE_CHARACTERS_MAX && (letters >= digits || digits <= DIGITS_MAX);
  }

  /// Returns what must be added to a page's place in the file for the number that it shows.
  private static Optional<Integer> offset(
      List<Page> pages, List<List<String>> lines, List<List<Integer>> outer) {
    Map<Integer, Integer> votes = new HashMap<>();
    for (int i = 0; i < pages.size(); i++) {
      Set<Integer> seen = new HashSet<>();
      for (int at : outer.get(i)) {
        Matcher numbers = NUMBER.matcher(lines.get(i).get(at));
        while (numbers.find()) {
          seen.add(Integer.parseInt(numbers.group()) - pages.get(i).number());
        }
      }
      seen.forEach(offset -> votes.merge(offset, 1, Integer::sum));
    }
    return votes.entrySet().stream()
        .filter(vote -> vote.getValue() >= PAGES_MIN && vote.getValue() >= MOST * pages.size())
        .max(
            Map.Entry.<Integer, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey);
  }

  private static Set<String> keys(
      Page page, List<String> lines, List<Integer> outer, Optional<Integer> offset) {
    Set<String> keys = new HashSet<>();
    outer.forEach(at -> keys.add(key(lines.get(at), page, offset)));
    return keys;
  }

  private static String key(String line, Page page, Optional<Integer> offset) {
    String words = BLANKS.matcher(line.strip()).replaceAll(" ");
    if (offset.isPresent()) {
      String shown = String.valueOf(page.number() + offset.get());
      Matcher numbers = NUMBER.matcher(words);
      while (numbers.find()) {
        boolean only =
            BESIDE.matcher(words.substring(0, numbers.start())).matches()
                && BESIDE.matcher(words.substring(numbers.end())).matches();
        if (only && numbers.group().equals(shown)) {
          return words.substring(0, numbers.start()) + "#" + words.substring(numbers.end());
        }
      }
    }
    return words;
  }
}
