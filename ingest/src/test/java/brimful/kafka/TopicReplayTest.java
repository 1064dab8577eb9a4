package brimful.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TopicReplayTest {
  @TempDir Path folder;

  /// Ctrl-C comes as an interrupt, and most likely while something is read.
  @Test
  void anInterruptIsAWishAndNoDefect() {
    try (var pipeline = new Pipelines(Brokers.dev().bootstrap(), folder)) {
      String topic = pipeline.cluster().topics().progress();
      Thread.currentThread().interrupt();

      Throwable thrown = catchThrowable(() -> TopicReplay.last(pipeline.cluster(), List.of(topic)));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(thrown).isInstanceOf(CancellationException.class);
    }
  }
}
