package brimful.extract.office;

import org.apache.tika.sax.XHTMLContentHandler;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// The paragraphs of a slide or of its notes, in the order of the file.
///
/// Handles the events of one part; not thread-safe.
final class SlideTexts extends DefaultHandler {
  private final XHTMLContentHandler out;
  private final StringBuilder paragraph = new StringBuilder();
  private boolean inText;

  SlideTexts(XHTMLContentHandler out) {
    this.out = out;
  }

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes) {
    inText = name.equals("t");
    if (name.equals("br") || name.equals("tab")) {
      paragraph.append(' ');
    }
  }

  @Override
  public void endElement(String uri, String name, String qName) throws SAXException {
    inText = false;
    if (name.equals("p")) {
      end();
    }
  }

  @Override
  public void characters(char[] chars, int start, int length) {
    if (inText) {
      paragraph.append(chars, start, length);
    }
  }

  /// Writes the last paragraph, which may have broken off.
  void end() throws SAXException {
    String text = paragraph.toString().strip();
    paragraph.setLength(0);
    if (!text.isEmpty()) {
      out.element("p", text);
    }
  }
}
