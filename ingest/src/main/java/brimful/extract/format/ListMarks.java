package brimful.extract.format;

import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.Evaluator;
import org.jsoup.select.QueryParser;

/// Counts the items of the numbered lists of a page, as a browser does. Not thread-safe.
public final class ListMarks {
  /// An attribute of `li`: the item's number, or `-`.
  public static final String ATTRIBUTE = "data-mark";

  private static final Pattern UNMARKED =
      Pattern.compile("(?i)(?:^|;)\\s*list-style(?:-type)?\\s*:[^;]*\\bnone\\b");

  private static final Evaluator MENU =
      QueryParser.parse("nav, menu, [role=navigation], [role=menu]");

  /// The last part of a number, and what ends one that is no amount: `12.`, `1.2`, `(3)`.
  private static final Pattern OWN_NUMBER =
      Pattern.compile("\\(?(?:\\d{1,3}\\.)*+(\\d{1,3})([.)])?(?=\\s|$)");

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
    String number = formatted(count, list.attr("type"));
    return isUnmarked(item) || isUnmarked(list) || list.closest(MENU) != null || says(item, number)
        ? "-"
        : number + ".";
  }

  private static boolean isUnmarked(Element element) {
    return UNMARKED.matcher(element.attr("style")).find();
  }

  /// Returns whether the text of an item begins with its number, as `1.2 Scope` in the second item.
  private static boolean says(Element item, String number) {
    String first =
        item.nodeStream(TextNode.class)
            .map(node -> node.text().strip())
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("");
    Matcher own = OWN_NUMBER.matcher(first);
    return own.lookingAt() && (own.group(2) != null || own.group(1).equals(number));
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
