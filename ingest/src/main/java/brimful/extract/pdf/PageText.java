package brimful.extract.pdf;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
/// [Columns] finds columns that are drawn row by row, [RightToLeft] mends Arabic and Hebrew lines,
/// [TableRows] keeps empty cells. Not thread-safe; one a document.
final class PageText extends PDFTextStripper {
  private static final String XHTML = "http://www.w3.org/1999/xhtml";
  private static final String PARAGRAPH = "p";

  private static final Pattern INVALID =
      Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff\\p{Cs}]");

  /// What a page is made of, in the order in which it is written.
  private enum Kind {
    START,
    LINE,
    BREAK,
    END
  }

  private record Part(Kind kind, TextLine line) {
    Part(Kind kind) {
      this(kind, TextLine.NONE);
    }
  }

  private final ContentHandler handler;
  private final List<Part> parts = new ArrayList<>();
  private final List<TextLine.Word> words = new ArrayList<>();
  private boolean upright = true;
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
    words.clear();
    parts.clear();
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
    endLine();
    write(rightToLeft ? parts : joined(parts));
    parts.clear();
  }

  @Override
  protected void writeString(String text, List<TextPosition> positions) {
    TextPosition first = positions.getFirst();
    TextPosition last = positions.getLast();
    upright = (words.isEmpty() || upright) && first.getDir() == 0;
    words.add(
        new TextLine.Word(
            text,
            first.getX(),
            last.getX() + last.getWidth(),
            first.getY(),
            Math.max(1, first.getFontSizeInPt()),
            Math.abs(first.getYScale())));
  }

  @Override
  protected void writeWordSeparator() {
    // A line is written as a whole.
  }

  @Override
  protected void writeLineSeparator() {
    endLine();
    parts.add(new Part(Kind.BREAK));
  }

  @Override
  protected void writeParagraphStart() throws IOException {
    super.writeParagraphStart();
    parts.add(new Part(Kind.START));
  }

  @Override
  protected void writeParagraphEnd() throws IOException {
    endLine();
    super.writeParagraphEnd();
    parts.add(new Part(Kind.END));
  }

  @Override
  protected void endArticle() throws IOException {
    endLine();
    super.endArticle();
  }

  private void endLine() {
    if (!words.isEmpty()) {
      parts.add(new Part(Kind.LINE, new TextLine(words, upright)));
      words.clear();
    }
  }

  /// Joins the lines that only go on with the one before; what was between them goes.
  private static List<Part> joined(List<Part> page) {
    List<Part> joined = new ArrayList<>();
    int at = -1;
    boolean shifted = false;
    for (Part part : page) {
      if (part.kind != Kind.LINE) {
        joined.add(part);
        continue;
      }
      TextLine line = at < 0 ? TextLine.NONE : joined.get(at).line;
      boolean goesOn = shifted && ShiftedText.goesOn(line, part.line);
      shifted = !goesOn && ShiftedText.isPiece(line, part.line);
      if (goesOn || shifted) {
        TextLine whole =
            goesOn ? ShiftedText.joined(line, part.line) : ShiftedText.withPiece(line, part.line);
        joined.subList(at, joined.size()).clear();
        joined.add(new Part(Kind.LINE, whole));
      } else {
        at = joined.size();
        joined.add(part);
      }
    }
    return joined;
  }

  private void write(List<Part> page) throws IOException {
    List<TextLine> lines =
        page.stream().filter(part -> part.kind == Kind.LINE).map(Part::line).toList();
    Map<Integer, String> rows = rightToLeft ? Map.of() : TableRows.of(lines);
    int at = 0;
    try {
      for (Part part : page) {
        switch (part.kind) {
          case START -> handler.startElement(XHTML, PARAGRAPH, PARAGRAPH, new AttributesImpl());
          case LINE -> {
            String row = rows.get(at++);
            characters(row == null ? text(part.line) : row);
          }
          case BREAK -> handler.ignorableWhitespace(new char[] {'\n'}, 0, 1);
          case END -> handler.endElement(XHTML, PARAGRAPH, PARAGRAPH);
        }
      }
    } catch (SAXException e) {
      throw new IOException(e);
    }
  }

  private String text(TextLine line) {
    return String.join(getWordSeparator(), RightToLeft.asRead(line.texts(), rightToLeft));
  }

  private void characters(String text) throws SAXException {
    char[] valid = valid(text).toCharArray();
    handler.characters(valid, 0, valid.length);
  }

  /// Control characters come from fonts that do not say what their signs mean; something stands
  /// there.
  private static String valid(String text) {
    return INVALID.matcher(text).replaceAll("\ufffd");
  }
}
