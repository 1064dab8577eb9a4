package brimful.pack;

import brimful.corpus.DocumentId;
import brimful.corpus.PictureSize;
import java.util.ArrayList;
import java.util.List;

/// What a window holds and costs: names and numbers only.
///
/// It adds up: a document's tokens are those of its chunks, and all documents' tokens plus
/// `frameTokens` are `promptTokens`.
///
/// @param promptTokens the cost of the whole prompt, counted as a whole
/// @param frameTokens the cost of instructions, question and the lines between chunks
/// @param exact whether the tokens are the model's own count rather than an upper bound
/// @param documents in canonical order
/// @param images those that are shown, in the same order
/// @param leftOut in canonical order
/// @param corpusTokens the cost of all chunks of the corpus in the format of the window, as the
///   parts of documents are counted; of chunks that were not read, an estimate in other formats
///   than XML
public record Receipt(
    int budgetTokens,
    int promptTokens,
    long frameTokens,
    boolean exact,
    List<DocumentEntry> documents,
    List<ImageEntry> images,
    List<LeftOutEntry> leftOut,
    long corpusTokens) {

  /// A document that is at least partly in the window.
  public record DocumentEntry(String id, long tokens, List<ChunkEntry> chunks) {
    public DocumentEntry {
      chunks = List.copyOf(chunks);
    }
  }

  /// A span of a document in the window.
  ///
  /// @param locator as people write it: `12-40`, `p. 7`
  public record ChunkEntry(String locator, int tokens) {}

  /// An image that is shown with a span.
  ///
  /// @param part the ordinal of its chunk
  /// @param size as it is sent
  /// @param tokens its part of the span's
  public record ImageEntry(String id, int part, String locator, PictureSize size, int tokens) {}

  /// A document, or a part of one, that is not in the window.
  public record LeftOutEntry(String id, String reason) {}

  public Receipt {
    documents = List.copyOf(documents);
    images = List.copyOf(images);
    leftOut = List.copyOf(leftOut);
    long sum = frameTokens;
    for (DocumentEntry document : documents) {
      sum += document.tokens();
    }
    if (sum != promptTokens || promptTokens > budgetTokens) {
      throw new IllegalArgumentException(
          "receipt of %s tokens for a prompt of %s in a budget of %s does not add up: make it from the window"
              .formatted(sum, promptTokens, budgetTokens));
    }
  }

  /// Returns the receipt of a window.
  public static Receipt of(Window window) {
    var documents = new ArrayList<DocumentEntry>();
    var chunks = new ArrayList<ChunkEntry>();
    long inDocuments = 0;
    for (int i = 0; i < window.placed().size(); i++) {
      Window.Placed part = window.placed().get(i);
      chunks.add(new ChunkEntry(part.locator().display(), part.tokens()));
      if (lastOfItsDocument(window.placed(), i)) {
        long tokens = chunks.stream().mapToLong(ChunkEntry::tokens).sum();
        documents.add(new DocumentEntry(part.document().value(), tokens, chunks));
        inDocuments += tokens;
        chunks.clear();
      }
    }
    return new Receipt(
        window.budgetTokens(),
        window.tokens(),
        window.tokens() - inDocuments,
        window.exact(),
        documents,
        window.images().images().stream()
            .map(image ->
                new ImageEntry(
                    image.document().value(),
                    image.ordinal(),
                    image.locator().display(),
                    image.picture().size(),
                    image.tokens()))
            .toList(),
        window.leftOut().stream()
            .map(part -> new LeftOutEntry(part.document().value(), part.reason()))
            .toList(),
        window.corpusTokens());
  }

  private static boolean lastOfItsDocument(List<Window.Placed> placed, int i) {
    DocumentId document = placed.get(i).document();
    return i + 1 == placed.size() || !placed.get(i + 1).document().equals(document);
  }
}
