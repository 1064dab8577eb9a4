package brimful.kafka.record;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JobCountsTest {
  private static final CollectionKey BOOKS = new CollectionKey("books", "estimate");
  private static final Instant LAST = Instant.ofEpochMilli(5_000);

  private static Revision revision(Revision.Change change) {
    return new Revision(BOOKS, "job", 1, 10, change);
  }

  @Test
  void countsEachItemOnceByItsOutcome() {
    var id = new DocumentId("a.txt");
    JobCounts counts = JobCounts.NONE.plus(Revisions.of(BOOKS, "b.txt", 1, "one", "two"));
    for (Outcome outcome :
        List.of(
            new Outcome.Truncated(1, 2, "pages"),
            new Outcome.Skipped("binary"),
            new Outcome.Encrypted(),
            new Outcome.Failed("broken"))) {
      Item item = Item.without(id, "stamp", outcome);
      counts = counts.plus(revision(new Revision.Change.Put(item)));
    }
    counts = counts.plus(revision(new Revision.Change.Delete(id)));

    assertThat(counts.at(LAST)).isEqualTo(new JobCounts(1, 1, 1, 1, 1, 1, 2, 6, 50, 5_000));
    assertThat(counts.done()).isEqualTo(6);
  }

  @Test
  void readsWhatItWrote() {
    var counts = new JobCounts(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

    assertThat(JobCounts.of(RecordJson.read(RecordJson.bytes(counts.json())))).isEqualTo(counts);
  }

  @Test
  void startsFromNothing() {
    assertThat(JobCounts.of(RecordJson.read(JsonEditor.bytes("{\"v\":1}"))))
        .isEqualTo(JobCounts.NONE);
  }
}
