package brimful.ingest;

import brimful.chunk.Chunker;
import brimful.corpus.Document;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.extract.Extraction;
import brimful.extract.Extractor;
import brimful.source.Listed;
import java.util.List;
import java.util.Optional;

/// The stages between a listed file and the index, as one function: extract, then chunk.
///
/// It holds no state of its own, so that any thread, and any process that can open the file, may
/// run it: the same file gives the same item.
public final class Stages {
  private final Extractor extractor;
  private final Chunker chunker;

  public Stages(Extractor extractor, Chunker chunker) {
    this.extractor = extractor;
    this.chunker = chunker;
  }

  /// Reads a file and cuts its text. What is wrong with a file is its outcome, never an exception.
  public Item process(Listed.File file) {
    Extraction extraction = extractor.extract(file);
    List<Document> documents =
        extraction.texts().stream()
            .map(text -> chunker.chunk(text.id(), text.sections()))
            .flatMap(Optional::stream)
            .toList();
    boolean blank = documents.isEmpty() && !extraction.texts().isEmpty();
    Outcome outcome = blank ? new Outcome.Skipped("empty") : extraction.outcome();
    return new Item(file.id(), file.stamp(), outcome, documents, extraction.members());
  }
}
