package brimful.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SessionsTest {
  private final AtomicLong clock = new AtomicLong();
  private final Sessions sessions = new Sessions(3, clock::get);

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  void theLongestIdleMakesRoom() {
    sessions.add("a", "me");
    sessions.add("b", "me");
    sessions.add("c", "me");
    assertThat(sessions.touch("a", "me")).isTrue();

    assertThat(sessions.evicted()).containsExactly("b");
    assertThat(sessions.evicted()).isEmpty();
    assertThat(sessions.touch("b", "me")).isFalse();
    assertThat(sessions.touch("a", "me")).isTrue();
  }

  @Test
  void whatIsIdleTooLongIsNoMore() {
    sessions.add("a", "me");
    pass(Sessions.IDLE_MAX.minusSeconds(1));
    sessions.add("b", "me");
    pass(Duration.ofSeconds(1));

    assertThat(sessions.touch("a", "me")).isFalse();
    assertThat(sessions.touch("b", "me")).isTrue();
    assertThat(sessions.evicted()).containsExactly("a");
  }

  @Test
  void aSessionIsItsOwners() {
    sessions.add("a", "me");

    assertThat(sessions.touch("a", "you")).isFalse();
    assertThat(sessions.touch("a", "me")).isTrue();
  }
}
