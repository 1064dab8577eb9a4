package brimful.collection.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

final class RecountJobTest {
  private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");

  private final JobRun run =
      new JobRun(
          new Job(
              "id",
              "docs",
              "o200k_base",
              Job.Kind.COUNT,
              Job.State.WAITING,
              Job.Counts.NONE,
              NOW,
              Instant.MAX,
              Instant.MAX,
              "",
              ""),
          "folder",
          "",
          Clock.systemUTC());
  private final RecountJob recountJob =
      new RecountJob(
          "docs",
          "o200k_base",
          () -> {
            boolean _ = run.start();
            return Optional.of(run);
          });

  @Test
  void tellsHowFarItIs() {
    recountJob.starts(100);
    recountJob.counted(25);

    Job job = run.job();
    assertThat(job.state()).isEqualTo(Job.State.RUNNING);
    assertThat(job.counts().files()).isEqualTo(100);
    assertThat(job.counts().read()).isEqualTo(25);
    assertThat(job.left(job.started().plusSeconds(10))).contains(Duration.ofSeconds(30));

    assertThat(job.left(job.started().plus(Duration.ofDays(9)))).contains(Duration.ofDays(27));
    assertThat(job.left(job.started().plus(Duration.ofDays(11)))).as("beyond 30 days").isEmpty();

    recountJob.counted(75);
    recountJob.ends();
    assertThat(run.job().state()).isEqualTo(Job.State.DONE);
  }

  @Test
  void hasFailedIfItEndedEarly() {
    recountJob.starts(100);
    recountJob.counted(25);
    recountJob.ends();

    assertThat(run.job().state()).isEqualTo(Job.State.FAILED);
  }

  @Test
  void endsTheRecountWhenItIsCancelled() {
    recountJob.starts(100);
    run.cancel();

    assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> recountJob.counted(25));
    recountJob.ends();
    assertThat(run.job().state()).isEqualTo(Job.State.CANCELLED);
  }
}
