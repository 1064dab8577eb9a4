package brimful.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.kafka.record.Claim;
import brimful.kafka.record.CollectionKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LaneTest {
  private static final long LIMIT = Lane.SMALL_BYTES_MAX;

  private static Claim claim(Claim.Work work) {
    return new Claim(
        new CollectionKey("books", "estimate"),
        "job",
        new DocumentId("a.pdf"),
        1,
        work,
        Claim.Attempts.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "a.txt, 10, SMALL",
    "a.txt, 1048576, SMALL",
    "a.txt, 1048577, LARGE",
    "a.pdf, 10, LARGE",
    "A.PDF, 10, LARGE",
    "dir/mail.mbox, 0, LARGE",
    "backup.tar.gz, 10, LARGE",
    "pdf.txt, 10, SMALL",
    "dir.pdf/README, 10, SMALL",
    "README, 10, SMALL"
  })
  void goesBySizeAndByWhetherItIsParsed(String name, long bytes, Lane lane) {
    assertThat(Lane.of(new DocumentId(name), bytes)).isEqualTo(lane);
  }

  @Test
  void looksAtTheFileAndNotAtItsNameInTheCollection() {
    Claim.Work text = new Claim.Work.Read("/mnt", new DocumentId("a.txt"), "stamp", 1);
    Claim.Work large = new Claim.Work.Read("/mnt", new DocumentId("a.txt"), "stamp", LIMIT + 1);

    assertThat(Lane.of(claim(text))).isEqualTo(Lane.SMALL);
    assertThat(Lane.of(claim(large))).isEqualTo(Lane.LARGE);
  }

  @Test
  void whatOpensNoFileIsSmall() {
    assertThat(Lane.of(claim(new Claim.Work.Delete()))).isEqualTo(Lane.SMALL);
    assertThat(Lane.of(claim(new Claim.Work.Note(new Outcome.Skipped("binary")))))
        .isEqualTo(Lane.SMALL);
  }

  @Test
  void eachLaneHasItsTopic() {
    var topics = new Topics("t");

    assertThat(Lane.SMALL.topic(topics)).isNotEqualTo(Lane.LARGE.topic(topics));
  }
}
