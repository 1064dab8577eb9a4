package brimful.cli.view;

import brimful.cli.option.Terminal;
import brimful.corpus.Counted;
import brimful.corpus.UserError;
import brimful.kafka.Cluster;
import brimful.kafka.JobProgress;
import brimful.kafka.Lag;
import brimful.kafka.OvertakenJobs;
import brimful.kafka.WaitingList;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.JobCounts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Shows the progress of jobs: a line each, or one job until it is done.
public final class StatusView {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /// The interval of progress lines where nobody watches.
  private static final int LOOKS_PER_LINE = 5;

  private static final int CAUSES_MAX = 10;

  /// Of the jobs that have ended, which there are more of every day.
  static final int ENDED_MAX = 20;

  /// A broker that has just come back may not know yet what waits.
  private static final int IDLE_LOOKS = 3;

  private final Terminal terminal;
  private final Cluster cluster;

  public StatusView(Terminal terminal, Cluster cluster) {
    this.terminal = terminal;
    this.cluster = cluster;
  }

  /// Prints a line for each job, oldest first, and the queue lengths.
  ///
  /// @param all whether to print jobs that ended long ago
  public void list(List<JobProgress.Job> jobs, boolean all) {
    Lag lag = cluster.lag(JobProgress.groups(jobs));
    try (var waiting = new WaitingList(cluster)) {
      List<WaitingList.Cause> causes = waiting.causes();
      boolean idle = lag.isNone() && causes.isEmpty();
      OvertakenJobs overtaken = OvertakenJobs.of(cluster, JobProgress.read(cluster), idle);
      List<JobProgress.Job> shown =
          all ? jobs : recent(jobs, job -> job.isDone() || overtaken.by(job).isPresent());
      if (shown.size() < jobs.size()) {
        terminal
            .out()
            .println(
                String.format(
                    Locale.ROOT,
                    "jobs that ended earlier: %,d; --collection or --job shows them",
                    jobs.size() - shown.size()));
      }
      for (JobProgress.Job job : shown) {
        String by = overtaken.by(job).map(id -> "; overtaken by " + id).orElse("");
        terminal.out().println(line(job) + by);
      }
      terminal
          .out()
          .println(
              String.format(
                  Locale.ROOT,
                  "waiting: %,d for workers, %,d set aside, %,d records for the index",
                  lag.jobs(),
                  causes.stream().mapToLong(WaitingList.Cause::claims).sum(),
                  lag.documents()));
      new IndexWorkersView(cluster).lines(idle).forEach(terminal.out()::println);
      causes.stream()
          .limit(CAUSES_MAX)
          .map(WaitingList.Cause::display)
          .forEach(terminal.out()::println);
      if (causes.size() > CAUSES_MAX) {
        terminal.out().println("and %s more causes".formatted(causes.size() - CAUSES_MAX));
      }
    }
    cluster.advice().forEach(terminal.out()::println);
  }

  /// Returns the jobs that have not ended, and the last of those that have.
  static List<JobProgress.Job> recent(
      List<JobProgress.Job> jobs, Predicate<JobProgress.Job> ended) {
    List<JobProgress.Job> old = jobs.stream().filter(ended).toList();
    Set<JobProgress.Job> hidden = Set.copyOf(old.subList(0, Math.max(0, old.size() - ENDED_MAX)));
    return jobs.stream().filter(job -> !hidden.contains(job)).toList();
  }

  /// Follows one job until it is done, or nothing waits any more: the rest of it was then overtaken
  /// by a later job.
  public void follow(CollectionKey collection, String id) throws InterruptedException {
    terminal.note(line(finished(collection, id)));
  }

