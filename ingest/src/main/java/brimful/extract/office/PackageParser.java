package brimful.extract.office;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.sax.XHTMLContentHandler;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/// Reads a package of Office Open XML: its text, then what is embedded in it.
abstract class PackageParser implements Parser {
  private static final long serialVersionUID = 1L;

  private final Set<MediaType> types;
  private final String folder;

  /// @param folder of the package's parts, such as `word`
  PackageParser(String folder, Set<MediaType> types) {
    this.folder = folder;
    this.types = types;
  }

  @Override
  public final Set<MediaType> getSupportedTypes(ParseContext context) {
    return types;
  }

  @Override
  public final void parse(
      InputStream stream, ContentHandler handler, Metadata metadata, ParseContext context)
      throws IOException, SAXException, TikaException {
    TikaInputStream in = TikaInputStream.cast(stream);
    var out = new XHTMLContentHandler(handler, metadata);
    out.startDocument();
    try (var parts = new OfficePackage(in.getPath(), context)) {
      write(parts, out);
      if (hasEmbedded(parts)) {
        EmbeddedByTika.read(in, context);
      }
      EmbeddedPictures.read(parts, folder + "/media/", context);
    }
    out.endDocument();
  }

  /// Writes the text.
  abstract void write(OfficePackage parts, XHTMLContentHandler out) throws SAXException;

  /// Returns whether the package has documents of its own, and not just pictures.
  boolean hasEmbedded(OfficePackage parts) throws SAXException {
    return parts.in(folder + "/embeddings/").findAny().isPresent();
  }
}
