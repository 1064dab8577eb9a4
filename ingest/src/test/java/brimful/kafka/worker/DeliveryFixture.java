package brimful.kafka.worker;

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
import brimful.kafka.record.Revision;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/// An [AckPolicy] for one claim, and what it posted.
abstract class DeliveryFixture {
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  static final int LOST_MAX = 6;
  static final int TRANSIENTS_MAX = 7;
  static final WorkerLimits LIMITS =
      new WorkerLimits(
          1, 1, 8, Duration.ofSeconds(90), Duration.ofMinutes(5), LOST_MAX, TRANSIENTS_MAX);
  static final Topics TOPICS = new Topics("t");
  static final Claim CLAIM = claim("/mnt");

  final PostedRecords posted = new PostedRecords(TOPICS, true);
  final SourceTroubles troubles = new SourceTroubles(Clock.fixed(NOW, ZoneOffset.UTC));
  final WorkerCounters counters = new WorkerCounters();

  static Claim claim(String location) {
    return new Claim(
        new CollectionKey("books", "estimate"),
        "job",
        new DocumentId("a.txt"),
        7,
        new Claim.Work.Read(location, new DocumentId("a.txt"), "stamp", 9),
        Claim.Attempts.NONE);
  }

  static Handler.Handled done(Claim claim) {
    return new Handler.Handled.Done(
        revision(claim, new Outcome.Skipped("empty")), Optional.empty());
  }

  static Revision revision(Claim claim, Outcome outcome) {
    Item item = Item.without(claim.item(), "stamp", outcome);
    return new Revision(
        claim.collection(), claim.job(), claim.version(), 9, new Revision.Change.Put(item));
  }

  static Handler.Handled unexpected(Claim claim) {
    throw new AssertionError("handled " + claim);
  }

  static HeldRecord held(byte @Nullable [] value, int deliveries) {
    return new HeldRecord(
        new ConsumerRecord<>(
            TOPICS.jobsSmall(),
            0,
            3,
            0,
            TimestampType.CREATE_TIME,
            1,
            1,
            new byte[1],
            value,
            new RecordHeaders(),
            Optional.empty(),
            Optional.of((short) deliveries)));
  }

  static HeldRecord held(Claim claim, int deliveries) {
    return held(ClaimCodec.value(claim), deliveries);
  }

  AckPolicy deliveries(PostedRecords to, Handler handler) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new AckPolicy(
        Lane.SMALL,
        handler,
        to.publisher(),
        troubles,
        new OwnPartitions(clock),
        LIMITS,
        "tester",
        clock,
        counters);
  }

  HeldRecord deliver(HeldRecord held, Handler handler) {
    deliveries(posted, handler).deliver(held);
    return held;
  }

  static void assertVerdict(HeldRecord held, AcknowledgeType verdict) {
    assertThat(held.verdict().copy().orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(verdict);
  }
}
