package brimful.ingest;

import brimful.chunk.Chunker;
import brimful.corpus.Document;
import brimful.corpus.Item;
import brimful.extract.Ending;
import brimful.extract.Extractor;
import brimful.extract.FailureKind;
import brimful.extract.NoParserProcess;
import brimful.extract.ParseProgress;
import brimful.secret.SecretMask;
import brimful.source.Listed;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The stages between a listed file and the index, as one function: extract, mask secrets, then
/// chunk.
///
/// It has no state, so any thread, and any process that can open the file, may run it: the same
/// file gives the same item.
///
/// What the process has used up of its own memory is not the file's fault: an `OutOfMemoryError`
/// goes through.
public final class Stages {
  private static final Logger LOG = LoggerFactory.getLogger(Stages.class);

  private final Extractor extractor;
  private final Chunker chunker;
  private final boolean masking;

  /// Returns stages that mask secrets.
  public Stages(Extractor extractor, Chunker chunker) {
    this(extractor, chunker, true);
  }

  /// @param masking whether secrets in the text are masked
  public Stages(Extractor extractor, Chunker chunker, boolean masking) {
    this.extractor = extractor;
    this.chunker = chunker;
    this.masking = masking;
  }

  /// The result for a file, with the reason if it failed.
  ///
  /// @param item without the documents that were handed over early
  /// @param breakdown [FailureKind#NONE] if and only if the item did not fail
  public record Processed(Item item, FailureKind breakdown) {}

  private Optional<SecretMask> mask() {
    return masking ? Optional.of(new SecretMask()) : Optional.empty();
  }

  /// Returns what reading some files will cost, in a line, if an endpoint is paid for it.
  public Optional<String> forecast(List<Listed.File> files) {
    return extractor.forecast(files);
  }

  /// Reads a file and cuts its text. A problem with the file is its outcome, never an exception.
  ///
  /// @param early takes the parts of a large file as they come, in the way of
  ///   [brimful.index.ItemParts#add]; what it throws comes out here. If the file fails in the end,
  ///   they do not count.
  /// @throws NoParserProcess if the machine, not the file, prevents reading
  public Processed process(
      Listed.File file, ParseProgress progress, Consumer<List<Document>> early) {
    var chunked = new ChunkedFile(chunker, file, early, mask());
    Ending ending;
    try {
      ending = extractor.extract(file, chunked, progress);
      return new Processed(chunked.item(ending), ending.breakdown());
    } catch (NoParserProcess e) {
      throw e;
    } catch (WholeItem.Full e) {
      return new Processed(
          chunked.item(new Ending(e.outcome(file), FailureKind.NONE)), FailureKind.NONE);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      if (e instanceof RuntimeException thrown && chunked.isRefusal(thrown)) {
        throw thrown;
      }
      // The loop over files: whatever a file makes our code or a library throw ends that file
      // alone.
      LOG.debug("cannot process source={}", file.id(), e);
      ending = Ending.thrown(e);
      return new Processed(chunked.item(ending), ending.breakdown());
    }
  }
}
