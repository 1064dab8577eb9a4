package brimful.extract.format;

import brimful.corpus.PathKind;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.Evaluator;
import org.jsoup.select.QueryParser;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;

/// Gives elements of a page to a handler as simple XHTML: blocks, headings, lists, tables and text.
///
/// A link keeps its address where that leads somewhere by itself and is short: `[text](address)`. A
/// relative one leads nowhere without the site, and on pages of documentation the addresses would
/// cost more tokens than the text. A picture is its description, with its path if that is relative:
/// the picture may be a document, too. A formula is its TeX, or what [MathText] makes of it. Items
/// of numbered lists have their numbers, and deleted text stands between `~~`. A table that only
/// lays out a page becomes blocks; in other tables, a cell that spans several leaves the others
/// blank, see [SpannedCells].
///
/// Pages may nest deeply, so there is no recursion. Not thread-safe.
final class HtmlWriter {
  private static final Set<String> SILENT =
      words("script style noscript template head iframe object datalist");

  private static final Set<String> PASSED =
      words("h1 h2 h3 h4 h5 h6 p div ul ol li pre blockquote dl dt dd br hr table tr td th");

  /// Blocks that are no more than that in text.
  private static final Set<String> BLOCKS =
      words(
          "section article main header footer nav aside figure figcaption address form"
              + " fieldset legend details summary caption center dialog option menu textarea");

  private static final Set<String> TABLE = Set.of("table", "tr", "td", "th");
  private static final Evaluator NAVIGATION = QueryParser.parse("nav, footer, [role=navigation]");
  private static final Evaluator BLOCK_IN_LINK =
      QueryParser.parse("div, p, h1, h2, h3, h4, table, li");
  private static final Evaluator TABLE_AROUND = QueryParser.parse("table");
  private static final Evaluator LAID_OUT =
      QueryParser.parse("table table, td h1, td h2, td h3, td h4");
  private static final Evaluator SECOND_CELL =
      QueryParser.parse("td + td, td + th, th + td, th + th");
  private static final Pattern ADDRESS = Pattern.compile("(?i)(?:https?|ftp|mailto|tel):\\S+");
  private static final int ADDRESS_MAX = 80;

  /// A path without a scheme or a host.
  private static final Pattern PICTURE_BESIDE =
      Pattern.compile("(?!//|[\\w+.-]++:)[^\\s()<>\\[\\]?#]{1,200}+");

  private static final int CAPTION_CHARS_MAX = 300;
  private static final Evaluator FIGURE = QueryParser.parse("figure");
  private static final Evaluator FIGURE_CAPTION = QueryParser.parse("figcaption");
  private static final AttributesImpl NONE = new AttributesImpl();

  private final ContentHandler handler;
  private final Set<Element> apart;
  private final Map<Element, Boolean> layouts = new IdentityHashMap<>();
  private final Set<Element> addressed = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Element> captioned = Collections.newSetFromMap(new IdentityHashMap<>());
  private final SpannedCells spanned = new SpannedCells();
  private final ListMarks marks = new ListMarks();
  private char last = ' ';

  /// @param apart elements that are written only by themselves, not inside others
  HtmlWriter(ContentHandler handler, Set<Element> apart) {
    this.handler = handler;
    this.apart = apart;
  }

  private static Set<String> words(String words) {
    return Set.of(words.split(" ", -1));
  }

  void element(String name, String text) throws SAXException {
    start(name);
    characters(text);
    end(name);
  }

  /// Writes an element with all in it.
  void write(Element root) throws SAXException {
    Node at = root;
    while (at != null) {
      boolean elsewhere = at instanceof Element element && at != root && apart.contains(element);
      Node next = !elsewhere && head(at) && at.childNodeSize() > 0 ? at.childNode(0) : null;
      while (next == null && at != null) {
        if (!elsewhere) {
          tail(at);
        }
        elsewhere = false;
        next = at == root ? null : at.nextSibling();
        at = at == root ? null : next == null ? at.parent() : at;
      }
      at = next;
    }
  }

  /// Begins a node, and tells whether to go into it.
  private boolean head(Node node) throws SAXException {
    if (node instanceof TextNode text) {
      characters(text.getWholeText());
      return false;
    }
    if (!(node instanceof Element element)) {
      return false;
    }
    String name = element.normalName();
    if (SILENT.contains(name)) {
      return false;
    }
    if (name.equals("img") || name.equals("math")) {
      characters(name.equals("img") ? picture(element) : " " + MathText.of(element) + " ");
      return false;
    }
    if (name.equals("a") && isAddressed(element)) {
      addressed.add(element);
      characters("[");
    }
    inline(element, true);
    begin(name(element), element);
    return true;
  }

