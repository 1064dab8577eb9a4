package brimful.extract.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.sax.XHTMLContentHandler;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;

/// Parses a chapter of an e-book as an [HtmlPage] without its title, which is often the book's.
public final class ChapterParser implements Parser {
  private static final long serialVersionUID = 1L;
  private static final AttributesImpl NONE = new AttributesImpl();

  @Override
  public Set<MediaType> getSupportedTypes(ParseContext context) {
    return Set.of();
  }

  @Override
  public void parse(
      InputStream stream, ContentHandler handler, Metadata metadata, ParseContext context)
      throws IOException, SAXException {
    // Tika's reader of e-books takes what is in a body.
    handler.startElement(XHTMLContentHandler.XHTML, "html", "html", NONE);
    handler.startElement(XHTMLContentHandler.XHTML, "body", "body", NONE);
    HtmlPage.of(stream.readAllBytes(), "").writeBody(handler);
    handler.endElement(XHTMLContentHandler.XHTML, "body", "body");
    handler.endElement(XHTMLContentHandler.XHTML, "html", "html");
  }
}
