package brimful.extract.office;

import java.io.IOException;
import java.io.InputStream;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// Hands over what is embedded in an Office document as Tika does, without Tika's text of it.
///
/// The pictures that [EmbeddedPictures] reads are left to it: Tika does not tell their slides. For
/// one document.
final class EmbeddedByTika implements EmbeddedDocumentExtractor {
  private final EmbeddedDocumentExtractor extractor;

  private EmbeddedByTika(EmbeddedDocumentExtractor extractor) {
    this.extractor = extractor;
  }

  static void read(TikaInputStream in, ParseContext context) throws IOException, SAXException {
    EmbeddedDocumentExtractor extractor = context.get(EmbeddedDocumentExtractor.class);
    if (extractor == null) {
      return;
    }
    Losses losses = Losses.of(context);
    losses.part();
    try {
      context.set(EmbeddedDocumentExtractor.class, new EmbeddedByTika(extractor));
      new OOXMLParser().parse(in, new DefaultHandler(), new Metadata(), context);
    } catch (TikaException | RuntimeException e) {
      losses.lost("embedded documents", e);
    } finally {
      context.set(EmbeddedDocumentExtractor.class, extractor);
    }
  }

  @Override
  public boolean shouldParseEmbedded(Metadata metadata) {
    return !EmbeddedPictures.isPicture(metadata) && extractor.shouldParseEmbedded(metadata);
  }

  @Override
  public void parseEmbedded(
      InputStream stream, ContentHandler handler, Metadata metadata, boolean outputHtml)
      throws IOException, SAXException {
    extractor.parseEmbedded(stream, handler, metadata, outputHtml);
  }
}
