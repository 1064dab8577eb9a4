package brimful.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.lucene.index.IndexWriter;

/// Commits a writer, and writes its segments on all cores before that.
///
/// Each thread that puts items gathers a segment of its own. A commit alone would write these
/// segments one after the other, while the other cores have nothing to do.
final class ParallelCommit {
  private ParallelCommit() {}

  /// @param data becomes the data of the commit
  static void commit(IndexWriter writer, Map<String, String> data) throws IOException {
    writer.setLiveCommitData(data.entrySet());
    try {
      IntStream.range(0, Runtime.getRuntime().availableProcessors())
          .parallel()
          .forEach(_ -> flushNext(writer));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    // Writes whatever is left.
    writer.commit();
  }

  private static void flushNext(IndexWriter writer) {
    try {
      boolean _ = writer.flushNextBuffer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
