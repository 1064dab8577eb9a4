package brimful.kafka.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.Revision;
import brimful.kafka.record.RevisionCodec;
import brimful.kafka.record.Revisions;
import brimful.kafka.record.UnreadableRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

final class RevisionAssemblerTest {
  private static final CollectionKey BOOKS = new CollectionKey("books", "estimate");
  private static final long LATER = RevisionAssembler.ALONE_MAX.toMillis();

  private final Revision seven = Revisions.of(BOOKS, "a.txt", 7, "7".repeat(1_000_000));
  private final Revision eight = Revisions.of(BOOKS, "a.txt", 8, "8".repeat(1_000_000));
  private final RevisionAssembler assembler = new RevisionAssembler();

  private static List<ProducerRecord<byte[], byte[]>> records(Revision revision) {
    List<ProducerRecord<byte[], byte[]>> records = RevisionCodec.records(revision, "documents", 6);
    assertThat(records).as("two full slices, one of the rest, and the manifest").hasSize(4);
    return records;
  }

  private java.util.Optional<RevisionAssembler.Whole> add(
      ProducerRecord<byte[], byte[]> message, long offset, long timestamp) {
    return assembler.add(message.key(), message.value(), offset, timestamp);
  }

  /// Adds what two workers wrote at the same time, record by record in turn.
  @Test
  void tellsTwoVersionsApartThatCameTogether() {
    var first = records(seven);
    var second = records(eight);
    var wholes = new ArrayList<Revision>();

    for (int i = 0; i < first.size(); i++) {
      add(first.get(i), 2L * i, 0).map(RevisionAssembler.Whole::revision).ifPresent(wholes::add);
      add(second.get(i), 2L * i + 1, 0)
          .map(RevisionAssembler.Whole::revision)
          .ifPresent(wholes::add);
    }

    assertThat(wholes).containsExactly(seven, eight);
    assertThat(assembler.firstWaiting()).isEmpty();
  }

  @Test
  void holdsThePositionOfTheFirstSliceUntilTheManifestComes() {
    var records = records(seven);
    add(records.get(0), 40, 0);
    add(records.get(1), 41, 0);

    assertThat(assembler.firstWaiting()).hasValue(40);
    add(records.get(2), 50, 0);
    assertThat(assembler.firstWaiting()).hasValue(40);
    add(records.get(3), 51, 0);
    assertThat(assembler.firstWaiting()).isEmpty();
  }

  @Test
  void takesSlicesThatWereWrittenTwice() {
    var records = records(seven);
    for (int i = 0; i < 3; i++) {
      add(records.get(i), i, 0);
      add(records.get(i), 10 + i, 0);
    }

    assertThat(add(records.get(3), 20, 0)).map(RevisionAssembler.Whole::revision).contains(seven);
  }

  @Test
  void forgetsSlicesThatStayAlone() {
    ProducerRecord<byte[], byte[]> other =
        RevisionCodec.records(Revisions.of(BOOKS, "b.txt", 1, "b"), "documents", 6).getFirst();
    add(records(seven).getFirst(), 40, 1_000);

    add(other, 41, 1_000 + LATER);
    assertThat(assembler.firstWaiting()).hasValue(40);
    add(other, 42, 1_001 + LATER);

    assertThat(assembler.firstWaiting()).isEmpty();
  }

  @Test
  void everySliceCountsAsAWordOfItsWriter() {
    var records = records(seven);
    add(records.get(0), 40, 0);
    add(records.get(1), 41, LATER);

    add(records.get(2), 42, 2 * LATER);

    assertThat(add(records.get(3), 43, 2 * LATER)).isPresent();
  }

  @Test
  void missesASlice() {
    var records = records(seven);
    add(records.get(0), 0, 0);
    add(records.get(2), 1, 0);

    assertThatExceptionOfType(UnreadableRecord.class)
        .isThrownBy(() -> add(records.get(3), 2, 0))
        .withMessage("slice 1 of 3 is missing")
        .matches(e -> !e.newer());
  }

  @Test
  void aSweptSliceIsMissing() {
    var records = records(seven);
    assembler.add(records.get(0).key(), null, 0, 0);
    add(records.get(1), 1, 0);
    add(records.get(2), 2, 0);

    assertThatExceptionOfType(UnreadableRecord.class)
        .isThrownBy(() -> add(records.get(3), 3, 0))
        .withMessage("slice 0 of 3 is missing");
  }

  /// As the index reads again what it swept before: the slices first, then the manifest's grave.
  @Test
  void aSweptManifestTakesItsSlicesWithIt() {
    var records = records(seven);
    add(records.get(0), 0, 0);

    assertThat(assembler.add(records.get(3).key(), null, 1, 0)).isEmpty();
    assertThat(assembler.firstWaiting()).isEmpty();
  }

  @Test
  void refusesSlicesOfAnotherText() {
    var records = records(seven);
    add(records.get(0), 0, 0);
    assembler.add(records.get(1).key(), records.get(0).value(), 1, 0);
    add(records.get(2), 2, 0);

    assertThatExceptionOfType(UnreadableRecord.class)
        .isThrownBy(() -> add(records.get(3), 3, 0))
        .withMessage("its slices are not those of its manifest");
  }

  @Test
  void refusesAPartThatIsNoNumber() {
    byte[] key = RevisionCodec.manifestKey(seven).part("x").bytes();

    assertThatExceptionOfType(UnreadableRecord.class)
        .isThrownBy(() -> assembler.add(key, new byte[1], 0, 0))
        .withMessage("its part is \"x\"");
  }
}
