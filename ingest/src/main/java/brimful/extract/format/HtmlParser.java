package brimful.extract.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/// Parses HTML as an [HtmlPage]. Tika's own parser drops titles, descriptions of pictures and most
/// blocks.
public final class HtmlParser implements Parser {
  private static final long serialVersionUID = 1L;

  @Override
  public Set<MediaType> getSupportedTypes(ParseContext context) {
    return Set.of(MediaType.TEXT_HTML, MediaType.application("xhtml+xml"));
  }

  @Override
  public void parse(
      InputStream stream, ContentHandler handler, Metadata metadata, ParseContext context)
      throws IOException, SAXException {
    handler.startDocument();
    HtmlPage.of(stream.readAllBytes(), "").write(handler);
    handler.endDocument();
  }
}
