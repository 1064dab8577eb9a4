package brimful.extract;

import brimful.corpus.Locator;
import brimful.extract.format.MediaFormat;
import brimful.extract.format.TextWriter;
import brimful.extract.office.Xhtml;
import brimful.extract.pdf.PageLines;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/// Turns Tika's XHTML of a document into sections of readable text.
///
/// Headings become `#`, list items `-`, and a table row a line with ` | ` between its cells; empty
/// rows are dropped. Sections begin differently by format: PDF has `<div class="page">`, slides
/// have `slide` (PPT) or `slide-content` (PPTX), sheets an `<h1>` with their name (Excel) or only a
/// `<table>` (OpenDocument), which then has its number as its name.
///
/// Text above a limit is counted but not kept. Not thread-safe; one a document.
final class XhtmlText extends DefaultHandler {
  private static final Set<String> SILENT = Set.of("script", "style", "head", "noscript");
  private static final Set<String> BLOCKS =
      Set.of(
          "p",
          "div",
          "ul",
          "ol",
          "table",
          "blockquote",
          "pre",
          "section",
          "article",
          "dl",
          "header",
          "footer",
          "nav",
          "main",
          "aside",
          "form",
          "hr",
          "figure",
          "address");

  /// The most repetitions of an equal cell; a sheet's empty rest is a thousand cells wide.
  private static final int REPEATED_MAX = 100;

  private final MediaFormat format;
  private final ExtractLimits limits;
  private final Allowance allowance;
  private final List<Section> sections = new ArrayList<>();
  private final Deque<StringBuilder> cells = new ArrayDeque<>();
  private final List<String> row = new ArrayList<>();
  private TextWriter text;
  private Optional<Locator> here = Optional.empty();
  private Optional<StringBuilder> sheetName = Optional.empty();
  private SheetRows sheetRows = new SheetRows();
  private boolean named;
  private boolean hidden;
  private boolean hiddenNext;
  private int rowNumber;
  private int columns;
  private int repeated = 1;
  private int silent;
  private int lists;
  private int slides;
  private int numbered;
  private long kept;
  private long dropped;

  /// @param allowance counts every element and character
  XhtmlText(MediaFormat format, ExtractLimits limits, Allowance allowance) {
    this.format = format;
    this.limits = limits;
    this.allowance = allowance;
    this.text = new TextWriter(format.flows(), format == MediaFormat.PAGES);
  }

  /// Returns what has been written; blank sections are left out.
  List<Section> sections() {
    close();
    here = Optional.empty();
    return List.copyOf(sections);
  }

  /// Returns how many pages or slides were seen.
  int numbered() {
    return numbered;
  }

  /// Returns how many characters went in.
  long kept() {
    return kept;
  }

  /// Returns how many characters were left out by [ExtractLimits#charactersMax].
  long dropped() {
    return dropped;
  }

  /// Writes lines of our own above the document's, such as the heads of a mail.
  void line(String line) {
    text.block();
    text.write(line);
    text.block();
  }

  /// Says whether line breaks in what follows are only blanks, as in HTML.
  void flow(boolean on) {
    text.flow(on);
  }

  @Override
  public void startElement(String uri, String localName, String qName, Attributes attributes) {
    allowance.advance(1);
    String name = localName.isEmpty() ? qName : localName;
    if (silent > 0 || SILENT.contains(name)) {
      silent++;
      return;
    }
    begin(name, Optional.ofNullable(attributes.getValue("class")).orElse(""));
    switch (name) {
      case "h1", "h2", "h3", "h4", "h5", "h6" -> heading(name.charAt(1) - '0', attributes);
      case "ul", "ol" -> lists++;
      case "li" -> {
        text.line();
        String mark = Optional.ofNullable(attributes.getValue(Xhtml.MARK)).orElse("-");
        text.prefix("  ".repeat(Math.clamp(lists - 1, 0, 8)) + mark + " ");
      }
      case "tr" -> startRow(attributes);
      case "td", "th" -> startCell(attributes);
      case "br" -> write("\n", true);
      case "dt", "dd" -> text.line();
      case "pre" -> text.flow(false);
      default -> {
        // Inline elements change nothing.
      }
    }
    if (BLOCKS.contains(name)) {
      gap();
    }
  }

  @Override
  public void endElement(String uri, String localName, String qName) {
    String name = localName.isEmpty() ? qName : localName;
    if (silent > 0) {
      silent--;
      return;
    }
    switch (name) {
      case "h1", "h2", "h3", "h4", "h5", "h6" -> endHeading();
      case "ul", "ol" -> lists = Math.max(0, lists - 1);
      case "li" -> {
        text.prefix("");
        text.line();
      }
      case "dt", "dd" -> text.line();
      case "pre" -> {
        text.flow(format.flows());
        gap();
      }
      case "td", "th" -> endCell();
      case "tr" -> endRow();
      case "div" -> {
        slides = Math.max(0, slides - 1);
        gap();
      }
      default -> {
        if (BLOCKS.contains(name)) {
          gap();
        }
      }
    }
  }

  @Override
  public void characters(char[] chars, int start, int length) {
    allowance.advance(length);
    if (silent == 0) {
      write(new String(chars, start, length), false);
    }
  }

  /// Between elements this is Tika's own layout; inside a PDF's paragraph it is the line structure.
  @Override
  public void ignorableWhitespace(char[] chars, int start, int length) {
    if (silent > 0) {
      return;
    }
    if (format == MediaFormat.PAGES && cells.isEmpty()) {
      put(new String(chars, start, length));
    } else if (!cells.isEmpty()) {
      cells.peek().append(' ');
    } else {
      text.blank();
    }
  }

