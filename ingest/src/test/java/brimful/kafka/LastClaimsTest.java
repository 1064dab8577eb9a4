package brimful.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.kafka.record.Claim;
import brimful.kafka.record.ClaimCodec;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.JsonEditor;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LastClaimsTest {
  private static final CollectionKey OTHER = new CollectionKey("books-2", "estimate");

  @TempDir Path folder;

  private Pipelines pipeline;
  private Producer<byte[], byte[]> producer;

  @BeforeEach
  void connect() {
    pipeline = new Pipelines(Brokers.dev().bootstrap(), folder);
    producer = new KafkaProducer<>(pipeline.cluster().connection().producer());
  }

  @AfterEach
  void disconnect() {
    producer.close();
    pipeline.close();
  }

  private static Claim claim(CollectionKey collection, String item, long version) {
    var id = new DocumentId(item);
    var read = new Claim.Work.Read("/mnt/" + item, id, "stamp " + version, 1);
    return new Claim(collection, "job", id, version, read, Claim.Attempts.NONE);
  }

  private void send(Lane lane, byte[] key, byte @Nullable [] value) {
    Publisher.send(
            producer, new ProducerRecord<>(lane.topic(pipeline.cluster().topics()), key, value))
        .join();
  }

  private void send(Lane lane, Claim claim) {
    send(lane, ClaimCodec.key(claim), ClaimCodec.value(claim));
  }

  @Test
  void readsTheNewestClaimsOfOneCollectionFromAllLanes() {
    CollectionKey books = Pipelines.COLLECTION;
    Claim overtaken = claim(books, "a.txt", 3);
    send(Lane.EXPRESS_SMALL, claim(books, "a.txt", 7));
    send(Lane.SMALL, overtaken);
    send(Lane.SMALL, overtaken.after(new Claim.Attempts(1, 0, 9)));
    send(Lane.LARGE, claim(books, "b.pdf", 1));
    send(Lane.SMALL, claim(books, "gone.txt", 1));
    send(Lane.SMALL, ClaimCodec.key(claim(books, "gone.txt", 1)), null);
    send(Lane.SMALL, claim(OTHER, "c.txt", 1));
    send(Lane.SMALL, new byte[] {1, 2}, "garbage".getBytes(UTF_8));
    send(Lane.SMALL, "books\0estimate\0/".getBytes(UTF_8), null);
    send(Lane.SMALL, "books\0estimate\0d.txt".getBytes(UTF_8), "garbage".getBytes(UTF_8));
    Claim later = claim(OTHER, "later.txt", 1);
    send(Lane.SMALL, ClaimCodec.key(later), JsonEditor.newer(ClaimCodec.value(later)));

    Map<DocumentId, LastClaims.Last<Claim>> claims =
        LastClaims.read(pipeline.cluster(), books, claim -> claim);

    assertThat(claims.values())
        .extracting(LastClaims.Last::value)
        .containsExactlyInAnyOrder(claim(books, "a.txt", 7), claim(books, "b.pdf", 1));
    SubmittedItems items = SubmittedItems.read(pipeline.cluster(), books);
    assertThat(items.filesBySource()).isEqualTo(Map.of("/mnt/a.txt", 1L, "/mnt/b.pdf", 1L));
    assertThat(items.without(Set.of(new DocumentId("a.txt")), IndexAudit.NOTHING))
        .containsExactly(new DocumentId("b.pdf"));
    assertThat(items.has(new DocumentId("a.txt"), claim(books, "a.txt", 7).work())).isTrue();
    assertThat(items.has(new DocumentId("a.txt"), overtaken.work())).isFalse();
    assertThat(items.nextVersion(new DocumentId("a.txt"), 5)).isEqualTo(8);
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> SubmittedItems.read(pipeline.cluster(), OTHER))
        .withMessageMatching("record \\S+[.]jobs[.]small-\\d@\\d+: .*upgrade this one");
  }

  @Test
  void aCommitIsNoSourceOfItsOwn() {
    assertThat(SubmittedItems.source("/srv/repo@" + "a1".repeat(20))).isEqualTo("/srv/repo");
    assertThat(SubmittedItems.source("/srv/me@home")).isEqualTo("/srv/me@home");
  }
}
