package brimful.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.kafka.JobProgress;
import brimful.kafka.record.CollectionKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StatusViewTest {
  private static JobProgress.Job job(int number) {
    return new JobProgress.Job(
        new CollectionKey("docs", "estimate"),
        "job" + number,
        1,
        9,
        Instant.EPOCH.plusSeconds(number),
        Map.of());
  }

  @Test
  void leavesOutJobsThatEndedLongAgoAndNoneThatRuns() {
    List<JobProgress.Job> jobs =
        IntStream.range(0, StatusView.ENDED_MAX + 5).mapToObj(StatusViewTest::job).toList();

    assertThat(StatusView.recent(jobs, job -> !job.id().equals("job1")))
        .extracting(JobProgress.Job::id)
        .hasSize(StatusView.ENDED_MAX + 1)
        .startsWith("job1", "job5")
        .doesNotContain("job4")
        .endsWith("job24");
    assertThat(StatusView.recent(jobs, _ -> false)).isEqualTo(jobs);
    assertThat(StatusView.recent(jobs.subList(0, 3), _ -> true)).hasSize(3);
  }
}
