package brimful.extract.office;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/// The styles of a Word document's paragraphs: which are headings, and which are numbered.
///
/// Handles the events of the styles part. Not thread-safe.
final class WordStyles extends DefaultHandler {
  private static final int ANCESTORS_MAX = 20;

  private static final class Style {
    Optional<String> parent = Optional.empty();
    Optional<Integer> heading = Optional.empty();
    Optional<String> number = Optional.empty();
    Optional<Integer> level = Optional.empty();
  }

  private final Map<String, Style> styles = new HashMap<>();
  private Style now = new Style();

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes) {
    String value = Xml.value(attributes, "val");
    switch (name) {
      case "style" -> {
        now = new Style();
        styles.put(Xml.value(attributes, "styleId"), now);
      }
      case "name" -> now.heading = builtIn(value);
      case "basedOn" -> now.parent = Optional.of(value);
      case "outlineLvl" -> now.heading = outline(value).or(() -> now.heading);
      case "numId" -> now.number = Optional.of(value);
      case "ilvl" -> now.level = Optional.of(Xml.number(attributes, "val", 0));
      default -> {
        // Nothing that is shown.
      }
    }
  }

  /// The names of built-in styles are English in every language.
  private static Optional<Integer> builtIn(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("title")) {
      return Optional.of(1);
    }
    return lower.matches("heading [1-9]")
        ? Optional.of(lower.charAt(lower.length() - 1) - '0')
        : Optional.empty();
  }

  /// Returns the heading that an outline level stands for; level 9 is body text.
  static Optional<Integer> outline(String outlineLevel) {
    return outlineLevel.matches("[0-8]")
        ? Optional.of(Integer.parseInt(outlineLevel) + 1)
        : Optional.empty();
  }

  /// Returns the level of the heading that paragraphs of a style are, from 1 to 9.
  Optional<Integer> heading(String style) {
    Optional<Integer> level = inherited(style, one -> one.heading);
    // Without a styles part, the usual ids still tell.
    return styles.containsKey(style)
        ? level
        : builtIn(style.replaceFirst("(?i)^heading(?=\\d$)", "heading "));
  }

  Optional<String> number(String style) {
    return inherited(style, one -> one.number);
  }

  Optional<Integer> level(String style) {
    return inherited(style, one -> one.level);
  }

  private <T> Optional<T> inherited(String style, Function<Style, Optional<T>> property) {
    Optional<Style> at = Optional.ofNullable(styles.get(style));
    for (int i = 0; i < ANCESTORS_MAX && at.isPresent(); i++) {
      Optional<T> value = property.apply(at.get());
      if (value.isPresent()) {
        return value;
      }
      at = at.get().parent.map(styles::get);
    }
    return Optional.empty();
  }
}
