package brimful.extract.office;

import org.xml.sax.SAXException;

/// Receives the paragraphs and tables of a Word document in reading order.
interface WordSink {
  void paragraph(WordParagraph paragraph) throws SAXException;

  /// Begins a slide of a presentation; other documents have none.
  default void startSlide() throws SAXException {}

  default void endSlide() throws SAXException {}

  void startTable() throws SAXException;

  void startRow() throws SAXException;

  void startCell() throws SAXException;

  /// @param columns how many columns the cell is wide, at least 1
  void endCell(int columns) throws SAXException;

  void endRow() throws SAXException;

  void endTable() throws SAXException;
}
