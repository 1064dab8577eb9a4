package brimful.extract.office;

import brimful.extract.format.MathText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.odf.OpenDocumentContentParser;
import org.apache.tika.parser.odf.OpenDocumentParser;
import org.apache.tika.sax.XHTMLContentHandler;
import org.apache.tika.utils.XMLReaderUtils;
import org.jspecify.annotations.Nullable;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/// Reads the content of OpenDocument texts, presentations and sheets; Tika unpacks them, and reads
/// other documents.
public final class OdfContentParser implements Parser {
  /// For all of a document.
  private static final int FORMULA_BYTES_MAX = 4 << 20;

  /// What the content of a document refers to in other parts.
  ///
  /// @param formulas by the folder in which they are; empty if there is none
  private record Parts(OdtStyles styles, UnaryOperator<String> formulas) {}

  /// The formulas of a document, each of which is read when the content names it.
  private static final class Formulas {
    private final ZipFile zip;
    private int left = FORMULA_BYTES_MAX;

    Formulas(ZipFile zip) {
      this.zip = zip;
    }

    String text(String folder) {
      ZipEntry part = zip.getEntry(folder + "/content.xml");
      if (part == null || part.getSize() > left) {
        return "";
      }
      try (InputStream in = zip.getInputStream(part)) {
        byte[] formula = in.readNBytes(left);
        left -= formula.length;
        return MathText.of(formula);
      } catch (IOException e) {
        return "";
      }
    }
  }

  /// Tika's parser of OpenDocument files, which gets what the content refers to.
  private static final class Whole extends OpenDocumentParser {
    private static final long serialVersionUID = 1L;

    @Override
    public void parse(
        InputStream stream, ContentHandler handler, Metadata metadata, ParseContext context)
        throws IOException, SAXException, TikaException {
      if (!(stream instanceof TikaInputStream in)) {
        super.parse(stream, handler, metadata, context);
        return;
      }
      try (ZipFile zip = zip(in.getPath())) {
        context.set(
            Parts.class, zip == null ? new Parts(new OdtStyles(), _ -> "") : parts(zip, context));
        super.parse(stream, handler, metadata, context);
      }
    }
  }

  private static final long serialVersionUID = 1L;

  private final Parser other = new OpenDocumentContentParser();

  /// Returns Tika's parser of OpenDocument files with this one in it.
  public static Parser inTika() {
    var parser = new Whole();
    parser.setContentParser(new OdfContentParser());
    return parser;
  }

  /// Returns the file; null if it is broken, and whoever reads the document says so.
  private static @Nullable ZipFile zip(Path file) {
    try {
      return new ZipFile(file.toFile());
    } catch (IOException e) {
      return null;
    }
  }

  /// Returns what can be read of it.
  private static Parts parts(ZipFile zip, ParseContext context) {
    var styles = new OdtStyles();
    var parts = new Parts(styles, new Formulas(zip)::text);
    try {
      ZipEntry entry = zip.getEntry("styles.xml");
      if (entry != null) {
        XMLReaderUtils.parseSAX(zip.getInputStream(entry), styles, context);
      }
    } catch (IOException | SAXException | TikaException e) {
      return parts;
    }
    return parts;
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
    } else if (type.matches("application/vnd\\.oasis\\.opendocument\\.(?:text|presentation).*")) {
      Parts parts = context.get(Parts.class, new Parts(new OdtStyles(), _ -> ""));
      boolean slides = type.contains("presentation");
      var text =
          new WordText(
              new XHTMLContentHandler(handler, metadata), new WordStyles(), new WordNumbering());
      XMLReaderUtils.parseSAX(
          stream, new OdtBody(text, slides, parts.styles(), parts.formulas()), context);
      text.end();
    } else {
      other.parse(stream, handler, metadata, context);
    }
  }
}
