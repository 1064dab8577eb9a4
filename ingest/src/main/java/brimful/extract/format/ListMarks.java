package brimful.extract.format;

import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import org.jsoup.nodes.Element;

/// Counts the items of the numbered lists of a page, as a browser does. Not thread-safe.
public final class ListMarks {
  /// An attribute of `li`: the item's number, or `-`.
  public static final String ATTRIBUTE = "data-mark";

  private final Map<Element, Integer> next = new IdentityHashMap<>();

  ListMarks() {}

  /// Returns what stands before an item: `4.`, `b.`, or `-` where no number does.
  String of(Element item) {
    Element list = item.parent();
    if (list == null || !list.normalName().equals("ol")) {
      return "-";
    }
    boolean reversed = list.hasAttr("reversed");
    int first = reversed ? list.childrenSize() : 1;
    int count = number(item, "value", next.getOrDefault(list, number(list, "start", first)));
    next.put(list, reversed ? count - 1 : count + 1);
    return formatted(count, list.attr("type")) + ".";
  }

  private static int number(Element element, String attribute, int otherwise) {
    String value = element.attr(attribute).strip();
    return value.matches("-?\\d{1,7}") ? Integer.parseInt(value) : otherwise;
  }

  private static String formatted(int count, String type) {
    return switch (type) {
      case "a" -> Numerals.letters(count);
      case "A" -> Numerals.letters(count).toUpperCase(Locale.ROOT);
      case "i" -> Numerals.roman(count);
      case "I" -> Numerals.roman(count).toUpperCase(Locale.ROOT);
      default -> String.valueOf(count);
    };
  }
}
