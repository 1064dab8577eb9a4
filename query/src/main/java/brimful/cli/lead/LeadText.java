package brimful.cli.lead;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Markup;
import brimful.token.TokenCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A text that is cut between its pieces only, such as a diff between hunks.
///
/// @param title what it is, for the model; may be empty
/// @param pieces lines with their line breaks; none is blank
record LeadText(DocumentId id, String title, List<String> pieces) {
  LeadText {
    pieces = List.copyOf(pieces);
  }

  /// Returns it with the pieces of another behind its own.
  LeadText and(LeadText other) {
    return new LeadText(id, title, Stream.concat(pieces.stream(), other.pieces.stream()).toList());
  }

  /// Returns it as a document, with a chunk for each piece.
  Document counted(TokenCounter counter) {
    var markup = new Markup(counter.specials());
    var chunks = new ArrayList<Chunk>();
    int line = 1;
    for (String piece : pieces) {
      String text = piece.endsWith("\n") ? piece.substring(0, piece.length() - 1) : piece;
      int lines = (int) text.chars().filter(c -> c == '\n').count() + 1;
      var locator = new Locator.Lines(line, line + lines - 1);
      int tokens = counter.count(markup.segment(locator, "", text));
      chunks.add(new Chunk(id, chunks.size(), locator, "", List.of(), text, tokens));
      line += lines;
    }
    return new Document(id, title, chunks);
  }
}
