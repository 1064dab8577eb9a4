package brimful.extract.office;

import brimful.extract.format.Numerals;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/// What styles of an OpenDocument say of its text: the numbers of lists and headings, and what is
/// raised or lowered.
///
/// Handles the events of a part; not thread-safe.
final class OdtStyles extends DefaultHandler {
  private static final int LEVELS = 10;

  /// The list of the headings; no other has an empty name.
  private static final String OUTLINE = "";

  /// @param format `1`, `a`, `A`, `i`, `I`, or empty without a number
  /// @param pattern such as `Article %1%`; empty if the parts around the number say it
  private record Level(
      String format, String pattern, String prefix, String suffix, int start, int levels) {}

  private static final Level NO_NUMBER = new Level("", "", "", "", 1, 1);

  /// The counts of a list.
  static final class Counts {
    private final int[] at = new int[LEVELS + 1];
    private final boolean[] begun = new boolean[LEVELS + 1];
  }

  private final Map<String, Map<Integer, Level>> lists = new HashMap<>();
  private final Map<String, String> positions = new HashMap<>();
  private final Counts headings = new Counts();
  private String list = "";
  private String style = "";

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes) {
    switch (name) {
      // A part may have another style of the name.
      case "list-style" -> {
        list = Xml.find(attributes, "name").orElse("-");
        lists.remove(list);
      }
      case "outline-style" -> list = OUTLINE;
      case "list-level-style-number", "outline-level-style" -> level(attributes);
      case "style" -> {
        style = Xml.value(attributes, "name");
        positions.remove(style);
      }
      case "text-properties" ->
          Xml.find(attributes, "text-position").ifPresent(value -> positions.put(style, value));
      default -> {
        // Nothing that is text.
      }
    }
  }

  private void level(Attributes attributes) {
    var level =
        new Level(
            Xml.value(attributes, "num-format"),
            Xml.value(attributes, "num-list-format"),
            Xml.value(attributes, "num-prefix"),
            Xml.value(attributes, "num-suffix"),
            Xml.number(attributes, "start-value", 1),
            Xml.number(attributes, "display-levels", 1));
    lists
        .computeIfAbsent(list, _ -> new HashMap<>())
        .put(Xml.number(attributes, "level", 1), level);
  }

  /// Returns above 0 for a style that raises text, below for one that lowers it.
  int shift(String textStyle) {
    String position = positions.getOrDefault(textStyle, "");
    return position.matches("super.*|0*[1-9][\\d.]*%.*")
        ? 1
        : position.startsWith("sub") || position.startsWith("-") ? -1 : 0;
  }

  /// Counts a heading, and returns its number.
  Optional<String> heading(int level) {
    return next(OUTLINE, headings, level, Optional.empty()).filter(mark -> !mark.equals("-"));
  }

  /// Counts an item, and returns what stands before it: its number, or `-`.
  ///
  /// @param level from 1
  /// @param value the number that the item itself says
  Optional<String> next(String name, Counts counts, int level, Optional<Integer> value) {
    int at = Math.clamp(level, 1, LEVELS);
    Map<Integer, Level> levels = lists.getOrDefault(name, Map.of());
    Level one = levels.getOrDefault(at, NO_NUMBER);
    int following = counts.begun[at] ? counts.at[at] + 1 : one.start();
    counts.at[at] = value.orElse(following);
    counts.begun[at] = true;
    for (int deeper = at + 1; deeper <= LEVELS; deeper++) {
      counts.begun[deeper] = false;
    }
    return Optional.of(one.format().isEmpty() ? "-" : shown(levels, counts, at));
  }

  private static String shown(Map<Integer, Level> levels, Counts counts, int at) {
    Level level = levels.getOrDefault(at, NO_NUMBER);
    if (!level.pattern().isEmpty()) {
      String text = level.pattern();
      for (int i = 1; i <= at; i++) {
        text = text.replace("%" + i + "%", number(levels.getOrDefault(i, NO_NUMBER), counts, i));
      }
      return text.strip();
    }
    var text = new StringBuilder();
    for (int i = Math.max(1, at - level.levels() + 1); i <= at; i++) {
      String number = number(levels.getOrDefault(i, NO_NUMBER), counts, i);
      text.append(text.isEmpty() || number.isEmpty() ? "" : ".").append(number);
    }
    return (level.prefix() + text + level.suffix()).strip();
  }

  private static String number(Level level, Counts counts, int at) {
    int count = counts.begun[at] ? counts.at[at] : 1;
    return switch (level.format()) {
      case "" -> "";
      case "a" -> Numerals.letters(count);
      case "A" -> Numerals.letters(count).toUpperCase(Locale.ROOT);
      case "i" -> Numerals.roman(count);
      case "I" -> Numerals.roman(count).toUpperCase(Locale.ROOT);
      default -> String.valueOf(count);
    };
  }
}
