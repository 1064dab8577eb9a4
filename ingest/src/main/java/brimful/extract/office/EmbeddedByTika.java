package brimful.extract.office;

import java.io.IOException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// Hands over what is embedded in an Office document as Tika does, without Tika's text of it.
final class EmbeddedByTika {
  private EmbeddedByTika() {}

  static void read(TikaInputStream in, ParseContext context) throws IOException, SAXException {
    Losses losses = Losses.of(context);
    losses.part();
    try {
      new OOXMLParser().parse(in, new DefaultHandler(), new Metadata(), context);
    } catch (TikaException | RuntimeException e) {
      losses.lost("embedded documents", e);
    }
  }
}
