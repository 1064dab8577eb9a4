package brimful.pack;

import brimful.corpus.Markup;

/// How a window is written.
///
/// In every format document text is neutralised ([brimful.corpus.Markup#neutral]), every piece
/// starts with neither whitespace nor a slash and ends with a line break, and so token counts add
/// up.
public enum Format {
  /// Tagged, as [brimful.corpus.Markup] writes it: the form that chunks are counted in at ingest,
  /// so packing needs no text to choose.
  XML,

  /// Headings, and code in fences that are longer than any within.
  MARKDOWN,

  /// One valid JSON object, one chunk a line.
  JSON;

  /// @param markup of the tokenizer that counts what is written
  Renderer renderer(Markup markup) {
    return switch (this) {
      case XML -> new XmlRenderer(markup);
      case MARKDOWN -> new MarkdownRenderer(markup);
      case JSON -> new JsonRenderer(markup);
    };
  }
}
