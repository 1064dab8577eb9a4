package brimful.extract.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;

/// XML that is damaged, made well-formed: with the elements that its end cuts off closed, and
/// without what makes no sense.
///
/// Elements whose names are damaged, or that lie too deep, go and leave what is in them; comments
/// and processing instructions go, too. All texts stay. A prefix that nobody declares gets a
/// namespace.
public final class LenientXml {
  /// Parsers refuse elements below a hundred others.
  private static final int DEPTH_MAX = 90;

  private static final String XMLNS = "xmlns:";
  private static final String PART = "[\\p{L}_][\\p{L}\\p{N}_.-]{0,100}+";
  private static final Pattern NAME = Pattern.compile(PART + "(?::" + PART + ")?");
  private static final Pattern UNFIT =
      Pattern.compile("[^\\t\\n\\r\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

  private LenientXml() {}

  /// Returns a document that any parser of XML with namespaces takes.
  ///
  /// @return nothing if there is no element left
  public static byte[] mended(byte[] damaged) throws IOException {
    Document document =
        Jsoup.parse(new ByteArrayInputStream(damaged), null, "", Parser.xmlParser());
    Element root = document.firstElementChild();
    if (root == null) {
      return new byte[0];
    }
    // What a damaged end tag put beside the root.
    for (Node node : List.copyOf(document.childNodes())) {
      if (node != root && (node instanceof Element || node instanceof TextNode)) {
        root.appendChild(node);
      }
    }
    if (!isName(root.tagName())) {
      root.tagName("root");
    }
    Map<String, String> namespaces = new TreeMap<>();
    for (Element element : new ArrayList<>(root.getAllElements())) {
      mend(element, root, namespaces);
    }
    namespaces.forEach((prefix, name) -> root.attr(XMLNS + prefix, name));
    document
        .outputSettings()
        .syntax(Document.OutputSettings.Syntax.xml)
        .prettyPrint(false)
        .charset(UTF_8);
    String text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + root.outerHtml();
    return UNFIT.matcher(text).replaceAll(" ").getBytes(UTF_8);
  }

  /// @param namespaces collects what all prefixes stand for
  private static void mend(Element element, Element root, Map<String, String> namespaces) {
    for (Attribute attribute : element.attributes().asList()) {
      String name = attribute.getKey();
      boolean declares = name.startsWith(XMLNS) && isName(name);
      if (declares && !attribute.getValue().isBlank()) {
        namespaces.putIfAbsent(name.substring(XMLNS.length()), attribute.getValue());
      }
      if (declares || !isName(name)) {
        element.removeAttr(name);
      } else {
        declare(name, namespaces);
      }
    }
    for (Node node : List.copyOf(element.childNodes())) {
      if (!(node instanceof Element || node instanceof TextNode)) {
        node.remove();
      }
    }
    if (isName(element.tagName()) && depth(element) < DEPTH_MAX) {
      declare(element.tagName(), namespaces);
    } else if (element != root) {
      element.unwrap();
    }
  }

  private static int depth(Element element) {
    int depth = 0;
    for (Element at = element.parent(); at != null; at = at.parent()) {
      depth++;
    }
    return depth;
  }

  private static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  private static void declare(String name, Map<String, String> namespaces) {
    int colon = name.indexOf(':');
    String prefix = name.substring(0, Math.max(0, colon));
    if (colon > 0 && !prefix.equals("xml") && !prefix.equals("xmlns")) {
      namespaces.putIfAbsent(prefix, "undeclared:" + prefix);
    }
  }
}
