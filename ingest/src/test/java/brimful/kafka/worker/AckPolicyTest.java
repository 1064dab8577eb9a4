package brimful.kafka.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.Outcome;
import brimful.kafka.Lane;
import brimful.kafka.PostedRecords;
import brimful.kafka.WaitingClaim;
import brimful.kafka.record.Claim;
import brimful.kafka.record.ClaimCodec;
import brimful.kafka.record.DeadLetter;
import brimful.kafka.record.JsonEditor;
import brimful.kafka.record.UnreadableRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

final class AckPolicyTest extends DeliveryFixture {
  private static Handler.Handled broken(Claim claim) {
    var letter =
        new DeadLetter(
            claim, DeadLetter.Cause.CRASH, "crashed", "extract", "parser 1", "abc", "tester", NOW);
    return new Handler.Handled.Done(
        revision(claim, new Outcome.Failed("crashed")), Optional.of(letter));
  }

  @Test
  void acceptsWhatGaveAResult() {
    HeldRecord held = deliver(held(CLAIM, 1), (claim, _) -> done(claim));

    assertVerdict(held, AcknowledgeType.ACCEPT);
    assertThat(posted.revisions()).containsExactly(revision(CLAIM, new Outcome.Skipped("empty")));
    assertThat(posted.letters()).isEmpty();
    assertThat(posted.withdrawn()).isEmpty();
    assertThat(counters.items()).isEqualTo(1);
    assertThat(counters.bytes()).isEqualTo(9);
    assertThat(counters.again()).isZero();
    assertThat(held.isTroubled()).isFalse();
  }

  @Test
  void saysNothingBeforeTheBrokersHaveTheResultAndItsLetter() {
    var slow = new PostedRecords(TOPICS, false);
    HeldRecord held = held(CLAIM, 1);
    deliveries(slow, (claim, _) -> broken(claim)).deliver(held);

    assertThat(slow.topics()).containsExactly(TOPICS.deadLetters(), TOPICS.documents());
    assertThat(held.verdict()).isNotDone();
    slow.producer().completeNext();
    assertThat(held.verdict()).isNotDone();
    slow.producer().completeNext();
    assertVerdict(held, AcknowledgeType.REJECT);
  }

  @Test
  void rejectsWhatFailedByItself() {
    HeldRecord held = deliver(held(CLAIM, 1), (claim, _) -> broken(claim));

    assertVerdict(held, AcknowledgeType.REJECT);
    assertThat(posted.revisions()).containsExactly(revision(CLAIM, new Outcome.Failed("crashed")));
    assertThat(posted.letters())
        .extracting(DeadLetter::cause)
        .containsExactly(DeadLetter.Cause.CRASH);
    assertThat(held.isTroubled()).isFalse();
  }

  @Test
  void releasesWhatWasStopped() {
    HeldRecord held = deliver(held(CLAIM, 3), (_, _) -> new Handler.Handled.Stopped());

    assertVerdict(held, AcknowledgeType.RELEASE);
    assertThat(posted.topics()).isEmpty();
  }

  @Test
  void putsBackWhatWasLostBeforeTheBrokerDropsIt() {
    Claim once = CLAIM.after(new Claim.Attempts(3, 2, 1));

    HeldRecord held =
        deliver(held(once, AckPolicy.DELIVERIES_MAX), (claim, _) -> unexpected(claim));

    assertVerdict(held, AcknowledgeType.ACCEPT);
    assertThat(posted.claims(Lane.SMALL)).containsExactly(CLAIM.after(new Claim.Attempts(6, 2, 1)));
  }

  @Test
  void whatCannotBePutBackComesAgain() {
    var failing = new PostedRecords(TOPICS, false);
    HeldRecord held = held(CLAIM, AckPolicy.DELIVERIES_MAX);
    deliveries(failing, (claim, _) -> unexpected(claim)).deliver(held);

    failing.producer().errorNext(new TimeoutException("no broker"));

    assertVerdict(held, AcknowledgeType.RELEASE);
  }

  @Test
  void givesUpWhatIsLostTimeAndAgain() {
    Claim often = CLAIM.after(new Claim.Attempts(LOST_MAX - 2, 0, 0));

    HeldRecord held =
        deliver(held(often, AckPolicy.DELIVERIES_MAX), (claim, _) -> unexpected(claim));

    assertVerdict(held, AcknowledgeType.REJECT);
    assertThat(posted.letters())
        .containsExactly(
            new DeadLetter(
                often,
                DeadLetter.Cause.LOST,
                "7 deliveries ended without acknowledgement",
                "deliver",
                "",
                "",
                "tester",
                NOW));
    assertThat(posted.revisions())
        .containsExactly(
            revision(CLAIM, new Outcome.Failed("7 deliveries ended without acknowledgement")));
    assertThat(posted.claims(Lane.SMALL)).isEmpty();
  }

  @Test
  void takesTheRecordOfARetryBackOnceItIsSettled() {
    Claim retry = CLAIM.after(new Claim.Attempts(4, 1, 2));

    HeldRecord held = deliver(held(retry, 1), (claim, _) -> done(claim));

    assertVerdict(held, AcknowledgeType.ACCEPT);
    assertThat(posted.withdrawn()).containsExactly("books\0estimate\0a.txt\0retry\0" + "7\0" + "2");
    assertThat(counters.again()).isEqualTo(1);
    assertThat(counters.lostMost()).isEqualTo(4);
  }

