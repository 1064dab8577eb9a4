package brimful.extract.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.microsoft.rtf.RTFParser;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/// Tika's parser of RTF, without what tracked changes deleted, and for files without `\pard`.
public final class RichTextParser extends RTFParser {
  private static final long serialVersionUID = 1L;

  @Override
  public void parse(
      InputStream stream, ContentHandler handler, Metadata metadata, ParseContext context)
      throws IOException, SAXException, TikaException {
    super.parse(new RichTextStream(new BufferedInputStream(stream)), handler, metadata, context);
  }
}
