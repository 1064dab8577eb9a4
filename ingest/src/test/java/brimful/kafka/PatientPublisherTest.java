package brimful.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.kafka.record.Claim;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class PatientPublisherTest {
  /// Longer than another publisher waits for a record to be stored.
  private static final Duration AWAY = Duration.ofSeconds(70);

  private static final int CLAIMS = 500;

  @TempDir Path folder;

  @Test
  void aSubmissionWaitsForTheBroker() throws Exception {
    DevBroker broker = DevBroker.start(folder.resolve("broker"), 0);
    String address = broker.bootstrap();
    try (var pipeline = new Pipelines(address, folder.resolve("home"));
        var publisher = Publisher.patient(pipeline.cluster())) {
      SubmittedItems none = SubmittedItems.read(pipeline.cluster(), Pipelines.COLLECTION);
      var submitter = new Submitter(publisher, Pipelines.COLLECTION, none, Clock.systemUTC());
      SequencedMap<DocumentId, Claim.Work> wanted = new LinkedHashMap<>();
      for (int i = 0; i < CLAIMS; i++) {
        wanted.put(new DocumentId("file" + i), new Claim.Work.Note(new Outcome.Skipped("binary")));
      }
      broker.close();

      var submitting = new FutureTask<>(() -> submitter.submit(wanted, _ -> false));
      Thread.ofPlatform().daemon().start(submitting);
      TimeUnit.MILLISECONDS.sleep(AWAY.toMillis());
      assertThat(submitting).isNotDone();
      int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
      try (DevBroker _ = DevBroker.start(folder.resolve("broker"), port)) {
        assertThat(submitting)
            .succeedsWithin(AWAY)
            .extracting(Submitter.Submitted::submitted)
            .isEqualTo((long) CLAIMS);
        assertThat(SubmittedItems.read(pipeline.cluster(), Pipelines.COLLECTION).files())
            .isEqualTo(CLAIMS);
      }
    }
  }
}
