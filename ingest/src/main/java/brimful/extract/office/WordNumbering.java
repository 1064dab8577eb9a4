package brimful.extract.office;

import brimful.extract.format.Numerals;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/// The numbers of a Word document's lists and headings, which the text does not contain.
///
/// Handles the events of the numbering part, then counts paragraphs in reading order. Not
/// thread-safe.
final class WordNumbering extends DefaultHandler {
  private static final int LEVELS = 9;
  private static final int LETTERS = 26;
  private static final int UNUSED = -1;
  private static final Level BULLET = Level.bullet();

  private static final class Level {
    int start;
    String format = "decimal";
    String text = "";

    /// The paragraphs' style that stands for the level.
    String style = "";

    /// Whether the numbers of higher levels are shown as decimals.
    boolean decimal;

    /// Paragraphs of levels above this one, counted from 0, restart it.
    int restartedBelow = LEVELS;

    static Level bullet() {
      var level = new Level();
      level.format = "bullet";
      return level;
    }
  }

  private static final class Template {
    final Map<Integer, Level> levels = new HashMap<>();
    final int[] counts = new int[LEVELS];

    Template() {
      Arrays.fill(counts, UNUSED);
    }
  }

  private static final class Instance {
    final Template template;
    final Map<Integer, Level> levels = new HashMap<>();
    final Map<Integer, Integer> restarts = new HashMap<>();

    Instance(Template template) {
      this.template = template;
    }

    Level level(int at) {
      return levels.getOrDefault(at, template.levels.getOrDefault(at, BULLET));
    }
  }

  private final Map<String, Template> templates = new HashMap<>();
  private final Map<String, Instance> instances = new HashMap<>();
  private Optional<Template> template = Optional.empty();
  private String instance = "";
  private int level;
  private Level now = new Level();

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes) {
    String value = Xml.value(attributes, "val");
    switch (name) {
      case "abstractNum" ->
          template = Optional.of(template(Xml.value(attributes, "abstractNumId")));
      case "num" -> {
        template = Optional.empty();
        instance = Xml.value(attributes, "numId");
      }
      case "abstractNumId" -> instances.put(instance, new Instance(template(value)));
      case "lvlOverride", "lvl" -> {
        level = Math.min(LEVELS - 1, Xml.number(attributes, "ilvl", 0));
        now = new Level();
      }
      case "startOverride" ->
          Optional.ofNullable(instances.get(instance))
              .ifPresent(of -> of.restarts.put(level, Xml.number(attributes, "val", 1)));
      case "start" -> now.start = Xml.number(attributes, "val", 1);
      case "numFmt" -> now.format = value;
      case "lvlText" -> now.text = value;
      case "lvlRestart" -> now.restartedBelow = Xml.number(attributes, "val", LEVELS);
      case "pStyle" -> now.style = value;
      case "isLgl" -> now.decimal = true;
      default -> {
        // Nothing that is shown.
      }
    }
  }

  private Template template(String id) {
    return templates.computeIfAbsent(id, _ -> new Template());
  }

  @Override
  public void endElement(String uri, String name, String qName) {
    if (!name.equals("lvl")) {
      return;
    }
    template.ifPresent(of -> of.levels.put(level, now));
    if (template.isEmpty() && instances.containsKey(instance)) {
      instances.get(instance).levels.put(level, now);
    }
  }

  /// Returns the level of a list that a paragraph style stands for.
  Optional<Integer> level(String number, String style) {
    return Optional.ofNullable(instances.get(number)).stream()
        .flatMap(of -> of.template.levels.entrySet().stream())
        .filter(entry -> entry.getValue().style.equals(style))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /// Counts a paragraph, and returns what stands before it: `2.1`, `b)`, or `-` for a bullet; empty
  /// if it has no number.
  Optional<String> next(String number, int atLevel) {
    Instance of = instances.get(number);
    if (of == null) {
      return Optional.empty();
    }
    int at = Math.min(LEVELS - 1, atLevel);
    for (int higher = 0; higher < at; higher++) {
      // Word counts the levels that it shows, though no paragraph has them.
      if (of.template.counts[higher] == UNUSED || of.restarts.containsKey(higher)) {
        count(of, higher);
      }
    }
    count(of, at);
    for (int deeper = at + 1; deeper < LEVELS; deeper++) {
      if (at < of.level(deeper).restartedBelow) {
        of.template.counts[deeper] = UNUSED;
      }
    }
    return shown(of, at);
  }

  private static void count(Instance of, int at) {
    int[] counts = of.template.counts;
    Integer restart = of.restarts.remove(at);
    int following = counts[at] == UNUSED ? of.level(at).start : counts[at] + 1;
    counts[at] = restart == null ? following : restart;
  }

  private static Optional<String> shown(Instance of, int at) {
    Level level = of.level(at);
    if (level.format.equals("bullet")) {
      return Optional.of("-");
    }
    if (level.format.equals("none") || level.text.isBlank()) {
      return Optional.empty();
    }
    String text = level.text;
    for (int i = 0; i <= at; i++) {
      String format = level.decimal ? "decimal" : of.level(i).format;
      text = text.replace("%" + (i + 1), formatted(of.template.counts[i], format));
    }
    return Optional.of(text.strip()).filter(shown -> !shown.isEmpty());
  }

  private static String formatted(int count, String format) {
    return switch (format) {
      case "lowerLetter" -> letters(count);
      case "upperLetter" -> letters(count).toUpperCase(Locale.ROOT);
      case "lowerRoman" -> Numerals.roman(count);
      case "upperRoman" -> Numerals.roman(count).toUpperCase(Locale.ROOT);
      case "decimalZero" -> String.format(Locale.ROOT, "%02d", count);
      case "ordinal" -> ordinal(count);
      case "bullet", "none" -> "";
      default -> String.valueOf(count);
    };
  }

  private static String ordinal(int count) {
    boolean teens = count / 10 % 10 == 1;
    return count
        + switch (teens ? 0 : count % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
  }

  /// As Word does: `z` is followed by `aa`, `bb`.
  private static String letters(int count) {
    int letter = Math.max(0, count - 1);
    return String.valueOf((char) ('a' + letter % LETTERS))
        .repeat(Math.min(9, letter / LETTERS + 1));
  }
}
