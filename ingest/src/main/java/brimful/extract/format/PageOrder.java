package brimful.extract.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/// Puts the main part of a page before what surrounds it.
///
/// Only elements and roles that say what they are for count, so that nothing is guessed: a `main`,
/// or the only `article`, comes first; navigation, asides, footers and headers come last, except
/// headers with a heading of the first level and all that belong to an article.
///
/// @param parts the parts of a page in the order to read them in; the body is one of them
/// @param apart those that lie inside another, and are not to be read there
record PageOrder(List<Element> parts, Set<Element> apart) {
  private static final Set<String> AROUND = Set.of("nav", "footer", "aside", "header");
  private static final Set<String> ROLES_AROUND =
      Set.of("navigation", "contentinfo", "complementary", "banner", "search");

  static PageOrder of(Element body) {
    List<Element> parts = new ArrayList<>(main(body));
    Set<Element> apart = Collections.newSetFromMap(new IdentityHashMap<>());
    apart.addAll(parts);
    List<Element> around = new ArrayList<>();
    collect(body, apart, around);
    parts.add(body);
    parts.addAll(around);
    apart.addAll(around);
    return new PageOrder(parts, apart);
  }

  private static Elements main(Element body) {
    Elements main = outermost(body.select("main, [role=main]"));
    if (!main.isEmpty()) {
      return main;
    }
    Elements articles = outermost(body.select("article"));
    return articles.size() == 1 ? articles : new Elements();
  }

  private static Elements outermost(Elements elements) {
    var outermost = new Elements();
    for (Element element : elements) {
      boolean inside = !outermost.isEmpty() && element.parents().contains(outermost.last());
      if (!inside) {
        outermost.add(element);
      }
    }
    return outermost;
  }

  /// Collects the outermost elements around the text, without recursion: pages may nest deeply.
  private static void collect(Element body, Set<Element> main, List<Element> around) {
    Element at = body.firstElementChild();
    while (at != null) {
      Element next = main.contains(at) || isOpaque(at, around) ? null : at.firstElementChild();
      while (next == null && at != null && at != body) {
        next = at.nextElementSibling();
        at = next == null ? at.parent() : at;
      }
      at = next;
    }
  }

  /// Tells whether to go past an element, which is noted if it is around the text.
  private static boolean isOpaque(Element element, List<Element> around) {
    String name = element.normalName();
    String role = element.attr("role").toLowerCase(Locale.ROOT);
    boolean heads = name.equals("header") && element.selectFirst("h1") != null;
    if (!heads && (AROUND.contains(name) || ROLES_AROUND.contains(role))) {
      around.add(element);
      return true;
    }
    return name.equals("article") || name.equals("blockquote");
  }
}
