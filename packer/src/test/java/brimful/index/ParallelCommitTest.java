package brimful.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

final class ParallelCommitTest {
  private static final int THREADS = 4;

  @Test
  void commitsWhatEachThreadHasGatheredWithTheData() throws Exception {
    try (var directory = new ByteBuffersDirectory();
        var writer = new IndexWriter(directory, IndexFolder.config())) {
      addInSegmentsOfTheirOwn(writer);

      ParallelCommit.commit(writer, Map.of("key", "value"));

      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        assertThat(reader.numDocs()).isEqualTo(THREADS);
        assertThat(reader.leaves()).hasSize(THREADS);
        assertThat(reader.getIndexCommit().getUserData()).isEqualTo(Map.of("key", "value"));
      }
    }
  }

  @Test
  void reportsAFullDisk() throws Exception {
    try (var directory = new FullDirectory(new ByteBuffersDirectory());
        var writer = new IndexWriter(directory, IndexFolder.config())) {
      addInSegmentsOfTheirOwn(writer);
      directory.leave(0);

      assertThatThrownBy(() -> ParallelCommit.commit(writer, Map.of()))
          .isInstanceOf(IOException.class)
          .hasMessage("No space left on device");
    }
  }

  /// Adds a document in each of some threads, all at the same time.
  private static void addInSegmentsOfTheirOwn(IndexWriter writer) throws Exception {
    var meeting = new CyclicBarrier(THREADS);
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> added =
          IntStream.range(0, THREADS)
              .<Future<?>>mapToObj(i ->
                  threads.submit(() -> {
                    writer.addDocuments(block(i, meeting));
                    return null;
                  }))
              .toList();
      for (Future<?> one : added) {
        one.get();
      }
    }
  }

  /// A writer asks for a block's documents inside of its call, so that all threads meet there.
  private static Iterable<Document> block(int id, CyclicBarrier meeting) {
    return () -> {
      try {
        meeting.await();
      } catch (InterruptedException | BrokenBarrierException e) {
        throw new IllegalStateException(e);
      }
      var document = new Document();
      document.add(new StringField("id", "" + id, Field.Store.NO));
      return List.of(document).iterator();
    };
  }
}
