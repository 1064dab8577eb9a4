package brimful.kafka.worker;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.kafka.Lane;
import brimful.kafka.PostedRecords;
import brimful.kafka.Topics;
import brimful.kafka.record.Claim;
import brimful.kafka.record.ClaimCodec;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.DeadLetter;
import brimful.kafka.record.Revision;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class ShareWorkerTest {
  private static final Topics TOPICS = new Topics("t");
  private static final String TOPIC = TOPICS.jobsSmall();
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final long WAIT_SECONDS = 20;

  private final PostedRecords posted = new PostedRecords(TOPICS, true);
  private final Locked consumer = new Locked();

  /// Kafka's own fake, with short locks and a memory for what was acknowledged.
  private static final class Locked extends MockShareConsumer<byte[], byte[]> {
    private final BlockingQueue<ConsumerRecords<byte[], byte[]>> batches =
        new LinkedBlockingQueue<>();
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final CountDownLatch renewals = new CountDownLatch(3);
    private volatile Set<Long> lost = Set.of();

    void deliver(int records) {
      var partition = new TopicPartition(TOPIC, 0);
      List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
      for (int i = 0; i < records; i++) {
        batch.add(new ConsumerRecord<>(TOPIC, 0, i, new byte[1], ClaimCodec.value(claim(i))));
      }
      batches.add(new ConsumerRecords<>(Map.of(partition, batch), Map.of()));
    }

    @Override
    public Optional<Integer> acquisitionLockTimeoutMs() {
      return Optional.of(30);
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      try {
        ConsumerRecords<byte[], byte[]> batch = batches.poll(10, MILLISECONDS);
        return batch == null ? ConsumerRecords.empty() : batch;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ConsumerRecords.empty();
      }
    }

    @Override
    public synchronized void acknowledge(
        ConsumerRecord<byte[], byte[]> message, AcknowledgeType type) {
      if (lost.contains(message.offset())) {
        throw new IllegalStateException("not locked by this consumer");
      }
      if (type == AcknowledgeType.RENEW) {
        renewals.countDown();
      } else {
        said.add(message.offset() + " " + type.name());
      }
    }

    @Override
    public synchronized Map<TopicIdPartition, Optional<KafkaException>> commitSync() {
      said.add("commit");
      return Map.of();
    }

    /// Waits for the next word that is not a commit.
    String next() throws InterruptedException {
      String word = "commit";
      while ("commit".equals(word)) {
        word = String.valueOf(said.poll(WAIT_SECONDS, SECONDS));
      }
      return word;
    }
  }

  private static Claim claim(int number) {
    var id = new DocumentId("file%s.txt".formatted(number));
    return new Claim(
        new CollectionKey("books", "estimate"),
        "job",
        id,
        7,
        new Claim.Work.Read("/mnt", id, "stamp", 9),
        Claim.Attempts.NONE);
  }

  private static Handler.Handled done(Claim claim) {
    Item item = Item.without(claim.item(), "stamp", new Outcome.Skipped("empty"));
    return new Handler.Handled.Done(
        new Revision(
            claim.collection(), claim.job(), claim.version(), 9, new Revision.Change.Put(item)),
        Optional.empty());
  }

  /// A slot that runs in a thread of its own until it is closed.
  private final class Running implements AutoCloseable {
    private final ShareWorker shareWorker;
    private final FutureTask<Void> ended;

    Running(Handler handler, Duration stall) {
      var limits = new WorkerLimits(1, 1, 8, stall, LONG, 20, 100);
      var ackPolicy =
          new AckPolicy(
              Lane.SMALL,
              handler,
              posted.publisher(),
              new SourceTroubles(Clock.systemUTC()),
              new OwnPartitions(Clock.systemUTC()),
              limits,
              "tester",
              Clock.systemUTC(),
              new WorkerCounters());
      shareWorker = new ShareWorker(TOPIC, consumer, ackPolicy, limits.stall(), limits.total());
      ended = new FutureTask<>(shareWorker, null);
      Thread.ofPlatform().daemon().name("slot").start(ended);
    }

    @Override
    public void close() {
      shareWorker.stop();
      assertThat(ended).succeedsWithin(Duration.ofSeconds(WAIT_SECONDS));
    }
  }

  /// Works until it is interrupted.
  private static Handler.Handled hang(CompletableFuture<Void> begun) {
    begun.complete(null);
    try {
      boolean ended = new CountDownLatch(1).await(WAIT_SECONDS, SECONDS);
      throw new AssertionError("nobody interrupted it: " + ended);
    } catch (InterruptedException e) {
      return new Handler.Handled.Stopped();
    }
  }

  @Test
  void keepsTheLockOfWhatItWorksOn() throws Exception {
    Handler slow =
        (claim, _) -> {
          try {
            assertThat(consumer.renewals.await(WAIT_SECONDS, SECONDS)).isTrue();
          } catch (InterruptedException e) {
            return new Handler.Handled.Stopped();
          }
          return done(claim);
        };
    consumer.deliver(1);

    try (var _ = new Running(slow, LONG)) {
      assertThat(consumer.next()).isEqualTo("0 ACCEPT");
    }
    assertThat(posted.revisions()).hasSize(1);
    assertThat(consumer.said).as("acknowledged once").allMatch("commit"::equals);
  }

  @Test
  void handlesABatchInItsOrder() throws Exception {
    consumer.deliver(3);

    try (var _ = new Running((claim, _) -> done(claim), LONG)) {
      assertThat(List.of(consumer.next(), consumer.next(), consumer.next()))
          .containsExactlyInAnyOrder("0 ACCEPT", "1 ACCEPT", "2 ACCEPT");
    }
    assertThat(posted.revisions())
        .extracting(revision -> revision.id().value())
        .containsExactly("file0.txt", "file1.txt", "file2.txt");
  }

  @Test
  void givesBackWhatItHoldsWhenItIsStopped() throws Exception {
    var begun = new CompletableFuture<Void>();
    consumer.deliver(2);

    var running = new Running((_, _) -> hang(begun), LONG);
    begun.get(WAIT_SECONDS, SECONDS);
    running.close();

    assertThat(consumer.said).contains("0 RELEASE", "1 RELEASE").endsWith("commit");
    assertThat(posted.topics()).isEmpty();
  }

  @Test
  void givesUpWhatMakesNoProgressAndReleasesWhatWaitsBehindIt() throws Exception {
    consumer.deliver(2);

    try (var _ = new Running((_, _) -> hang(new CompletableFuture<>()), Duration.ofMillis(100))) {
      assertThat(List.of(consumer.next(), consumer.next()))
          .containsExactlyInAnyOrder("0 REJECT", "1 RELEASE");
    }
    assertThat(posted.letters())
        .extracting(DeadLetter::cause)
        .containsExactly(DeadLetter.Cause.STALLED);
  }

  @Test
  void goesOnWhenALockWasLost() throws Exception {
    consumer.lost = Set.of(0L);
    consumer.deliver(2);

    try (var _ = new Running((claim, _) -> done(claim), LONG)) {
      assertThat(consumer.next()).isEqualTo("1 ACCEPT");
    }
    assertThat(posted.revisions()).hasSize(2);
  }
}
