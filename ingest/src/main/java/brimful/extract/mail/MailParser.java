package brimful.extract.mail;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.apache.james.mime4j.MimeException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentUtil;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/// Parses a mail, and a page that a browser saved as one (MHTML).
///
/// Tika's own parser leaves out texts that are marked `inline`, believes wrong charsets, and loses
/// headers that contain raw bytes, in any encoding, instead of encoded words.
public final class MailParser implements Parser {
  private static final long serialVersionUID = 1L;

  @Override
  public Set<MediaType> getSupportedTypes(ParseContext context) {
    return Set.of(MediaType.parse("message/rfc822"), MediaType.parse("multipart/related"));
  }

  @Override
  public void parse(
      InputStream stream, ContentHandler handler, Metadata metadata, ParseContext context)
      throws IOException, SAXException, TikaException {
    var reader =
        new MailReader(
            handler,
            EmbeddedDocumentUtil.getEmbeddedDocumentExtractor(context),
            isMember(metadata.get(TikaCoreProperties.RESOURCE_NAME_KEY)));
    try {
      reader.read(new MailHeaderStream(MailStart.skipped(stream)));
    } catch (MimeException e) {
      throw new TikaException("not a mail: " + e.getMessage(), e);
    }
  }

  private static boolean isMember(String id) {
    return id != null && id.contains("!/");
  }
}
