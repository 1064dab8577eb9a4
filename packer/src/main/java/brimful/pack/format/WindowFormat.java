package brimful.pack.format;

import brimful.corpus.Markup;

/// The format of a window.
///
/// Every format neutralises document text ([brimful.corpus.Markup#neutral]). Every piece starts
/// with neither whitespace nor a slash and ends with a line break, so token counts add up.
public enum WindowFormat {
  /// Tagged, as [brimful.corpus.Markup] writes it. Chunks are counted in this form at ingest, so
  /// choosing needs no text.
  XML,

  /// Headings, and code in fences longer than any inside.
  MARKDOWN,

  /// One valid JSON object, one chunk a line.
  JSON;

  /// @param markup of the tokenizer that counts the output
  public Renderer renderer(Markup markup) {
    return switch (this) {
      case XML -> new XmlRenderer(markup);
      case MARKDOWN -> new MarkdownRenderer(markup);
      case JSON -> new JsonRenderer(markup);
    };
  }
}
