package brimful.extract.office;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.odf.OpenDocumentContentParser;
import org.apache.tika.parser.odf.OpenDocumentParser;
import org.apache.tika.sax.XHTMLContentHandler;
import org.apache.tika.utils.XMLReaderUtils;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/// Reads the content of OpenDocument texts and sheets; Tika unpacks them, and reads other
/// documents.
public final class OdfContentParser implements Parser {
  private static final long serialVersionUID = 1L;

  private final Parser other = new OpenDocumentContentParser();

  /// Returns Tika's parser of OpenDocument files with this one in it.
  public static Parser inTika() {
    var parser = new OpenDocumentParser();
    parser.setContentParser(new OdfContentParser());
    return parser;
  }

  @Override
  public Set<MediaType> getSupportedTypes(ParseContext context) {
    return Set.of();
  }

  @Override
  public void parse(
      InputStream stream, ContentHandler handler, Metadata metadata, ParseContext context)
      throws IOException, SAXException, TikaException {
    String type = String.valueOf(metadata.get(Metadata.CONTENT_TYPE));
    if (type.startsWith("application/vnd.oasis.opendocument.spreadsheet")) {
      var out = new XHTMLContentHandler(handler, metadata);
      XMLReaderUtils.parseSAX(stream, new OdsSheets(new SheetText(out)), context);
    } else if (type.startsWith("application/vnd.oasis.opendocument.text")) {
      var text =
          new WordText(
              new XHTMLContentHandler(handler, metadata), new WordStyles(), new WordNumbering());
      XMLReaderUtils.parseSAX(stream, new OdtBody(text), context);
      text.end();
    } else {
      other.parse(stream, handler, metadata, context);
    }
  }
}
