package brimful.service;

import brimful.corpus.Chunk;
import brimful.ingest.Ingested;
import brimful.pack.Window;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A window, and how it was assembled.
///
/// @param best the chunks that answer the question best, with their text; empty without a question
/// @param beyond how many documents of a large corpus rank too low to be considered
/// @param stop why the window was not filled to its budget; empty if it was
/// @param notes how the question was understood, if not as it is written, and what else a person
///   should know of the window
public record Assembled(
    Window window,
    Ingested ingested,
    List<Chunk> best,
    int beyond,
    String stop,
    List<String> notes,
    Times times) {
  public Assembled {
    best = List.copyOf(best);
    notes = List.copyOf(notes);
  }

  /// Returns the same window with more notes.
  public Assembled noting(List<String> more) {
    List<String> all = Stream.concat(notes.stream(), more.stream()).toList();
    return new Assembled(window, ingested, best, beyond, stop, all, times);
  }

  /// How long the stages took.
  ///
  /// @param ingest bringing the index up to date
  /// @param rank ordering the chunks
  /// @param pack selecting, rendering and recounting
  public record Times(Duration ingest, Duration rank, Duration pack) {}

  /// Returns what is not completely in the window: files, members and documents.
  public LeftOuts leftOut() {
    return LeftOuts.of(window.leftOut(), ingested, beyond);
  }
}
