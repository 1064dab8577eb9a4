package brimful.extract.office;

import java.util.Optional;
import org.apache.tika.sax.XHTMLContentHandler;
import org.xml.sax.SAXException;

/// Writes paragraphs and tables as XHTML, with the numbers of headings and lists. Not thread-safe.
final class WordText implements WordSink {
  private static final int HEADING_MAX = 6;
  private static final int LIST_DEPTH_MAX = 8;

  private final XHTMLContentHandler out;
  private final WordStyles styles;
  private final WordNumbering numbering;
  private int cells;
  private int lists;

  WordText(XHTMLContentHandler out, WordStyles styles, WordNumbering numbering) {
    this.out = out;
    this.styles = styles;
    this.numbering = numbering;
  }

  @Override
  public void paragraph(WordParagraph paragraph) throws SAXException {
    String text = paragraph.text.toString();
    if (!text.isBlank()) {
      own(paragraph, text);
    }
    for (String beside : paragraph.beside) {
      element("p", beside);
    }
  }

  private void own(WordParagraph paragraph, String text) throws SAXException {
    Optional<String> number = paragraph.number.or(() -> styles.number(paragraph.style));
    int level =
        paragraph
            .level
            .or(() -> styles.level(paragraph.style))
            .or(() -> number.flatMap(list -> numbering.level(list, paragraph.style)))
            .orElse(0);
    Optional<String> mark =
        paragraph.mark.or(() -> number.flatMap(list -> numbering.next(list, level)));
    Optional<Integer> heading = paragraph.heading.or(() -> styles.heading(paragraph.style));
    String marked = mark.filter(it -> !it.equals("-")).map(it -> it + " ").orElse("");
    if (heading.isPresent()) {
      nest(0);
      element("h" + Math.min(HEADING_MAX, heading.get()), marked + text.replace('\n', ' '));
    } else if (mark.isPresent() && cells == 0) {
      nest(1 + Math.min(LIST_DEPTH_MAX, level));
      Xhtml.item(out, mark.get(), text);
    } else {
      nest(0);
      element("p", mark.map(it -> it + " ").orElse("") + text);
    }
  }

  private void element(String name, String text) throws SAXException {
    out.startElement(name);
    Xhtml.lines(out, text);
    out.endElement(name);
  }

  /// Opens or closes lists until as many are open.
  private void nest(int depth) throws SAXException {
    if (cells > 0) {
      return;
    }
    for (; lists < depth; lists++) {
      out.startElement("ul");
    }
    for (; lists > depth; lists--) {
      out.endElement("ul");
    }
  }

  /// Closes what is open.
  void end() throws SAXException {
    nest(0);
  }

  @Override
  public void startSlide() throws SAXException {
    nest(0);
    out.startElement("div", "class", "slide");
  }

  @Override
  public void endSlide() throws SAXException {
    nest(0);
    out.endElement("div");
  }

  @Override
  public void startTable() throws SAXException {
    nest(0);
    out.startElement("table");
  }

  @Override
  public void startRow() throws SAXException {
    out.startElement("tr");
  }

  @Override
  public void startCell() throws SAXException {
    cells++;
    out.startElement("td");
  }

  @Override
  public void endCell(int columns) throws SAXException {
    out.endElement("td");
    for (int i = 1; i < columns; i++) {
      out.startElement("td");
      out.endElement("td");
    }
    cells--;
  }

  @Override
  public void endRow() throws SAXException {
    out.endElement("tr");
  }

  @Override
  public void endTable() throws SAXException {
    out.endElement("table");
  }
}