  @Test
  void releasesWhatTheBrokersDoNotTake() {
    var failing = new PostedRecords(TOPICS, false);
    HeldRecord held = held(CLAIM, 1);
    deliveries(failing, (claim, _) -> broken(claim)).deliver(held);

    failing.producer().completeNext();
    failing.producer().errorNext(new TimeoutException("no broker"));

    assertVerdict(held, AcknowledgeType.RELEASE);
    assertThat(held.isTroubled()).isTrue();
    assertThat(counters.items()).isZero();
  }

  @Test
  void releasesWhatTheProducerDoesNotEvenSend() {
    posted.producer().sendException = new IllegalStateException("closed");

    HeldRecord held = deliver(held(CLAIM, 1), (claim, _) -> done(claim));

    assertVerdict(held, AcknowledgeType.RELEASE);
    assertThat(held.isTroubled()).isTrue();
  }

  @Test
  void releasesWhatItsHandlerThrewAt() {
    HeldRecord held =
        deliver(
            held(CLAIM, 1),
            (_, _) -> {
              throw new OutOfMemoryError("not really");
            });

    assertVerdict(held, AcknowledgeType.RELEASE);
    assertThat(held.isTroubled()).isTrue();
  }

  @Test
  void rejectsWhatIsNoRecordOfOurs() {
    HeldRecord held = deliver(held(JsonEditor.bytes("hello"), 1), (claim, _) -> unexpected(claim));

    assertVerdict(held, AcknowledgeType.REJECT);
  }

  @Test
  void leavesRecordsOfALaterSchemaToLaterWorkers() {
    byte[] newer = JsonEditor.newer(ClaimCodec.value(CLAIM));

    HeldRecord held = deliver(held(newer, 9), (claim, _) -> unexpected(claim));

    assertVerdict(held, AcknowledgeType.ACCEPT);
    assertThat(held.isTroubled()).isFalse();
    // As the worker of that version will read it.
    byte[] waiting = posted.producer().history().getFirst().value();
    String readable = new String(waiting, UTF_8).replace("\"v\":2", "\"v\":1");
    assertThat(WaitingClaim.read(readable.getBytes(UTF_8)).claim()).isEqualTo(CLAIM);
    assertThatExceptionOfType(UnreadableRecord.class)
        .isThrownBy(() -> WaitingClaim.read(waiting))
        .matches(UnreadableRecord::newer);
  }

  @Test
  void acceptsTombstones() {
    HeldRecord held = deliver(held((byte[]) null, 9), (claim, _) -> unexpected(claim));

    assertVerdict(held, AcknowledgeType.ACCEPT);
    assertThat(posted.topics()).isEmpty();
  }

  @Test
  void everyBeatOfThePulseCounts() {
    HeldRecord held = held(CLAIM, 1);
    held.start(1);

    deliver(
        held,
        (claim, timer) -> {
          timer.moved();
          return done(claim);
        });

    assertThat(held.movedNanos()).isNotEqualTo(1);
    assertThat(held.countedNanos()).isEqualTo(1);
  }

  @Test
  void theTimeOfAFetchDoesNotCount() {
    HeldRecord held = held(CLAIM, 1);
    held.start(1);

    deliver(
        held,
        (claim, timer) -> {
          timer.restart();
          return done(claim);
        });

    assertThat(held.startedNanos()).isEqualTo(1);
    assertThat(held.countedNanos()).isNotEqualTo(1);
    assertThat(held.movedNanos()).isNotEqualTo(1);
  }

  /// A handler that is given up is interrupted, and so says that it was stopped, at once.
  @Test
  void whatWasGivenUpIsNotReleasedByItsHandler() {
    var slow = new PostedRecords(TOPICS, false);
    HeldRecord held = held(CLAIM, 1);
    held.start(1);
    var own = new CompletableFuture<AckPolicy>();
    Handler hanging =
        (_, _) -> {
          own.join().giveUp(held, Duration.ofSeconds(91));
          own.join().giveUp(held, Duration.ofSeconds(92));
          return new Handler.Handled.Stopped();
        };
    own.complete(deliveries(slow, hanging));

    own.join().deliver(held);

    assertThat(held.verdict()).isNotDone();
    slow.producer().completeNext();
    slow.producer().completeNext();
    assertVerdict(held, AcknowledgeType.REJECT);
    assertThat(slow.letters())
        .extracting(DeadLetter::cause)
        .containsExactly(DeadLetter.Cause.STALLED);
  }

  @Test
  void whatOnlyWaitsForTheBrokersIsNotGivenUp() {
    var slow = new PostedRecords(TOPICS, false);
    HeldRecord held = held(CLAIM, 1);
    held.start(1);
    AckPolicy ackPolicy = deliveries(slow, (claim, _) -> done(claim));
    ackPolicy.deliver(held);

    ackPolicy.giveUp(held, Duration.ofSeconds(91));

    assertThat(held.isWorkedOn()).isFalse();
    slow.producer().completeNext();
    assertVerdict(held, AcknowledgeType.ACCEPT);
    assertThat(slow.letters()).isEmpty();
  }
}
