package brimful.extract.office;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.xml.sax.Attributes;

/// An equation of Office as one line: `E=mc^2`, `(a+b)/(2c)`, `√(x)`, `∑_(i=1)^n x_i`.
///
/// Takes the events of an `oMath` element. Not thread-safe.
final class Equation {
  private static final class Node {
    final String name;
    final List<Node> children = new ArrayList<>();
    final Map<String, String> properties = new HashMap<>();
    final StringBuilder text = new StringBuilder();

    Node(String name) {
      this.name = name;
    }
  }

  /// Deeper parts are written without structure.
  private static final int DEPTH_MAX = 100;

  private final Deque<Node> open = new ArrayDeque<>();
  private final Node root = new Node("e");

  Equation() {
    open.push(root);
  }

  void start(String name, Attributes attributes) {
    if (open.size() > DEPTH_MAX) {
      open.push(open.peek());
      return;
    }
    Xml.find(attributes, "val").ifPresent(value -> properties().put(name, value));
    var node = new Node(name);
    open.peek().children.add(node);
    open.push(node);
  }

  /// Properties such as `chr` belong to what their `…Pr` element describes.
  private Map<String, String> properties() {
    Node at = open.peek();
    for (Node node : open) {
      if (!node.name.endsWith("Pr")) {
        at = node;
        break;
      }
    }
    return at.properties;
  }

  void end() {
    open.pop();
  }

  /// Returns whether the element that began it has ended.
  boolean isDone() {
    return open.size() <= 1;
  }

  void characters(String characters) {
    if (open.peek().name.equals("t")) {
      open.peek().text.append(characters);
    }
  }

  String text() {
    return text(root).replaceAll("\\s+", " ").strip();
  }

  private static String text(Node node) {
    return switch (node.name) {
      case "t" -> node.text.toString();
      case "f" -> fraction(node);
      case "sSup" -> part(node, "e") + raised(node, "^", "sup");
      case "sSub" -> part(node, "e") + raised(node, "_", "sub");
      case "sSubSup" -> part(node, "e") + raised(node, "_", "sub") + raised(node, "^", "sup");
      case "sPre" -> raised(node, "_", "sub") + raised(node, "^", "sup") + part(node, "e");
      case "limLow" -> part(node, "e") + raised(node, "_", "lim");
      case "limUpp" -> part(node, "e") + raised(node, "^", "lim");
      case "rad" -> root(node);
      case "nary" ->
          node.properties.getOrDefault("chr", "∫")
              + raised(node, "_", "sub")
              + raised(node, "^", "sup")
              + " "
              + part(node, "e");
      case "d" ->
          node.properties.getOrDefault("begChr", "(")
              + parts(node, "e", node.properties.getOrDefault("sepChr", "|"))
              + node.properties.getOrDefault("endChr", ")");
      case "func" -> part(node, "fName") + " " + part(node, "e");
      case "acc" -> part(node, "e") + node.properties.getOrDefault("chr", "\u0302");
      case "m" -> "[" + parts(node, "mr", "; ") + "]";
      case "mr" -> parts(node, "e", ", ");
      case "eqArr" -> parts(node, "e", "; ");
      case "del", "moveFrom", "delText", "rPrChange" -> "";
      default -> node.children.stream().map(Equation::text).collect(Collectors.joining());
    };
  }

  private static String fraction(Node node) {
    return node.properties.getOrDefault("type", "").equals("noBar")
        ? "(" + part(node, "num") + " over " + part(node, "den") + ")"
        : grouped(part(node, "num")) + "/" + grouped(part(node, "den"));
  }

  private static String root(Node node) {
    String degree = part(node, "deg");
    return (degree.isBlank() ? "√" : "root_" + grouped(degree)) + "(" + part(node, "e") + ")";
  }

  private static String raised(Node node, String mark, String name) {
    String part = part(node, name);
    return part.isBlank() ? "" : mark + grouped(part);
  }

  private static String part(Node node, String name) {
    return parts(node, name, "").strip();
  }

  private static String parts(Node node, String name, String between) {
    return node.children.stream()
        .filter(child -> child.name.equals(name))
        .map(Equation::text)
        .collect(Collectors.joining(between));
  }

  private static String grouped(String text) {
    return text.codePoints().allMatch(Character::isLetterOrDigit) ? text : "(" + text + ")";
  }
}
