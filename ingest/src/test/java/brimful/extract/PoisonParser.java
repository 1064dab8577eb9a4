package brimful.extract;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.mock.MockParser;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/// Tika's MockParser, which hangs, crashes and eats memory as its document tells, for XML.
///
/// No other of our parsers takes plain XML, and [Sniffer] takes it for a document if it is named
/// like a mail.
public final class PoisonParser implements Parser {
  private static final long serialVersionUID = 1L;

  private final MockParser mock = new MockParser();

  @Override
  public Set<MediaType> getSupportedTypes(ParseContext context) {
    return Set.of(MediaType.APPLICATION_XML);
  }

  @Override
  public void parse(InputStream in, ContentHandler handler, Metadata metadata, ParseContext context)
      throws IOException, SAXException, TikaException {
    mock.parse(in, handler, metadata, context);
  }
}
