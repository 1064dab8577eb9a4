package brimful.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.kafka.record.Claim;
import brimful.kafka.record.ClaimCodec;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.DeadLetter;
import brimful.kafka.record.JsonEditor;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a record of a version after this one breaks, while parts of a cluster are upgraded: nothing
/// but what it is about.
final class NewerRecordsTest {
  private static final CollectionKey BOOKS = new CollectionKey("books", "estimate");
  private static final CollectionKey CODE = new CollectionKey("code", "estimate");

  @TempDir private Path folder;

  private Pipelines pipeline;

  @BeforeEach
  void open() {
    pipeline = new Pipelines(Brokers.dev().bootstrap(), folder);
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  private static Claim claim(CollectionKey collection, String item) {
    var id = new DocumentId(item);
    return new Claim(
        collection, "job", id, 7, new Claim.Work.Read("/mnt", id, "stamp", 9), Claim.Attempts.NONE);
  }

  private static DeadLetter letter(CollectionKey collection, String item) {
    return new DeadLetter(
        claim(collection, item),
        DeadLetter.Cause.TIMEOUT,
        "took too long",
        "extract",
        "parser 1",
        "abc",
        "tester",
        Instant.parse("2026-11-27T00:00:00Z"));
  }

  private void send(String topic, byte[] key, byte[] value) throws Exception {
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(pipeline.cluster().connection().producer())) {
      producer.send(new ProducerRecord<>(topic, key, value)).get();
    }
  }

  @Test
  void aNewerClaimStopsTheSubmittersOfItsCollectionAlone() throws Exception {
    Topics topics = pipeline.cluster().topics();
    Claim newer = claim(BOOKS, "a.txt");
    send(topics.jobsSmall(), ClaimCodec.key(newer), JsonEditor.newer(ClaimCodec.value(newer)));
    pipeline.publisher().submit(claim(CODE, "b.txt"), Lane.SMALL).join();

    assertThat(SubmittedItems.read(pipeline.cluster(), CODE).files()).isEqualTo(1);
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> SubmittedItems.read(pipeline.cluster(), BOOKS))
        .withMessageMatching(
            "record \\Q%s\\E-\\d@0: its schema is version 2 and this Brimful knows 1: upgrade this one"
                .formatted(topics.jobsSmall()));
  }

  @Test
  void aNewerDeadLetterIsToldAndTheOthersAreListed() throws Exception {
    Topics topics = pipeline.cluster().topics();
    DeadLetter newer = letter(BOOKS, "a.txt");
    send(topics.deadLetters(), newer.key(), JsonEditor.newer(newer.value()));
    pipeline.publisher().publish(letter(CODE, "b.txt")).join();
    var unread = new ArrayList<String>();

    List<DeadLetter> letters = DeadLetters.list(pipeline.cluster(), unread::add);

    assertThat(letters).containsExactly(letter(CODE, "b.txt"));
    assertThat(unread)
        .singleElement()
        .asString()
        .startsWith(topics.deadLetters() + "-")
        .contains("its schema is version 2");
  }

  @Test
  void aDeadLetterIsListedThoughItsCollectionHasANewerClaim() throws Exception {
    Claim newer = claim(CODE, "c.txt");
    send(
        pipeline.cluster().topics().jobsSmall(),
        ClaimCodec.key(newer),
        JsonEditor.newer(ClaimCodec.value(newer)));
    pipeline.publisher().publish(letter(CODE, "b.txt")).join();
    var unread = new ArrayList<String>();

    assertThat(DeadLetters.list(pipeline.cluster(), unread::add)).hasSize(1);

    assertThat(unread).hasSize(1);
  }

  @Test
  void newerProgressIsCountedAndTheOtherJobsAreShown() throws Exception {
    byte[] submitted = JobProgress.submitted(1, 1, Instant.parse("2026-11-27T00:00:00Z"));
    String topic = pipeline.cluster().topics().progress();
    send(topic, JobProgress.submittedKey(BOOKS, "newer"), JsonEditor.newer(submitted));
    send(topic, JobProgress.submittedKey(CODE, "known"), submitted);
    send(topic, "garbage\0of\0five\0words\0here".getBytes(UTF_8), new byte[] {1, 2, 3});

    try (var progress = new JobProgress(pipeline.cluster())) {
      assertThat(progress.jobs()).extracting(JobProgress.Job::id).containsExactly("known");
      assertThat(progress.newer()).isEqualTo(1);
    }
  }
}
