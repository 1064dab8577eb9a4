package brimful.exhaustive.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadingJobTest {
  private static final Instant NOW = Instant.parse("2026-11-28T08:00:00Z");
  private static final ReadingOrder ORDER =
      new ReadingOrder(
          List.of("docs"), List.of(), "List all.", "", "", false, Double.POSITIVE_INFINITY);

  @TempDir private Path folder;

  @Test
  void aThreadThatDoesNotStartEndsIt() throws InterruptedException {
    var job =
        new ReadingJob(
            "one", "", ORDER, NOW, new ReadingFiles(folder), ReadingFiles.Money.NONE);
    Thread over = Thread.ofPlatform().start(() -> {});
    over.join();

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> job.start(over, ORDER))
        .withMessageContaining("cannot start another thread");

    assertThat(job.isRunning()).isFalse();
    assertThat(job.progress(NOW).path("state").asText()).isEqualTo("failed");
    assertThat(job.progress(NOW).path("notice").asText()).contains("resume it later");
  }
}
