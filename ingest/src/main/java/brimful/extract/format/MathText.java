package brimful.extract.format;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;

/// A formula of MathML as one line: its TeX if it has that, else such as `E=mc^2`, `(a+b)/(2c)`,
/// `√(x)`, `∑_(i=1)^n x_i`.
public final class MathText {
  private static final int DEPTH_MAX = 100;
  private static final Set<String> SILENT = Set.of("annotation", "annotation-xml", "mphantom");

  /// Elements whose text joins what is beside them; that of others is words.
  private static final Set<String> JOINED =
      Set.of(
          "math",
          "mrow",
          "mstyle",
          "mpadded",
          "merror",
          "semantics",
          "menclose",
          "mi",
          "mn",
          "mo",
          "ms",
          "mtd",
          "mmultiscripts",
          "mprescripts",
          "none");

  private MathText() {}

  /// Returns the formula in a file of MathML; empty if there is none.
  public static String of(byte[] file) {
    String xml = new String(file, StandardCharsets.UTF_8);
    Element math =
        Jsoup.parse(xml, "", Parser.xmlParser()).getAllElements().stream()
            .filter(element -> local(element).equals("math"))
            .findFirst()
            .orElse(null);
    return math == null ? "" : of(math);
  }

  static String of(Element math) {
    for (Element element : math.getAllElements()) {
      if (local(element).equals("annotation")
          && element.attr("encoding").equals("application/x-tex")) {
        return "$" + element.text() + "$";
      }
    }
    return text(math, 0).replaceAll("\\s+", " ").strip();
  }

  private static String text(Element node, int depth) {
    String name = local(node);
    if (SILENT.contains(name)) {
      return "";
    }
    if (depth > DEPTH_MAX || node.childrenSize() == 0) {
      String text = node.text();
      boolean letters = name.equals("mi") && text.length() > 1 && isPlain(text);
      return letters || !JOINED.contains(name) ? " " + text + " " : text;
    }
    return switch (name) {
      case "mfrac" -> grouped(child(node, 0, depth)) + "/" + grouped(child(node, 1, depth));
      case "msup", "mover" -> base(node, depth) + raised("^", child(node, 1, depth));
      case "msub", "munder" -> base(node, depth) + raised("_", child(node, 1, depth));
      case "msubsup", "munderover" ->
          base(node, depth)
              + raised("_", child(node, 1, depth))
              + raised("^", child(node, 2, depth))
              + (name.equals("munderover") ? " " : "");
      case "msqrt" -> "√(" + all(node, depth, "") + ")";
      case "mroot" -> "root_" + grouped(child(node, 1, depth)) + "(" + child(node, 0, depth) + ")";
      case "mfenced" ->
          fence(node, "open", "(") + all(node, depth, ",") + fence(node, "close", ")");
      case "mtable" -> "[" + all(node, depth, "; ") + "]";
      case "mtr" -> all(node, depth, ", ");
      // The first of its forms.
      case "maction" -> text(node.child(0), depth + 1);
      case "mtext" -> " " + all(node, depth, "") + " ";
      default -> JOINED.contains(name) ? all(node, depth, "") : " " + all(node, depth, " ") + " ";
    };
  }

  private static String all(Element node, int depth, String between) {
    return node.childNodes().stream()
        .map(child ->
            child instanceof Element element
                ? text(element, depth + 1)
                : child instanceof TextNode words && !words.isBlank() ? words.text() : null)
        .filter(Objects::nonNull)
        .collect(Collectors.joining(between));
  }

  private static String base(Element node, int depth) {
    Element base = node.child(0);
    while (base.childrenSize() == 1 && JOINED.contains(local(base))) {
      base = base.child(0);
    }
    String text = child(node, 0, depth);
    return local(base).equals("mfrac") ? grouped(text) : text;
  }

  private static String child(Element node, int index, int depth) {
    return index < node.childrenSize() ? text(node.child(index), depth + 1).strip() : "";
  }

  private static String fence(Element node, String side, String otherwise) {
    return node.hasAttr(side) ? node.attr(side) : otherwise;
  }

  private static String raised(String mark, String text) {
    return text.isBlank() ? "" : mark + grouped(text.strip());
  }

  private static String grouped(String text) {
    return isPlain(text) ? text : "(" + text + ")";
  }

  private static boolean isPlain(String text) {
    return text.codePoints().allMatch(Character::isLetterOrDigit);
  }

  private static String local(Element element) {
    String name = element.normalName();
    return name.substring(name.indexOf(':') + 1);
  }
}
