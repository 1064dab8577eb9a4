package brimful.kafka.record;

import brimful.testing.FuzzContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Whatever stands in a topic is read, or refused as unreadable; no other exception ends a worker.
final class KafkaRecordsFuzzTest extends FuzzContract {
  private static final int EXAMPLES = 20;
  private static final int EXAMPLE_BYTES_MAX = 4_000;

  @Override
  protected List<byte[]> examples() {
    var random = new RandomRecords(7);
    var examples = new ArrayList<byte[]>();
    for (int i = 0; i < EXAMPLES; i++) {
      examples.add(ClaimCodec.value(random.claim()));
      examples.add(random.letter().value());
      examples.add(report(random).value());
      examples.add(Inventory.empty("topic").value());
      RevisionCodec.records(random.revision(), "t", 1)
          .forEach(record -> examples.add(record.value()));
    }
    examples.removeIf(example -> example.length > EXAMPLE_BYTES_MAX);
    return examples;
  }

  @Override
  protected void check(byte[] bytes) {
    readable(() -> ClaimCodec.read(bytes));
    readable(() -> DeadLetter.read(bytes));
    readable(() -> Inventory.read(bytes));
    readable(() -> ReplicaReport.read("index-worker\0group\0replica", bytes));
    readable(() -> {
      RevisionCbor.Fields fields = RevisionCbor.read(bytes);
      if (RevisionCodec.parts(fields) == 0) {
        RevisionCodec.revision(fields, new byte[0]);
      }
    });
  }

  private static ReplicaReport report(RandomRecords random) {
    return new ReplicaReport(
        "group",
        "replica",
        Instant.EPOCH,
        List.of(new ReplicaReport.Parked(random.collection(), "t-1@2", "newer")));
  }

  private static void readable(Runnable read) {
    try {
      read.run();
    } catch (UnreadableRecord refused) {
      // As documented.
    }
  }
}
