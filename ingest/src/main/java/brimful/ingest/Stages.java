package brimful.ingest;

import brimful.chunk.Chunker;
import brimful.corpus.Document;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.extract.Extraction;
import brimful.extract.Extractor;
import brimful.extract.FailureKind;
import brimful.extract.NoParserProcess;
import brimful.extract.Pulse;
import brimful.source.Listed;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The stages between a listed file and the index, as one function: extract, then chunk.
///
/// It has no state, so any thread, and any process that can open the file, may run it: the same
/// file gives the same item.
public final class Stages {
  private static final Logger LOG = LoggerFactory.getLogger(Stages.class);

  private final Extractor extractor;
  private final Chunker chunker;

  public Stages(Extractor extractor, Chunker chunker) {
    this.extractor = extractor;
    this.chunker = chunker;
  }

  /// The result for a file, with the reason if it failed.
  ///
  /// @param breakdown [FailureKind#NONE] if and only if the item did not fail
  public record Processed(Item item, FailureKind breakdown) {}

  /// Reads a file and cuts its text. A problem with the file is its outcome, never an exception.
  public Item process(Listed.File file) {
    return process(file, Pulse.silent()).item();
  }

  /// Reads a file and cuts its text, and reports progress.
  ///
  /// @throws NoParserProcess if the machine, not the file, prevents reading
  public Processed process(Listed.File file, Pulse pulse) {
    try {
      return processed(file, extractor.extract(file, pulse));
    } catch (NoParserProcess e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | LinkageError | OutOfMemoryError e) {
      // The loop over files: whatever a file makes our code or a library throw ends that file
      // alone.
      LOG.debug("cannot process source={}", file.id(), e);
      return processed(file, Extraction.thrown(e));
    }
  }

  private Processed processed(Listed.File file, Extraction extraction) {
    List<Document> documents =
        extraction.texts().stream()
            .map(text -> chunker.chunk(text.id(), text.sections()))
            .flatMap(Optional::stream)
            .toList();
    boolean blank = documents.isEmpty() && !extraction.texts().isEmpty();
    Outcome outcome = blank ? new Outcome.Skipped("empty") : extraction.outcome();
    // Bytes that did not come say nothing about the file: without a stamp, it is tried again.
    String stamp = extraction.breakdown() == FailureKind.SOURCE ? "" : file.stamp();
    return new Processed(
        new Item(file.id(), stamp, outcome, documents, extraction.members()),
        extraction.breakdown());
  }
}
