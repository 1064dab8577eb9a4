package brimful.extract.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.RandomAccessStreamCache.StreamCacheCreateFunction;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.pdf.PDFParser;
import org.apache.tika.sax.ContentHandlerDecorator;
import org.xml.sax.Attributes;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/// Tika's PDF parser with our own reading of the pages' text.
///
/// Tika reads attachments, forms, annotations and bookmarks; it has no place for a reader of pages
/// of our own, and its own does not know where on a page a line stands. So when Tika begins a page,
/// [PageText] writes the page's text, and the page is without contents until Tika has ended it.
/// Each page is therefore read once. Thread-safe.
public final class PdfParser extends PDFParser {
  private static final long serialVersionUID = 1;

  @Override
  public void parse(
      InputStream stream, ContentHandler handler, Metadata metadata, ParseContext context)
      throws IOException, SAXException, TikaException {
    var pages = new Pages(handler);
    Pages outer = context.get(Pages.class);
    context.set(Pages.class, pages);
    try {
      super.parse(stream, pages, metadata, context);
    } finally {
      context.set(Pages.class, outer);
    }
    if (pages.damage.isPresent()) {
      throw new TikaException("Unable to extract PDF content", pages.damage.get());
    }
  }

  @Override
  protected PDDocument getPDDocument(
      InputStream stream,
      String password,
      StreamCacheCreateFunction cache,
      Metadata metadata,
      ParseContext context)
      throws IOException {
    return opened(super.getPDDocument(stream, password, cache, metadata, context), context);
  }

  @Override
  protected PDDocument getPDDocument(
      Path path,
      String password,
      StreamCacheCreateFunction cache,
      Metadata metadata,
      ParseContext context)
      throws IOException {
    return opened(super.getPDDocument(path, password, cache, metadata, context), context);
  }

  private static PDDocument opened(PDDocument document, ParseContext context) {
    PageTree.cutLoops(document);
    context.get(Pages.class).document = Optional.of(document);
    return document;
  }

  /// Writes each page's text where Tika begins the page.
  private static final class Pages extends ContentHandlerDecorator {
    private final PageText text;
    private Optional<PDDocument> document = Optional.empty();
    private Optional<Iterator<PDPage>> rest = Optional.empty();
    private Optional<IOException> damage = Optional.empty();
    private Optional<PDPage> open = Optional.empty();
    private Optional<COSBase> contents = Optional.empty();

    Pages(ContentHandler handler) {
      super(handler);
      text = new PageText(handler);
    }

    @Override
    public void startElement(String uri, String localName, String name, Attributes attributes)
        throws SAXException {
      boolean page = localName.equals("div") && "page".equals(attributes.getValue("class"));
      if (page) {
        putBack();
      }
      super.startElement(uri, localName, name, attributes);
      if (page && document.isPresent()) {
        begin();
      }
    }

    private void begin() throws SAXException {
      if (rest.isEmpty()) {
        rest = document.map(open -> open.getPages().iterator());
      }
      if (!rest.get().hasNext()) {
        return;
      }
      PDPage page = rest.get().next();
      try {
        text.read(document.get(), page);
      } catch (IOException e) {
        if (e.getCause() instanceof SAXException cause) {
          throw cause;
        }
        damage = damage.or(() -> Optional.of(e));
      }
      open = Optional.of(page);
      contents = Optional.ofNullable(page.getCOSObject().getItem(COSName.CONTENTS));
      page.getCOSObject().removeItem(COSName.CONTENTS);
    }

    /// Gives the last page its contents again: a document may list a page twice.
    private void putBack() {
      open.ifPresent(
          page -> contents.ifPresent(item -> page.getCOSObject().setItem(COSName.CONTENTS, item)));
      open = Optional.empty();
    }
  }
}
