package brimful.corpus;

import java.util.List;

/// A piece of a document: the unit that is counted, indexed, ranked and packed.
///
/// The chunks of a document tile it: in order they contain every line of its text once.
///
/// @param document the document it was cut from
/// @param ordinal its position among that document's chunks, from 0
/// @param locator where it is in the document
/// @param heading the enclosing definitions or headings, outermost first, joined by " > ", without
///   the document's title; may be empty
/// @param definitions names of the types, functions and headings that are defined in it
/// @param text its own lines, without a final line break; never blank
/// @param tokens the cost of its [Markup#segment] in the window, without the picture
/// @param picture what it looks like, such as a scanned page, if that was kept; [Picture#NONE] for
///   nearly all chunks, and for those that an index gives with their text alone
public record Chunk(
    DocumentId document,
    int ordinal,
    Locator locator,
    String heading,
    List<String> definitions,
    String text,
    int tokens,
    Picture picture) {
  public Chunk {
    definitions = List.copyOf(definitions);
    if (ordinal < 0 || tokens < 1 || text.isBlank()) {
      throw new IllegalArgumentException(
          "chunk %s of %s with %s tokens and %s characters: chunks have text, tokens and a place from 0"
              .formatted(ordinal, document, tokens, text.length()));
    }
  }

  /// Returns a chunk without a picture.
  public Chunk(
      DocumentId document,
      int ordinal,
      Locator locator,
      String heading,
      List<String> definitions,
      String text,
      int tokens) {
    this(document, ordinal, locator, heading, definitions, text, tokens, Picture.NONE);
  }

  /// Returns the same chunk with another count.
  public Chunk counted(int other) {
    return new Chunk(document, ordinal, locator, heading, definitions, text, other, picture);
  }

  /// Returns the same chunk with a picture.
  public Chunk with(Picture shown) {
    return new Chunk(document, ordinal, locator, heading, definitions, text, tokens, shown);
  }

  /// Returns the same chunk at another position of its document.
  public Chunk numbered(int other) {
    return new Chunk(document, other, locator, heading, definitions, text, tokens, picture);
  }

  /// Returns the same chunk as one of another document.
  public Chunk in(DocumentId other) {
    return new Chunk(other, ordinal, locator, heading, definitions, text, tokens, picture);
  }
}
