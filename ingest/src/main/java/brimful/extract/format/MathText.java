package brimful.extract.format;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/// A formula of MathML as one line: its TeX if it has that, else such as `E=mc^2`, `(a+b)/(2c)`,
/// `√(x)`, `∑_(i=1)^n x_i`.
public final class MathText {
  private static final int DEPTH_MAX = 100;
  private static final Set<String> SILENT = Set.of("annotation", "annotation-xml", "maction");

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
      return node.text();
    }
    return switch (name) {
      case "mfrac" -> grouped(child(node, 0, depth)) + "/" + grouped(child(node, 1, depth));
      case "msup", "mover" -> child(node, 0, depth) + raised("^", child(node, 1, depth));
      case "msub", "munder" -> child(node, 0, depth) + raised("_", child(node, 1, depth));
      case "msubsup", "munderover" ->
          child(node, 0, depth)
              + raised("_", child(node, 1, depth))
              + raised("^", child(node, 2, depth))
              + (name.equals("munderover") ? " " : "");
      case "msqrt" -> "√(" + all(node, depth, "") + ")";
      case "mroot" -> "root_" + grouped(child(node, 1, depth)) + "(" + child(node, 0, depth) + ")";
      case "mfenced" ->
          fence(node, "open", "(") + all(node, depth, ",") + fence(node, "close", ")");
      case "mtable" -> "[" + all(node, depth, "; ") + "]";
      case "mtr" -> all(node, depth, ", ");
      default -> all(node, depth, "");
    };
  }

  private static String all(Element node, int depth, String between) {
    return node.children().stream()
        .map(child -> text(child, depth + 1))
        .collect(Collectors.joining(between));
  }

  private static String child(Element node, int index, int depth) {
    return index < node.childrenSize() ? text(node.child(index), depth + 1).strip() : "";
  }

  private static String fence(Element node, String side, String otherwise) {
    return node.hasAttr(side) ? node.attr(side) : otherwise;
  }

  private static String raised(String mark, String text) {
    return text.isBlank() ? "" : mark + grouped(text);
  }

  private static String grouped(String text) {
    return text.codePoints().allMatch(Character::isLetterOrDigit) ? text : "(" + text + ")";
  }

  private static String local(Element element) {
    String name = element.normalName();
    return name.substring(name.indexOf(':') + 1);
  }
}
