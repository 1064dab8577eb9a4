package brimful.extract.mail;

import brimful.extract.format.HtmlPage;
import java.util.List;
import java.util.Optional;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;

/// A part of a mail that is its own text.
///
/// @param plain the text, unless it is a page
/// @param page the text as HTML
record MailText(String plain, Optional<HtmlPage> page) {
  /// Long texts go to the handler in pieces, so that a limit cuts them where it is.
  private static final int PIECE_CHARACTERS = 8 << 10;

  private static final AttributesImpl NONE = new AttributesImpl();

  static MailText plain(String text) {
    return new MailText(text, Optional.empty());
  }

  static MailText page(HtmlPage page) {
    return new MailText("", Optional.of(page));
  }

  /// Returns the best of several ways to say the same, each of one or more texts: HTML, which tells
  /// headings, lists and tables, unless it has far less text than the plain one.
  static List<MailText> best(List<List<MailText>> alternatives) {
    List<MailText> plain = last(alternatives, false);
    List<MailText> pages = last(alternatives, true);
    return pages.isEmpty() || characters(pages) * 2 < characters(plain) ? plain : pages;
  }

  private static List<MailText> last(List<List<MailText>> alternatives, boolean pages) {
    return alternatives.stream()
        .filter(texts -> texts.stream().anyMatch(text -> text.page.isPresent()) == pages)
        .reduce(List.of(), (_, later) -> later);
  }

  private static int characters(List<MailText> texts) {
    return texts.stream().mapToInt(MailText::characters).sum();
  }

  private int characters() {
    return page.isPresent() ? page.get().characters() : plain.strip().length();
  }

  void write(ContentHandler handler, boolean titled) throws SAXException {
    if (page.isEmpty()) {
      write(handler, plain);
      return;
    }
    // A page may begin and end without a paragraph of its own.
    handler.startElement("", "div", "div", NONE);
    if (titled) {
      page.get().write(handler);
    } else {
      page.get().writeBody(handler);
    }
    handler.endElement("", "div", "div");
  }

  /// Writes text whose line breaks count.
  static void write(ContentHandler handler, String text) throws SAXException {
    handler.startElement("", "pre", "pre", NONE);
    char[] chars = text.toCharArray();
    for (int at = 0; at < chars.length; at += PIECE_CHARACTERS) {
      handler.characters(chars, at, Math.min(PIECE_CHARACTERS, chars.length - at));
    }
    handler.endElement("", "pre", "pre");
  }
}
