package brimful.pack.format;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;

/// Writes the pieces of a prompt, in the order of the methods here.
///
/// Every piece is empty or starts with a character that is neither whitespace nor `/` and ends with
/// a line break; therefore the tokens of a prompt are the sum of its pieces' tokens.
public interface Renderer {
  /// What follows the question, so that the rules are read last, too.
  String REMINDER =
      """
      Answer from the documents above only. Cite the source of each statement as [path:first-last], \
      or as [file.pdf p. 7], [deck.pptx slide 3], [book.xlsx sheet Name].
      """;

  /// Returns the rules, first of all; they may mention our tags, but contain no special token.
  String instructions(String text);

  /// Returns the text before the documents.
  String begin();

  /// Returns the line that opens a document.
  ///
  /// @param title the document's own title; may be empty
  String open(DocumentId document, String title);

  /// Returns a part of a document; its text is neutralised here.
  ///
  /// @param path the document's name, which may tell the language of the text
  String segment(DocumentId path, Locator locator, String heading, String text);

  /// Returns the separator between two segments, before [#open] where a new document begins; empty
  /// in most formats.
  String separator();

  /// Returns the line that closes a document.
  String close();

  /// Returns the end of a prefix that other documents follow: the model may receive them in a
  /// message of its own.
  default String pause() {
    return "";
  }

  /// Returns the text before the documents that follow a prefix.
  default String resume() {
    return "";
  }

  /// Returns the text after the documents.
  String end();

  /// Returns the question, last of all.
  ///
  /// @param text neutralised here; empty for none
  String question(String text);
}
