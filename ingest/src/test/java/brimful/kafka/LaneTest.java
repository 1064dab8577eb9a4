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

  private static final int MANY = Lane.EXPRESS_CLAIMS_MAX + 1;

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
    assertThat(Lane.of(new DocumentId(name), bytes, false)).isEqualTo(lane);
  }

  @Test
  void looksAtTheFileAndNotAtItsNameInTheCollection() {
    Claim.Work text = new Claim.Work.Read("/mnt", new DocumentId("a.txt"), "stamp", 1);
    Claim.Work large = new Claim.Work.Read("/mnt", new DocumentId("a.txt"), "stamp", LIMIT + 1);

    assertThat(Lane.of(claim(text), MANY)).isEqualTo(Lane.SMALL);
    assertThat(Lane.of(claim(large), MANY)).isEqualTo(Lane.LARGE);
  }

  @Test
  void whatOpensNoFileIsSmall() {
    assertThat(Lane.of(claim(new Claim.Work.Delete()), MANY)).isEqualTo(Lane.SMALL);
    assertThat(Lane.of(claim(new Claim.Work.Note(new Outcome.Skipped("binary"))), MANY))
        .isEqualTo(Lane.SMALL);
  }

  @Test
  void smallJobsHaveLanesOfTheirOwn() {
    int few = Lane.EXPRESS_CLAIMS_MAX;
    Claim.Work text = new Claim.Work.Read("/mnt", new DocumentId("a.txt"), "stamp", 1);
    Claim.Work document = new Claim.Work.Read("/mnt", new DocumentId("a.pdf"), "stamp", 1);

    assertThat(Lane.of(claim(text), few)).isEqualTo(Lane.EXPRESS_SMALL);
    assertThat(Lane.of(claim(document), few)).isEqualTo(Lane.EXPRESS_LARGE);
    assertThat(Lane.of(claim(new Claim.Work.Delete()), few)).isEqualTo(Lane.EXPRESS_SMALL);
    assertThat(Lane.of(claim(text), few + 1)).isEqualTo(Lane.SMALL);
  }

  @Test
  void eachLaneHasItsTopic() {
    assertThat(new Topics("t").jobs()).hasSize(Lane.values().length).doesNotHaveDuplicates();
  }
}
