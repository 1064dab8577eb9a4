package brimful.extract.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class MediaTimeTest {
  private static final Runnable NOBODY = () -> {};

  @Test
  void longRecordingsHaveMoreTimeAStepAndNoMoreInAll() {
    MediaTime time = MediaTime.of(Duration.ofMinutes(2), NOBODY).playing(3600);

    assertThat(time.next()).isEqualTo(Duration.ofMinutes(17));
    assertThat(time.playing(7 * 86_400).next())
        .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
    assertThat(time.isOver()).isFalse();
    assertThat(time.met()).isEqualTo("limit time=2m");
  }

  @Test
  void whatIsOverHasOnlyAMoment() {
    var time = new MediaTime(Duration.ofMinutes(2), System.nanoTime() - 1, "", NOBODY);

    assertThat(time.isOver()).isTrue();
    assertThat(time.next()).isEqualTo(Duration.ofMillis(1));
  }
}
