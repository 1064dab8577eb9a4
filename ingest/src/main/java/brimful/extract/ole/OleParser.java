package brimful.extract.ole;

import brimful.extract.office.Xhtml;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.poi.hwpf.HWPFOldDocument;
import org.apache.poi.hwpf.extractor.Word6Extractor;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.util.LittleEndian;
import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.microsoft.OfficeParser;
import org.apache.tika.sax.ContentHandlerDecorator;
import org.apache.tika.sax.XHTMLContentHandler;
import org.xml.sax.Attributes;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/// Tika's parser of OLE files, such as DOC and MSG, with the tables of Word 6 and 95 as tables, and
/// mails in the code pages in which they are.
public final class OleParser extends OfficeParser {
  private static final long serialVersionUID = 1L;

  private static final String WORD = "WordDocument";
  private static final int VERSION_AT = 2;
  private static final int HEAD_BYTES = 4;

  /// Where POI draws the line.
  private static final int VERSION_97_MIN = 106;

  public OleParser() {
    // The head of a mail is written once, above its text.
    setWriteSelectHeadersInBody(false);
  }

  @Override
  protected void parse(
      DirectoryNode root, ParseContext context, Metadata metadata, XHTMLContentHandler xhtml)
      throws IOException, SAXException, TikaException {
    if (isOldWord(root)) {
      metadata.set(Metadata.CONTENT_TYPE, "application/msword");
      // Neither is closed: that would close the file, which other documents may lie in.
      var text = new Word6Extractor(new HWPFOldDocument(root));
      write(OldWordText.rows(String.join("", text.getParagraphText())), xhtml);
    } else if (root.hasEntry(WORD)) {
      super.parse(root, context, metadata, new WordSigns(xhtml, metadata));
    } else {
      super.parse(OutlookStrings.inUnicode(root), context, metadata, xhtml);
    }
  }

  /// Leaves out the signs that stand in a Word document for a note, a comment or an object, which
  /// Tika takes for characters that XML cannot have.
  private static final class WordSigns extends XHTMLContentHandler {
    WordSigns(XHTMLContentHandler to, Metadata metadata) {
      super(new WithoutHead(to), metadata);
    }

    @Override
    protected void writeReplacement(Output output) {
      // They are no text.
    }
  }

  /// Leaves out a head: the document has one already.
  private static final class WithoutHead extends ContentHandlerDecorator {
    private boolean inHead;

    WithoutHead(ContentHandler to) {
      super(to);
    }

    @Override
    public void startElement(String uri, String name, String qName, Attributes attributes)
        throws SAXException {
      inHead |= name.equals("head");
      if (!inHead) {
        super.startElement(uri, name, qName, attributes);
      }
    }

    @Override
    public void endElement(String uri, String name, String qName) throws SAXException {
      if (!inHead) {
        super.endElement(uri, name, qName);
      }
      inHead &= !name.equals("head");
    }

    @Override
    public void characters(char[] chars, int start, int length) throws SAXException {
      if (!inHead) {
        super.characters(chars, start, length);
      }
    }

    @Override
    public void ignorableWhitespace(char[] chars, int start, int length) throws SAXException {
      if (!inHead) {
        super.ignorableWhitespace(chars, start, length);
      }
    }
  }

  private static boolean isOldWord(DirectoryNode root) throws IOException {
    if (!root.hasEntry(WORD)) {
      return false;
    }
    try (InputStream in = root.createDocumentInputStream(WORD)) {
      byte[] head = in.readNBytes(HEAD_BYTES);
      return head.length == HEAD_BYTES && LittleEndian.getUShort(head, VERSION_AT) < VERSION_97_MIN;
    }
  }

  private static void write(List<OldWordText.Row> rows, XHTMLContentHandler xhtml)
      throws SAXException {
    boolean open = false;
    for (OldWordText.Row row : rows) {
      if (row.table() != open) {
        if (open) {
          xhtml.endElement("table");
        } else {
          xhtml.startElement("table");
        }
        open = row.table();
      }
      if (!row.table()) {
        xhtml.startElement("p");
        Xhtml.lines(xhtml, row.cells().getFirst());
        xhtml.endElement("p");
        continue;
      }
      xhtml.startElement("tr");
      for (String cell : row.cells()) {
        xhtml.element("td", cell);
      }
      xhtml.endElement("tr");
    }
    if (open) {
      xhtml.endElement("table");
    }
  }
}
