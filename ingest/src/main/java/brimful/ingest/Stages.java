package brimful.ingest;

import brimful.chunk.Chunker;
import brimful.corpus.Document;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.extract.Breakdown;
import brimful.extract.Extraction;
import brimful.extract.Extractor;
import brimful.extract.Pulse;
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

  /// What became of a file, and if it failed, why.
  ///
  /// @param breakdown [Breakdown#NONE] if and only if the item did not fail
  public record Processed(Item item, Breakdown breakdown) {}

  /// Reads a file and cuts its text. What is wrong with a file is its outcome, never an exception.
  public Item process(Listed.File file) {
    return process(file, Pulse.silent()).item();
  }

  /// Reads a file and cuts its text, and tells of its progress.
  public Processed process(Listed.File file, Pulse pulse) {
    Extraction extraction = extractor.extract(file, pulse);
    List<Document> documents =
        extraction.texts().stream()
            .map(text -> chunker.chunk(text.id(), text.sections()))
            .flatMap(Optional::stream)
            .toList();
    boolean blank = documents.isEmpty() && !extraction.texts().isEmpty();
    Outcome outcome = blank ? new Outcome.Skipped("empty") : extraction.outcome();
    return new Processed(
        new Item(file.id(), file.stamp(), outcome, documents, extraction.members()),
        extraction.breakdown());
  }
}
