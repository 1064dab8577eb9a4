package brimful.kafka.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.kafka.Lane;
import brimful.kafka.PostedRecords;
import brimful.kafka.Topics;
import brimful.kafka.WaitingClaim;
import brimful.kafka.record.Claim;
import brimful.kafka.record.ClaimCodec;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.DeadLetter;
import brimful.kafka.record.Revision;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/// What an [AckPolicy] does with claims whose source is away.
final class SetAsideTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final int LOST_MAX = 6;
  private static final int TRANSIENTS_MAX = 7;
  private static final WorkerLimits LIMITS =
      new WorkerLimits(
          1, 1, 8, Duration.ofSeconds(90), Duration.ofMinutes(5), LOST_MAX, TRANSIENTS_MAX);
  private static final Topics TOPICS = new Topics("t");
  private static final Claim CLAIM = claim("/mnt");

  private final PostedRecords posted = new PostedRecords(TOPICS, true);
  private final SourceTroubles troubles = new SourceTroubles(Clock.fixed(NOW, ZoneOffset.UTC));
  private final WorkerCounters counters = new WorkerCounters();

  private static Claim claim(String location) {
    return new Claim(
        new CollectionKey("books", "estimate"),
        "job",
        new DocumentId("a.txt"),
        7,
        new Claim.Work.Read(location, new DocumentId("a.txt"), "stamp", 9),
        Claim.Attempts.NONE);
  }

  private static Handler.Handled done(Claim claim) {
    return new Handler.Handled.Done(
        revision(claim, new Outcome.Skipped("empty")), Optional.empty());
  }

  private static Revision revision(Claim claim, Outcome outcome) {
    Item item = Item.without(claim.item(), "stamp", outcome);
    return new Revision(
        claim.collection(), claim.job(), claim.version(), 9, new Revision.Change.Put(item));
  }

  private static Handler.Handled unexpected(Claim claim) {
    throw new AssertionError("handled " + claim);
  }

  private static HeldRecord held(Claim claim, int deliveries) {
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
            ClaimCodec.value(claim),
            new RecordHeaders(),
            Optional.empty(),
            Optional.of((short) deliveries)));
  }

  private AckPolicy deliveries(PostedRecords to, Handler handler) {
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

  private HeldRecord deliver(HeldRecord held, Handler handler) {
    deliveries(posted, handler).deliver(held);
    return held;
  }

  private static void assertVerdict(HeldRecord held, AcknowledgeType verdict) {
    assertThat(held.verdict().copy().orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(verdict);
  }

  @Test
  void setsAsideWhatHasNoSource() {
    HeldRecord held = deliver(held(CLAIM, 2), (_, _) -> new Handler.Handled.Away("no mount"));

    assertVerdict(held, AcknowledgeType.ACCEPT);
    assertThat(posted.waiting())
        .containsExactly(
            new WaitingClaim(
                CLAIM.after(new Claim.Attempts(0, 0, 1)),
                Lane.SMALL,
                "no mount",
                "tester",
                NOW,
                NOW));
    assertThat(posted.revisions()).isEmpty();
    assertThat(held.isTroubled()).isFalse();
    assertThat(held.isMisplaced()).isFalse();
  }

  @Test
  void triesNoOtherFileOfASourceThatIsAway() {
    Claim other = claim("/other");
    deliver(held(CLAIM, 1), (_, _) -> new Handler.Handled.Away("no mount"));
    deliver(held(CLAIM, 1), (claim, _) -> unexpected(claim));

    HeldRecord held = deliver(held(other, 1), (claim, _) -> done(claim));

    assertVerdict(held, AcknowledgeType.ACCEPT);
    assertThat(posted.waiting())
        .extracting(WaitingClaim::cause)
        .containsExactly("no mount", "no mount");
    assertThat(counters.items()).isEqualTo(1);
  }

  @Test
  void leavesWhatComesBackAndIsAwayToOthersForAMoment() {
    Claim returned = CLAIM.after(new Claim.Attempts(0, 0, 1));

    HeldRecord held = deliver(held(returned, 1), (_, _) -> new Handler.Handled.Away("no mount"));

    assertVerdict(held, AcknowledgeType.ACCEPT);
    assertThat(held.isMisplaced()).isTrue();
    assertThat(posted.waiting())
        .extracting(WaitingClaim::key)
        .containsExactly("books\0estimate\0a.txt\0" + "7\0" + "2");
  }

  @Test
  void countsAttemptsAtAFileWhoseSourceIsThere() {
    Claim again = CLAIM.after(new Claim.Attempts(0, 2, 2));

    HeldRecord held = deliver(held(again, 1), (_, _) -> new Handler.Handled.Later("stale"));

    assertVerdict(held, AcknowledgeType.ACCEPT);
    assertThat(posted.waiting())
        .extracting(waiting -> waiting.claim().attempts(), WaitingClaim::notBefore)
        .containsExactly(tuple(new Claim.Attempts(0, 3, 3), NOW.plusSeconds(4)));
    assertThat(troubles.cause("/mnt")).isEmpty();
  }

  @Test
  void givesUpASourceThatIsAwayOnlyAfterItsLastAttempt() {
    Claim last = CLAIM.after(new Claim.Attempts(0, TRANSIENTS_MAX, 1));

    HeldRecord held = deliver(held(last, 1), (_, _) -> new Handler.Handled.Away("no mount"));

    assertVerdict(held, AcknowledgeType.REJECT);
    assertThat(posted.letters())
        .extracting(DeadLetter::cause)
        .containsExactly(DeadLetter.Cause.UNREACHABLE);
  }

  @Test
  void whatCannotBeSetAsideComesAgain() {
    var failing = new PostedRecords(TOPICS, false);
    HeldRecord held = held(CLAIM, 1);
    deliveries(failing, (_, _) -> new Handler.Handled.Away("no mount")).deliver(held);

    failing.producer().errorNext(new TimeoutException("no broker"));

    assertVerdict(held, AcknowledgeType.RELEASE);
    assertThat(held.isTroubled()).isTrue();
  }

  @Test
  void givesUpWhatCannotBeReachedTimeAndAgain() {
    Claim often = CLAIM.after(new Claim.Attempts(0, TRANSIENTS_MAX, 3));

    HeldRecord held = deliver(held(often, 1), (_, _) -> new Handler.Handled.Later("no mount"));

    assertVerdict(held, AcknowledgeType.REJECT);
    assertThat(posted.letters())
        .extracting(DeadLetter::cause, DeadLetter::detail)
        .containsExactly(tuple(DeadLetter.Cause.UNREACHABLE, "7 attempts: no mount"));
  }
}
