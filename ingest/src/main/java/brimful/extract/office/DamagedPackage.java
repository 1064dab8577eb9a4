package brimful.extract.office;

import brimful.extract.archive.SalvagedZip;
import brimful.extract.format.FileHeader;
import brimful.extract.format.HtmlPage;
import brimful.extract.format.LenientXml;
import brimful.source.FileHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.sax.XHTMLContentHandler;
import org.apache.tika.utils.XMLReaderUtils;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// The text of a damaged document that is a zip of XML parts: DOCX, XLSX, PPTX, OpenDocument, EPUB.
///
/// For the second try, after a reader of whole documents gave less than it should. Members come
/// from [SalvagedZip], and XML that is not well-formed from [LenientXml]; which document it is,
/// their names tell. Embedded documents are not looked for. For one document; not thread-safe.
public final class DamagedPackage {
  /// Larger parts are read as far as they are well-formed.
  private static final int MENDED_BYTES_MAX = 16 << 20;

  private static final Pattern XML = Pattern.compile(".*\\.(?:xml|rels)");
  private static final Pattern PAGE = Pattern.compile(".*\\.x?html?");

  private final Map<String, byte[]> parts = new HashMap<>();
  private final ParseContext context;
  private boolean damaged;

  /// @param context one that no other reader uses
  public DamagedPackage(Path file, ParseContext context) throws IOException {
    this.context = context;
    var zip = SalvagedZip.of(file);
    damaged = zip.isDamaged();
    for (Map.Entry<String, byte[]> member : zip.members().entrySet()) {
      String name = OfficePackage.key(member.getKey());
      parts.put(name, mended(name, member.getValue()));
    }
  }

  /// Returns whether a file begins as zips do, or has a member of one in its first bytes.
  public static boolean isZip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return FileHeader.isLateZip(
          new String(in.readNBytes(FileHead.BYTES), StandardCharsets.ISO_8859_1));
    }
  }

  private byte[] mended(String name, byte[] bytes) throws IOException {
    if (!XML.matcher(name).matches()) {
      return bytes;
    }
    try {
      XMLReaderUtils.parseSAX(new ByteArrayInputStream(bytes), new DefaultHandler(), context);
      return bytes;
    } catch (SAXException | IOException | TikaException e) {
      damaged = true;
      return bytes.length > MENDED_BYTES_MAX ? bytes : LenientXml.mended(bytes);
    }
  }

  /// Returns whether anything is broken: a member, its XML, or the zip's directory.
  public boolean isDamaged() {
    return damaged;
  }

  /// Writes the text as XHTML.
  ///
  /// @param metadata tells the type, as detected
  public void write(ContentHandler handler, Metadata metadata)
      throws IOException, SAXException, TikaException {
    var out = new XHTMLContentHandler(handler, metadata);
    out.startDocument();
    if (has("word/")) {
      new WordParser().write(new OfficePackage(parts, context), out);
    } else if (has("xl/")) {
      new XlsxParser().write(new OfficePackage(parts, context), out);
    } else if (has("ppt/")) {
      new PptxParser().write(new OfficePackage(parts, context), out);
    } else if (parts.containsKey("content.xml")) {
      var content = new ByteArrayInputStream(parts.get("content.xml"));
      new OdfContentParser().parse(content, out, metadata, context);
    } else {
      pages(out);
    }
    out.endDocument();
  }

  private boolean has(String folder) {
    return parts.keySet().stream().anyMatch(name -> name.startsWith(folder));
  }

  /// Writes the pages of a book in the order of their names: its own table of them may be lost.
  private void pages(XHTMLContentHandler out) throws SAXException {
    for (Map.Entry<String, byte[]> part : new TreeMap<>(parts).entrySet()) {
      if (PAGE.matcher(part.getKey()).matches()) {
        HtmlPage.of(part.getValue(), "").write(out);
      }
    }
  }
}
