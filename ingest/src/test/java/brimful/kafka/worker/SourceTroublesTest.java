package brimful.kafka.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SourceTroublesTest {
  private Instant now = Instant.parse("2026-11-27T10:00:00Z");
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private final SourceTroubles troubles = new SourceTroubles(clock);

  private boolean isDueAfter(Duration pause) {
    now = now.plus(pause).minusMillis(1);
    assertThat(troubles.isDue("/mnt")).as("before %s", pause).isFalse();
    now = now.plusMillis(1);
    return troubles.isDue("/mnt");
  }

  @Test
  void eachFailureDoublesThePauseUpToALimit() {
    troubles.begin("/mnt", "no mount");
    assertThat(isDueAfter(SourceTroubles.PAUSE_MIN)).isTrue();

    for (int seconds : new int[] {2, 4, 8, 16, 30, 30}) {
      troubles.prolong("/mnt", "still no mount");
      assertThat(isDueAfter(Duration.ofSeconds(seconds))).isTrue();
    }

    assertThat(troubles.cause("/mnt")).hasValue("still no mount");
    assertThat(troubles.isDue("/other")).isTrue();
  }

  @Test
  void anotherClaimOfTheSourceChangesNothing() {
    troubles.begin("/mnt", "no mount");
    now = now.plusMillis(999);
    troubles.begin("/mnt", "another cause");

    assertThat(troubles.cause("/mnt")).hasValue("no mount");
    assertThat(isDueAfter(Duration.ofMillis(1))).isTrue();
  }

  @Test
  void endsWithItsCauseOrWhenNobodyWaits() {
    troubles.begin("/mnt", "no mount");
    troubles.begin("/waited", "no mount");
    troubles.begin("/back", "no mount");

    troubles.end("/back");
    troubles.forgetOthers(Set.of("/waited"));
    assertThat(troubles.cause("/mnt")).as("not due yet").isPresent();
    now = now.plus(SourceTroubles.PAUSE_MIN);
    troubles.forgetOthers(Set.of("/waited"));

    assertThat(troubles.cause("/back")).isEmpty();
    assertThat(troubles.cause("/mnt")).isEmpty();
    assertThat(troubles.cause("/waited")).isPresent();
  }
}
