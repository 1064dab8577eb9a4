package brimful.extract.office;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.microsoft.OfficeParser;
import org.apache.tika.sax.XHTMLContentHandler;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// Reads XLS with the numbers of rows.
///
/// Tika reads what is embedded in it, and the whole of a large, an older or a damaged workbook.
public final class XlsParser implements Parser {
  private static final long serialVersionUID = 1L;

  /// POI holds the whole workbook, at many times its size.
  private static final long BYTES_MAX = 20L << 20;

  @Override
  public Set<MediaType> getSupportedTypes(ParseContext context) {
    return Set.of(MediaType.application("vnd.ms-excel"));
  }

  @Override
  public void parse(
      InputStream stream, ContentHandler handler, Metadata metadata, ParseContext context)
      throws IOException, SAXException, TikaException {
    TikaInputStream in = TikaInputStream.cast(stream);
    Optional<HSSFWorkbook> workbook = open(in);
    if (workbook.isEmpty()) {
      new OfficeParser().parse(in, handler, metadata, context);
      return;
    }
    // It is not closed here: that would close the file, which others of its workbooks lie in.
    HSSFWorkbook open = workbook.get();
    var out = new XHTMLContentHandler(handler, metadata);
    out.startDocument();
    new XlsSheets(open, new SheetText(out), Losses.of(context)).write();
    out.endDocument();
    if (open.getDirectory().getEntryNames().stream().anyMatch(name -> name.startsWith("MBD"))) {
      new OfficeParser().parse(in, new DefaultHandler(), new Metadata(), context);
    }
  }

  private static Optional<HSSFWorkbook> open(TikaInputStream in) throws IOException {
    try {
      if (in.getOpenContainer() instanceof DirectoryNode node) {
        return Optional.of(new HSSFWorkbook(node, true));
      }
      if (in.getLength() > BYTES_MAX) {
        return Optional.empty();
      }
      if (!(in.getOpenContainer() instanceof POIFSFileSystem)) {
        in.setOpenContainer(new POIFSFileSystem(in.getFile(), true));
      }
      var files = (POIFSFileSystem) in.getOpenContainer();
      return Optional.of(new HSSFWorkbook(files.getRoot(), true));
    } catch (org.apache.poi.EncryptedDocumentException e) {
      throw e;
    } catch (RuntimeException | IOException e) {
      // Tika's parser reads what it can of it, or says what is wrong.
      return Optional.empty();
    }
  }
}
