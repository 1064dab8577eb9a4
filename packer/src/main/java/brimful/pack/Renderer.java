package brimful.pack;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;

/// Writes the pieces of a prompt, in the order of the methods here.
///
/// Every piece is empty or starts with a character that is neither whitespace nor `/` and ends with
/// a line break; then the tokens of a prompt are the sum of the tokens of its pieces.
interface Renderer {

  /// Returns the rules, first of all; they may speak of our tags, but say no special token.
  String instructions(String text);

  /// Returns what stands before the documents.
  String begin();

  /// Returns the line that opens a document.
  ///
  /// @param title what the document calls itself; may be empty
  String open(DocumentId document, String title);

  /// Returns a part of a document; its text is neutralised here.
  ///
  /// @param path the document's name, which may say what language the text is in
  String segment(DocumentId path, Locator locator, String heading, String text);

  /// Returns what stands between two segments, whether or not a new document opens there: before
  /// [#open], if one does; empty in most formats.
  String separator();

  /// Returns the line that closes a document.
  String close();

  /// Returns what ends the documents of a prefix where others follow: the model may get them in a
  /// message of its own.
  default String pause() {
    return "";
  }

  /// Returns what stands before the documents that follow a prefix.
  default String resume() {
    return "";
  }

  /// Returns what stands after the documents.
  String end();

  /// Returns the question, last of all.
  ///
  /// @param text may be empty, for none; neutralised here
  String question(String text);
}
