package brimful.kafka.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import brimful.kafka.Lane;
import brimful.kafka.PostedRecords;
import brimful.kafka.WaitingClaim;
import brimful.kafka.record.Claim;
import brimful.kafka.record.DeadLetter;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/// What an [AckPolicy] does with claims whose source is away.
final class SetAsideTest extends DeliveryFixture {
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
