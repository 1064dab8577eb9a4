package brimful.batch;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.model.ModelCatalog;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ThrottleTest {
  private final BatchFixture.Clockwork clockwork = new BatchFixture.Clockwork();
  private final Throttle throttle = new Throttle(8, clockwork);

  @Test
  void beginsWithOneCallAndGrowsWithEachAnswer() {
    int first = throttle.allowed();
    for (int i = 0; i < 20; i++) {
      throttle.answered();
    }

    assertThat(first).isEqualTo(1);
    assertThat(throttle.allowed()).isEqualTo(8);
  }

  @Test
  void aRefusalHalvesItAndLetsAllWait() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      throttle.answered();
    }

    throttle.refused(Duration.ofSeconds(30));
    throttle.enter();

    assertThat(throttle.allowed()).isEqualTo(4);
    assertThat(clockwork.now()).isEqualTo(BatchFixture.SUNDAY.plusSeconds(30));
  }

  @Test
  void aClockThatIsSetBackMakesNoPauseLonger() throws InterruptedException {
    throttle.refused(Duration.ofSeconds(30));
    Instant before = BatchFixture.SUNDAY.minus(Duration.ofDays(1));
    clockwork.set(before);

    throttle.enter();

    assertThat(clockwork.now()).isEqualTo(before.plusSeconds(30));
  }

  @Test
  void theCheapestHoursAreFoundAcrossDays() {
    var flash = ModelCatalog.builtIn().find("deepseek-flash");

    assertThat(OffPeak.next(flash, Instant.parse("2026-11-23T06:30:00Z")))
        .isEqualTo(Instant.parse("2026-11-23T10:00:00Z"));
    assertThat(OffPeak.next(flash, BatchFixture.SUNDAY)).isEqualTo(BatchFixture.SUNDAY);
    assertThat(OffPeak.next(ModelCatalog.builtIn().find("local"), BatchFixture.SUNDAY))
        .isEqualTo(BatchFixture.SUNDAY);
  }
}
