package brimful.extract.format;

import brimful.extract.charset.DeclaredCharset;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/// A page of HTML, which it gives as a reader takes it in: title and description first, then its
/// main part, then what surrounds it. No text is left out.
///
/// What HTML hides is not text: scripts, styles, templates and comments. Not thread-safe.
public final class HtmlPage {
  private final Document document;

  private HtmlPage(Document document) {
    this.document = document;
  }

  /// Returns the page in some bytes.
  ///
  /// @param declared the encoding that something else declares; empty if nothing does, and the
  ///   page's own declaration counts
  public static HtmlPage of(byte[] bytes, String declared) {
    return new HtmlPage(
        Jsoup.parse(
            DeclaredCharset.decode(
                bytes, declared.isEmpty() ? DeclaredCharset.name(bytes) : declared)));
  }

  /// Returns about how many characters of text it has.
  public int characters() {
    return document.body().text().length();
  }

  /// Writes title, description and text as XHTML.
  public void write(ContentHandler handler) throws SAXException {
    var order = PageOrder.of(document.body());
    var writer = new HtmlWriter(handler, order.apart());
    String title = document.title().strip();
    if (!title.isEmpty() && !isShown(title)) {
      writer.element("h1", title);
    }
    Optional<String> description = description();
    if (description.isPresent() && !description.get().equals(title)) {
      writer.element("p", description.get());
    }
    write(order, writer);
  }

  /// Writes the text alone, as of a mail, whose title is its subject.
  public void writeBody(ContentHandler handler) throws SAXException {
    var order = PageOrder.of(document.body());
    write(order, new HtmlWriter(handler, order.apart()));
  }

  private static void write(PageOrder order, HtmlWriter writer) throws SAXException {
    for (Element part : order.parts()) {
      writer.write(part);
    }
  }

  private boolean isShown(String title) {
    Element heading = document.body().selectFirst("h1");
    return heading != null && heading.text().equalsIgnoreCase(title);
  }

  private Optional<String> description() {
    return Optional.ofNullable(
            document.selectFirst("meta[name=description], meta[property=og:description]"))
        .map(meta -> meta.attr("content").strip())
        .filter(text -> !text.isEmpty());
  }
}
