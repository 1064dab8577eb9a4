package brimful.extract.mail;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.extractor.EmbeddedDocumentUtil;
import org.apache.tika.metadata.HttpHeaders;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/// Parses a [Mailbox]: each mail is a member. Tika's own parser decodes the mails as Windows-1252
/// and encodes them again, which loses bytes.
public final class MailboxParser implements Parser {
  private static final long serialVersionUID = 1L;

  @Override
  public Set<MediaType> getSupportedTypes(ParseContext context) {
    return Set.of(MediaType.application("mbox"));
  }

  @Override
  public void parse(
      InputStream stream, ContentHandler handler, Metadata metadata, ParseContext context)
      throws IOException, SAXException {
    EmbeddedDocumentExtractor extractor =
        EmbeddedDocumentUtil.getEmbeddedDocumentExtractor(context);
    var mailbox = new Mailbox(stream);
    while (mailbox.next()) {
      var mail = new Metadata();
      mail.set(HttpHeaders.CONTENT_TYPE, "message/rfc822");
      mail.set(
          TikaCoreProperties.EMBEDDED_RESOURCE_TYPE,
          TikaCoreProperties.EmbeddedResourceType.ATTACHMENT.toString());
      extractor.parseEmbedded(mailbox.mail(), handler, mail, false);
    }
  }
}