  private void begin(String element, String styles) {
    if (element.equals("div")) {
      boolean slide = styles.equals("slide") || (styles.equals("slide-content") && slides == 0);
      if (format == MediaFormat.PAGES && styles.equals("page")) {
        open(new Locator.Page(++numbered));
      } else if (format == MediaFormat.SLIDES && slide) {
        open(new Locator.Slide(++numbered));
      }
      slides = slides > 0 || styles.equals("slide") ? slides + 1 : 0;
    } else if (format == MediaFormat.SHEETS
        && element.equals("table")
        && !named
        && cells.isEmpty()) {
      open(new Locator.Sheet(String.valueOf(++numbered)));
    }
  }

  private void heading(int level, Attributes attributes) {
    if (format == MediaFormat.SHEETS && level == 1 && cells.isEmpty()) {
      hiddenNext = attributes.getValue(Xhtml.HIDDEN) != null;
      sheetName = Optional.of(new StringBuilder());
    } else {
      text.block();
      text.prefix("#".repeat(level) + " ");
    }
  }

  private void endHeading() {
    if (sheetName.isPresent()) {
      String name = sheetName.get().toString().replaceAll("\\p{Cntrl}+", " ").strip();
      sheetName = Optional.empty();
      named = true;
      numbered++;
      open(new Locator.Sheet(name.isBlank() ? String.valueOf(numbered) : name));
      hidden = hiddenNext;
    } else {
      text.prefix("");
      text.block();
    }
  }

  private void startRow(Attributes attributes) {
    if (cells.isEmpty()) {
      rowNumber = number(attributes, Xhtml.ROW);
      columns = number(attributes, Xhtml.COLUMNS);
      text.line();
      row.clear();
    }
  }

  private void startCell(Attributes attributes) {
    // OpenDocument sheets use it for repeated cells; in other documents a cell is only wide.
    Optional<String> span =
        Optional.ofNullable(attributes.getValue("colspan"))
            .filter(
                value -> format == MediaFormat.SHEETS && !named && value.matches("[1-9]\\d{0,4}"));
    repeated = Math.min(REPEATED_MAX, span.map(Integer::parseInt).orElse(1));
    cells.push(new StringBuilder());
  }

  private void endCell() {
    if (cells.isEmpty()) {
      return;
    }
    String cell = cells.pop().toString().replaceAll("\\s+", " ").strip();
    if (cells.isEmpty()) {
      row.addAll(Collections.nCopies(repeated, cell));
      repeated = 1;
    } else {
      cells.peek().append(' ').append(cell);
    }
  }

  private void endRow() {
    if (!cells.isEmpty()) {
      return;
    }
    while (!row.isEmpty() && row.getLast().isEmpty()) {
      row.removeLast();
    }
    if (!row.isEmpty() && rowNumber > 0 && here.isPresent()) {
      putRow();
    } else if (!row.isEmpty()) {
      put(String.join(" | ", row));
      text.line();
    }
    row.clear();
  }

  private void putRow() {
    String line = PlainText.normal(String.join(" | ", row)).replace('\n', ' ');
    if (here.get() instanceof Locator.Sheet sheet && take(line.length())) {
      sheetRows.add(sheet.name(), row, line, rowNumber, columns);
    }
  }

  private static int number(Attributes attributes, String name) {
    String value = attributes.getValue(name);
    return value == null ? 0 : Integer.parseInt(value);
  }

  private void gap() {
    if (!cells.isEmpty()) {
      cells.peek().append(' ');
    } else if (format == MediaFormat.SLIDES || lists > 0) {
      text.line();
    } else {
      text.block();
    }
  }

  private void write(String characters, boolean lineBreak) {
    if (sheetName.isPresent()) {
      sheetName.get().append(characters);
    } else if (!cells.isEmpty()) {
      if (cells.peek().length() < limits.charactersMax()) {
        cells.peek().append(characters);
      }
    } else if (lineBreak) {
      text.line();
    } else {
      put(characters);
    }
  }

  private void put(String characters) {
    if (here.isEmpty() && !characters.isBlank()) {
      here = first();
    }
    if (numbered > limits.pagesMax() && format != MediaFormat.SHEETS) {
      return;
    }
    if (take(characters.length())) {
      text.write(PlainText.normal(characters));
    }
  }

  /// Counts characters, and returns whether they may still be kept.
  private boolean take(int characters) {
    boolean fits = kept + characters <= limits.charactersMax();
    if (fits) {
      kept += characters;
    } else {
      dropped += characters;
    }
    return fits;
  }

  /// Returns where text stands that comes before any page, slide or sheet.
  private Optional<Locator> first() {
    return switch (format) {
      case PAGES -> Optional.of(new Locator.Page(Math.max(1, numbered)));
      case SLIDES -> Optional.of(new Locator.Slide(Math.max(1, numbered)));
      case SHEETS -> Optional.of(new Locator.Sheet(String.valueOf(Math.max(1, numbered))));
      default -> Optional.empty();
    };
  }

  private void open(Locator next) {
    if (here.isPresent() && here.get().equals(next)) {
      return;
    }
    close();
    here = Optional.of(next);
  }

  private void close() {
    String done = format == MediaFormat.PAGES ? PageLines.dense(text.text()) : text.text();
    if (!sheetRows.isEmpty() && here.orElse(null) instanceof Locator.Sheet sheet) {
      sections.add(sheetRows.section(sheet, hidden, done));
      sheetRows = new SheetRows();
    } else if (!done.isBlank()) {
      sections.add(
          new Section(here.orElseGet(() -> new Locator.Lines(1, PlainText.lines(done))), done));
    }
    text = new TextWriter(format.flows(), format == MediaFormat.PAGES);
  }
}
