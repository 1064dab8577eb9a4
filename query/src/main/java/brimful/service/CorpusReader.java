package brimful.service;

import brimful.collection.Corpus;
import brimful.collection.OpenCorpus;
import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Folding;
import brimful.corpus.Picture;
import brimful.corpus.PictureSize;
import brimful.corpus.UserError;
import brimful.index.ChunkRef;
import brimful.index.Outline;
import brimful.index.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;

/// Reads the documents of a corpus, without a question. Safe for many threads.
///
/// @param admission which a scan of all documents passes
record CorpusReader(Admission admission) {
  /// How many chunks of a document are in memory while a corpus is scanned.
  private static final int SCANNED_AT_ONCE = 256;

  /// Returns a document's chunks in order: all of its text.
  ///
  /// @throws UserError if the corpus has no such document
  List<Chunk> read(Corpus corpus, String tokenizer, String document) {
    try (OpenCorpus open = corpus.open(tokenizer)) {
      return open.snapshot().read(outline(corpus, open, document).chunks());
    }
  }

  private static Outline outline(Corpus corpus, OpenCorpus open, String document) {
    return find(open.snapshot().outlines(), document)
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.NOT_FOUND,
                "%s has no document %s: search for it".formatted(corpus.display(), document)));
  }

  /// Returns what the pictures of a document's chunks measure, by the chunks' ordinals.
  ///
  /// @throws UserError if the corpus has no such document
  SortedMap<Integer, PictureSize> pictures(Corpus corpus, String tokenizer, String document) {
    var sizes = new TreeMap<Integer, PictureSize>();
    try (OpenCorpus open = corpus.open(tokenizer)) {
      for (ChunkRef ref : outline(corpus, open, document).chunks()) {
        if (!ref.picture().isNone()) {
          sizes.put(ref.ordinal(), ref.picture());
        }
      }
    }
    return sizes;
  }

  /// Returns the picture of a chunk.
  ///
  /// @throws UserError if there is no such document, or no picture
  Picture picture(Corpus corpus, String tokenizer, String document, int ordinal) {
    try (OpenCorpus open = corpus.open(tokenizer)) {
      List<ChunkRef> chunks = outline(corpus, open, document).chunks();
      if (ordinal >= chunks.size() || chunks.get(ordinal).picture().isNone()) {
        throw new UserError(
            UserError.Kind.NOT_FOUND,
            "part %s of %s has no picture: see its text for those that have"
                .formatted(ordinal, document));
      }
      return open.snapshot().pictures(List.of(chunks.get(ordinal))).getFirst();
    }
  }

  /// Returns the document with a name, or else one whose name reads the same: people compose
  /// characters that macOS decomposes.
  private static Optional<Outline> find(List<Outline> outlines, String document) {
    String folding = Folding.of(document);
    return outlines.stream()
        .filter(one -> one.document().value().equals(document))
        .findFirst()
        .or(() ->
            outlines.stream()
                .filter(one -> Folding.of(one.document().value()).equals(folding))
                .findFirst());
  }

  /// Returns the ids of a corpus's documents, in order.
  List<DocumentId> documents(Corpus corpus, String tokenizer) {
    try (OpenCorpus open = corpus.open(tokenizer)) {
      return open.snapshot().outlines().stream().map(Outline::document).toList();
    }
  }

  /// Reads the documents of a corpus one after another, in order, until there are no more or a
  /// visitor has enough. Long documents come in several pieces, so that no file is in memory as a
  /// whole.
  ///
  /// @param wanted the documents to read
  /// @param more receives chunks of one document in order; returns whether it wants more of them
  /// @throws CancellationException if this thread is interrupted
  void scan(
      Corpus corpus, String tokenizer, Predicate<DocumentId> wanted, Predicate<List<Chunk>> more) {
    boolean _ =
        admission.pack(
            "scan",
            () -> {
              try (OpenCorpus open = corpus.open(tokenizer)) {
                return open.snapshot().outlines().stream()
                    .filter(outline -> wanted.test(outline.document()))
                    .allMatch(outline -> isReadWhole(open.snapshot(), outline, more));
              }
            });
  }

  private static boolean isReadWhole(
      Snapshot snapshot, Outline outline, Predicate<List<Chunk>> more) {
    List<ChunkRef> refs = outline.chunks();
    for (int from = 0; from < refs.size(); from += SCANNED_AT_ONCE) {
      if (Thread.interrupted()) {
        throw new CancellationException("the client cancelled this call");
      }
      int to = Math.min(refs.size(), from + SCANNED_AT_ONCE);
      if (!more.test(snapshot.read(refs.subList(from, to)))) {
        return false;
      }
    }
    return true;
  }
}
