package brimful.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OutcomeTest {
  @Test
  void saysInOneLineWhatIsThereAndWhatCameThen() {
    assertThat(Outcome.Truncated.brokenOff(1, "members", "torn").display())
        .isEqualTo("truncated: 1 member, then: torn");
    assertThat(Outcome.Truncated.brokenOff(0, "members", "torn").display())
        .isEqualTo("truncated: 0 members, then: torn");
    assertThat(new Outcome.Truncated(1, 2_000, "pages").display())
        .isEqualTo("truncated: 1 of 2,000 pages");
    assertThat(new Outcome.Truncated(0, 1, "parts", "it is torn").cause())
        .isEqualTo("0 of 1 part (it is torn)");
  }
}
