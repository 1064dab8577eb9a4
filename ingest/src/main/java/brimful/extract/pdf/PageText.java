package brimful.extract.pdf;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;

/// Writes a page's text as XHTML: a `p` for each paragraph, with its lines as they stand.
///
/// Text comes in the order in which the page draws it, which is the reading order of most pages.
/// [Columns] finds columns that are drawn row by row, [RightToLeft] mends Arabic and Hebrew lines.
/// Not thread-safe; one a document.
final class PageText extends PDFTextStripper {
  private static final String XHTML = "http://www.w3.org/1999/xhtml";
  private static final String PARAGRAPH = "p";

  private static final Pattern INVALID =
      Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff\\p{Cs}]");

  private final ContentHandler handler;
  private final List<String> line = new ArrayList<>();
  private boolean rightToLeft;

  PageText(ContentHandler handler) {
    this.handler = handler;
    // It loses letters of some filings; a second look asks for it where a page needs it.
    setSuppressDuplicateOverlappingText(false);
  }

  /// Writes one page.
  void read(PDDocument from, PDPage page) throws IOException {
    document = from;
    output = Writer.nullWriter();
    line.clear();
    if (page.hasContents()) {
      processPage(page);
    }
  }

  @Override
  protected void writePage() throws IOException {
    rightToLeft = charactersByArticle.stream().anyMatch(RightToLeft::leads);
    for (int i = 0; i < charactersByArticle.size(); i++) {
      List<TextPosition> drawn = charactersByArticle.get(i);
      charactersByArticle.set(i, RightToLeft.asSeen(Columns.inReadingOrder(drawn)));
    }
    super.writePage();
  }

  @Override
  protected void writeString(String text, List<TextPosition> positions) {
    line.add(text);
  }

  @Override
  protected void writeWordSeparator() {
    // A line is written as a whole.
  }

  @Override
  protected void writeLineSeparator() throws IOException {
    endLine();
    write("\n", false);
  }

  @Override
  protected void writeParagraphStart() throws IOException {
    super.writeParagraphStart();
    try {
      handler.startElement(XHTML, PARAGRAPH, PARAGRAPH, new AttributesImpl());
    } catch (SAXException e) {
      throw new IOException(e);
    }
  }

  @Override
  protected void writeParagraphEnd() throws IOException {
    endLine();
    super.writeParagraphEnd();
    try {
      handler.endElement(XHTML, PARAGRAPH, PARAGRAPH);
    } catch (SAXException e) {
      throw new IOException(e);
    }
  }

  @Override
  protected void endArticle() throws IOException {
    endLine();
    super.endArticle();
  }

  private void endLine() throws IOException {
    if (!line.isEmpty()) {
      write(valid(String.join(getWordSeparator(), RightToLeft.asRead(line, rightToLeft))), true);
      line.clear();
    }
  }

  /// Control characters come from fonts that do not say what their signs mean; something stands
  /// there.
  private static String valid(String text) {
    return INVALID.matcher(text).replaceAll("\ufffd");
  }

  private void write(String characters, boolean text) throws IOException {
    try {
      if (text) {
        handler.characters(characters.toCharArray(), 0, characters.length());
      } else {
        handler.ignorableWhitespace(characters.toCharArray(), 0, characters.length());
      }
    } catch (SAXException e) {
      throw new IOException(e);
    }
  }
}
