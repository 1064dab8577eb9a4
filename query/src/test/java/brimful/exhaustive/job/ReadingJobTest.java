package brimful.exhaustive.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.batch.table.Cell;
import brimful.batch.table.Row;
import brimful.corpus.UserError;
import com.fasterxml.jackson.databind.JsonNode;
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

  private ReadingJob job() {
    return new ReadingJob("one", "", ORDER, NOW, new ReadingFiles(folder), ReadingFiles.Money.NONE);
  }

  @Test
  void theTimeLeftIsRoundedOnce() {
    ReadingJob job = job();
    job.start(Thread.ofPlatform().unstarted(() -> {}), ORDER);
    job.starts(100, 100);
    for (int i = 0; i < 60; i++) {
      job.finished(new Row("unit", "id", "text", "key"), Cell.untouched());
    }

    JsonNode progress = job.progress(Instant.now().plusSeconds(45));

    assertThat(progress.path("eta_seconds").asInt()).isGreaterThanOrEqualTo(45 * 40 / 60 - 1);
  }

  @Test
  void aThreadThatDoesNotStartEndsIt() throws InterruptedException {
    ReadingJob job = job();
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
