package brimful.extract.office;

import brimful.extract.format.MathText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/// Reads the content of OpenDocument texts, presentations and sheets; Tika unpacks them, and reads
/// other documents.
public final class OdfContentParser implements Parser {
  private static final Pattern FORMULA = Pattern.compile("(.+)/content\\.xml");
  private static final int FORMULA_BYTES_MAX = 1 << 20;

  /// What the content of a document refers to in other parts.
  ///
  /// @param formulas by the folder in which they are
  private record Parts(OdtStyles styles, Map<String, String> formulas) {}

  /// Tika's parser of OpenDocument files, which gets what the content refers to.
  private static final class Whole extends OpenDocumentParser {
    private static final long serialVersionUID = 1L;

    @Override
    public void parse(
        InputStream stream, ContentHandler handler, Metadata metadata, ParseContext context)
        throws IOException, SAXException, TikaException {
      if (stream instanceof TikaInputStream in) {
        context.set(Parts.class, parts(in.getPath(), context));
      }
      super.parse(stream, handler, metadata, context);
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

  /// Returns what can be read of it; whoever reads the document says what is broken.
  private static Parts parts(Path file, ParseContext context) {
    var styles = new OdtStyles();
    Map<String, String> formulas = new HashMap<>();
    try (var zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry("styles.xml");
      if (entry != null) {
        XMLReaderUtils.parseSAX(zip.getInputStream(entry), styles, context);
      }
      for (ZipEntry part : Collections.list(zip.entries())) {
        Matcher formula = FORMULA.matcher(part.getName());
        if (formula.matches() && part.getSize() <= FORMULA_BYTES_MAX) {
          String text = MathText.of(zip.getInputStream(part).readNBytes(FORMULA_BYTES_MAX));
          formulas.put(formula.group(1), text);
        }
      }
    } catch (IOException | SAXException | TikaException e) {
      return new Parts(styles, formulas);
    }
    return new Parts(styles, formulas);
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
      Parts parts = context.get(Parts.class, new Parts(new OdtStyles(), Map.of()));
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