  /// Writes what keeps an inline element apart from the text around it.
  private void inline(Element element, boolean before) throws SAXException {
    switch (element.normalName()) {
      case "sup", "sub" -> {
        boolean raised = element.normalName().equals("sup");
        characters(before ? RaisedText.mark(raised, last, element.text().strip()) : "");
      }
      // What was deleted must not read as one word with what took its place.
      case "del", "s", "strike" ->
          characters(element.hasText() && element.selectFirst(BLOCK_IN_LINK) == null ? "~~" : "");
      case "title", "desc", "text" -> characters(" ");
      default -> {
        // Most say nothing.
      }
    }
  }

  private void tail(Node node) throws SAXException {
    if (!(node instanceof Element element) || SILENT.contains(element.normalName())) {
      return;
    }
    String name = name(element);
    inline(element, false);
    if (addressed.remove(element)) {
      characters("](" + element.attr("href").strip() + ")");
    }
    if (name.equals("tr")) {
      blanks(spanned.rest());
    }
    if (!name.isEmpty()) {
      end(name);
    }
    if (name.equals("td") || name.equals("th")) {
      blanks(spanned.after(element.attr("colspan"), element.attr("rowspan")));
    } else if (name.equals("table")) {
      spanned.endTable();
    }
  }

  private void begin(String name, Element element) throws SAXException {
    switch (name) {
      case "" -> {
        return;
      }
      case "table" -> spanned.startTable();
      case "tr" -> spanned.startRow();
      case "td", "th" -> blanks(spanned.before());
      case "li" -> {
        item(marks.of(element));
        return;
      }
      default -> {
        // Nothing comes before other elements.
      }
    }
    start(name);
  }

  private void blanks(int cells) throws SAXException {
    for (int i = 0; i < cells; i++) {
      start("td");
      end("td");
    }
  }

  /// Returns what an element is written as; empty if only its text is.
  private String name(Element element) {
    String name = element.normalName();
    if (TABLE.contains(name)) {
      Element table = name.equals("table") ? element : element.closest(TABLE_AROUND);
      return table == null || isLayout(table) ? "div" : name;
    }
    return PASSED.contains(name) ? name : BLOCKS.contains(name) ? "div" : "";
  }

  private boolean isLayout(Element table) {
    return layouts.computeIfAbsent(
        table,
        one ->
            one.attr("role").matches("presentation|none")
                || one.selectFirst(LAID_OUT) != null
                || one.selectFirst(SECOND_CELL) == null);
  }

  private static boolean isAddressed(Element link) {
    String address = link.attr("href").strip();
    if (address.length() > ADDRESS_MAX || !ADDRESS.matcher(address).matches()) {
      return false;
    }
    String text = link.text().strip();
    return !text.isEmpty()
        && !address.contains(text)
        && link.selectFirst(BLOCK_IN_LINK) == null
        && link.closest(NAVIGATION) == null;
  }

  private String picture(Element image) {
    String source = image.attr("src").strip();
    boolean beside = PICTURE_BESIDE.matcher(source).matches() && PathKind.isImage(source);
    String description = image.attr("alt").strip();
    if (description.isEmpty() && beside) {
      description = figureCaption(image);
    }
    return description.isEmpty()
        ? ""
        : " [image: " + description + "]" + (beside ? "(" + source + ")" : "") + " ";
  }

  /// Returns what the figure says of its first image; empty for others, and where it says much.
  private String figureCaption(Element image) {
    Element figure = image.closest(FIGURE);
    if (figure == null || !captioned.add(figure)) {
      return "";
    }
    Element caption = figure.selectFirst(FIGURE_CAPTION);
    String text = caption == null ? "" : caption.text().strip();
    return text.length() > CAPTION_CHARS_MAX ? "" : text;
  }

  private void item(String mark) throws SAXException {
    var attributes = new AttributesImpl();
    attributes.addAttribute("", ListMarks.ATTRIBUTE, ListMarks.ATTRIBUTE, "CDATA", mark);
    last = ' ';
    handler.startElement("", "li", "li", attributes);
  }

  private void start(String name) throws SAXException {
    last = ' ';
    handler.startElement("", name, name, NONE);
  }

  private void end(String name) throws SAXException {
    last = ' ';
    handler.endElement("", name, name);
  }

  private void characters(String text) throws SAXException {
    char[] chars = text.toCharArray();
    last = chars.length == 0 ? last : chars[chars.length - 1];
    handler.characters(chars, 0, chars.length);
  }
}