  private JobProgress.Job finished(CollectionKey collection, String id)
      throws InterruptedException {
    try (var board = new JobProgress(cluster);
        var waiting = new WaitingList(cluster);
        var display = new Display()) {
      for (int idle = 0; ; TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis())) {
        try {
          // What is set aside, and then the lag: when there is none, the counts read afterwards are
          // final.
          List<WaitingList.Cause> causes = waiting.causes();
          Lag lag = cluster.lag(JobProgress.groups(board.jobs()));
          JobProgress.Job job = job(board, collection, id);
          idle = lag.isNone() && causes.isEmpty() ? idle + 1 : 0;
          boolean done = job.isDone() || idle >= IDLE_LOOKS;
          display.show(job, speed(job, lag, causes), done);
          if (done) {
            return job;
          }
        } catch (UserError e) {
          if (e.kind() != UserError.Kind.UNAVAILABLE) {
            throw e;
          }
          // The brokers are away; what they have stored is there when they are back.
        }
      }
    }
  }

  private static JobProgress.Job job(JobProgress board, CollectionKey collection, String id) {
    return board.jobs().stream()
        .filter(job -> job.collection().equals(collection) && job.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new UserError(UserError.Kind.NOT_FOUND, "no job %s: see brimful status".formatted(id)));
  }

  /// A bar where a person watches, otherwise a line now and then.
  private final class Display implements AutoCloseable {
    private Optional<ProgressBar> bar = Optional.empty();
    private int looks;

    void show(JobProgress.Job job, String speed, boolean done) {
      if (terminal.watched()) {
        ProgressBar shown = bar.orElseGet(() -> bar(job));
        bar = Optional.of(shown);
        shown.stepTo(job.farthest().done());
        shown.setExtraMessage(" " + speed);
      } else if (done || looks % LOOKS_PER_LINE == 0) {
        terminal.note(
            String.format(
                Locale.ROOT,
                "%,d of %s, %s",
                job.farthest().done(),
                Counted.of(job.items(), "item"),
                speed));
      }
      looks++;
    }

    @Override
    public void close() {
      bar.ifPresent(ProgressBar::close);
    }
  }

  private ProgressBar bar(JobProgress.Job job) {
    return new ProgressBarBuilder()
        .setTaskName(job.collection().name())
        .setInitialMax(job.items())
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(Math.toIntExact(LOOK_EVERY.toMillis()))
        .setConsumer(new BarOutput(terminal.err()))
        .hideEta()
        .clearDisplayOnFinish()
        .build();
  }

  static String line(JobProgress.Job job) {
    JobCounts counts = job.farthest();
    return String.format(
        Locale.ROOT,
        "%s %s: %,d of %,d: %,d indexed, %,d truncated, %,d skipped, %,d encrypted, %,d failed, %,d deleted; %s, %s, %.1f MB in %.1f s",
        job.id(),
        job.collection(),
        counts.done(),
        job.items(),
        counts.indexed(),
        counts.truncated(),
        counts.skipped(),
        counts.encrypted(),
        counts.failed(),
        counts.deleted(),
        Counted.of(counts.chunks(), "chunk"),
        Counted.of(counts.tokens(), "token"),
        counts.bytes() / 1e6,
        seconds(job));
  }

  /// From the submission to the latest result.
  private static double seconds(JobProgress.Job job) {
    return Math.max(0, job.farthest().last() - job.submitted().toEpochMilli()) / 1e3;
  }

  private static String speed(JobProgress.Job job, Lag lag, List<WaitingList.Cause> causes) {
    JobCounts counts = job.farthest();
    double seconds = Math.max(1, seconds(job));
    double rate = counts.done() / seconds;
    String eta =
        rate > 0 && !job.isDone()
            ? String.format(Locale.ROOT, ", ETA %.0f s", (job.items() - counts.done()) / rate)
            : "";
    return String.format(
        Locale.ROOT,
        "%,.0f files/s, %,.0f tokens/s, %,d failed, lag %,d + %,d%s%s",
        rate,
        counts.tokens() / seconds,
        counts.failed(),
        lag.jobs(),
        lag.documents(),
        eta,
        causes.stream().findFirst().map(cause -> "; " + cause.display()).orElse(""));
  }
}
