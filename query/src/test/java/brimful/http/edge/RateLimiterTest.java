package brimful.http.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RateLimiterTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void saysAfterHowManySecondsTheNextMayCome() {
    var rate = new RateLimiter();

    assertThat(rate.take("slow", 2, 0)).isZero();
    assertThat(rate.take("slow", 2, 0)).isZero();
    assertThat(rate.take("slow", 2, 0)).isEqualTo(30);
    assertThat(rate.take("slow", 2, 10 * SECOND)).isEqualTo(20);
    assertThat(rate.take("slow", 2, 29 * SECOND)).isEqualTo(1);
    assertThat(rate.take("slow", 2, 30 * SECOND)).isZero();
    assertThat(rate.take("other", 2, 30 * SECOND)).isZero();
  }
}
