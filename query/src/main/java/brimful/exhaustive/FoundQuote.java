package brimful.exhaustive;

import brimful.corpus.DocumentId;
import brimful.corpus.WellFormed;
import brimful.index.ChunkRef;
import java.util.List;

/// A verified quote with what it is said to prove.
///
/// @param answer the model's sentence about it
/// @param chunks those that the quote stands in, in order; at least one
public record FoundQuote(String answer, DocumentId document, String quote, List<ChunkRef> chunks) {
  private static final int ANSWER_CHARS_MAX = 400;
  private static final int QUOTE_CHARS_MAX = 800;

  public FoundQuote {
    chunks = List.copyOf(chunks);
    if (chunks.isEmpty()) {
      throw new IllegalArgumentException("a quote of %s without a place".formatted(document));
    }
  }

  /// Returns it as a list has it, in one line.
  String line() {
    return "- %s [%s] \"%s\""
        .formatted(
            shortened(answer, ANSWER_CHARS_MAX), document, shortened(quote, QUOTE_CHARS_MAX));
  }

  private static String shortened(String text, int charsMax) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= charsMax ? line : WellFormed.start(line, charsMax) + "...";
  }
}
