package brimful.pack;

import brimful.corpus.DocumentId;
import brimful.index.ChunkRef;
import brimful.index.DocumentNumbers;
import brimful.index.Outline;
import java.util.List;
import java.util.OptionalInt;

/// The corpus as flat arrays: documents and chunks are numbers, in canonical order.
final class ChunkTable {
  private final List<Outline> outlines;
  private final DocumentNumbers numbers;
  private final int[] documentOf;
  private final int[] tokens;
  private final int[] first;

  /// @throws IllegalArgumentException unless documents are in canonical order and chunks are
  ///   numbered 0, 1, 2 and so on
  ChunkTable(List<Outline> outlines) {
    this.outlines = outlines;
    numbers = new DocumentNumbers(outlines);
    first = new int[outlines.size() + 1];
    for (int document = 0; document < outlines.size(); document++) {
      first[document + 1] = first[document] + outlines.get(document).chunks().size();
    }
    documentOf = new int[first[outlines.size()]];
    tokens = new int[documentOf.length];
    for (int document = 0; document < outlines.size(); document++) {
      add(document);
    }
  }

  private void add(int document) {
    Outline outline = outlines.get(document);
    if (document > 0 && outlines.get(document - 1).document().compareTo(outline.document()) >= 0) {
      throw new IllegalArgumentException(
          "document %s comes after %s: give every document once, in canonical order"
              .formatted(outline.document(), outlines.get(document - 1).document()));
    }
    if (!outline.isNumbered()) {
      throw new IllegalArgumentException(
          "the chunks of %s are not numbered from 0: give a document's chunks in order"
              .formatted(outline.document()));
    }
    outline.tokens(tokens, first[document]);
    for (int chunk = first[document]; chunk < first[document + 1]; chunk++) {
      documentOf[chunk] = document;
      if (tokens[chunk] < 1) {
        throw new IllegalArgumentException(
            "chunk %s of %s has %s tokens: give each chunk its tokens"
                .formatted(chunk - first[document], outline.document(), tokens[chunk]));
      }
    }
  }

  int documents() {
    return outlines.size();
  }

  int chunks() {
    return tokens.length;
  }

  DocumentId document(int document) {
    return outlines.get(document).document();
  }

  String title(int document) {
    return outlines.get(document).title();
  }

  /// Returns what a chunk costs, as it was counted at ingest.
  int tokens(int chunk) {
    return tokens[chunk];
  }

  int documentOf(int chunk) {
    return documentOf[chunk];
  }

  ChunkRef ref(int chunk) {
    int document = documentOf[chunk];
    return outlines.get(document).chunks().get(chunk - first[document]);
  }

  /// Returns a copy of each chunk's token count.
  int[] tokens() {
    return tokens.clone();
  }

  /// Returns a document's first chunk; its last is the one before the next document's first.
  int first(int document) {
    return first[document];
  }

  int size(int document) {
    return first[document + 1] - first[document];
  }

  /// Returns a document's number.
  ///
  /// @throws IllegalArgumentException if it is not of this corpus
  int number(DocumentId document) {
    int number = numbers.of(document);
    if (number < 0) {
      throw new IllegalArgumentException(
          "the ranking names %s, which is not in the corpus: rank and pack the same snapshot"
              .formatted(document));
    }
    return number;
  }

  /// Returns a document's number; empty if it is not of this corpus.
  OptionalInt find(DocumentId document) {
    int number = numbers.of(document);
    return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /// Returns a chunk's number.
  ///
  /// @throws IllegalArgumentException if it is not of this corpus
  int number(ChunkRef ref) {
    int document = number(ref.document());
    if (ref.ordinal() < 0 || ref.ordinal() >= size(document)) {
      throw new IllegalArgumentException(
          "the ranking names chunk %s of %s, which has %s: rank and pack the same snapshot"
              .formatted(ref.ordinal(), ref.document(), size(document)));
    }
    return first[document] + ref.ordinal();
  }
}
