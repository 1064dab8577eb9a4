package brimful.collection.library;

import brimful.corpus.Outcome;
import brimful.ingest.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/// A running or waiting job: counts its progress, and can be cancelled. Safe for many threads.
final class JobRun implements Progress {
  private final String folder;
  private final String part;
  private final Clock clock;
  private final AtomicReference<Job> job;
  private final CountDownLatch ended = new CountDownLatch(1);

  /// @param folder the folder of its collection
  /// @param part the one repository that it reads of its source; empty for all of it
  JobRun(Job job, String folder, String part, Clock clock) {
    this.folder = folder;
    this.part = part;
    this.job = new AtomicReference<>(job);
    this.clock = clock;
  }

  /// Returns whether it works on this very collection, not on another one of its name.
  boolean isOf(Collection collection) {
    return folder.equals(collection.folder());
  }

  /// Returns the one repository that it reads of its source; empty for all of it.
  String part() {
    return part;
  }

  /// Returns the job as it is now.
  Job job() {
    return job.get();
  }

  /// Starts the job.
  ///
  /// @return false if it was cancelled before
  boolean start() {
    job.updateAndGet(
        is -> is.state().isEnd() ? is : changed(is, Job.State.RUNNING, is.counts(), "", ""));
    return !job().state().isEnd();
  }

  /// Ends the job, unless it has ended.
  void end(Job.State state, String error) {
    job.updateAndGet(is -> is.state().isEnd() ? is : changed(is, state, is.counts(), error, ""));
    ended.countDown();
  }

  /// Waits a limited time for its end.
  ///
  /// @throws CancellationException if the thread is interrupted
  Job await(Duration most) {
    try {
      boolean _ = ended.await(most.toMillis(), TimeUnit.MILLISECONDS);
      return job();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a job");
    }
  }

  /// Cancels the job: at once if it waits, else before the next file. The thread is not
  /// interrupted, because that would close the index's files.
  void cancel() {
    end(Job.State.CANCELLED, "");
  }

  @Override
  public boolean isCancelled() {
    return job().state() == Job.State.CANCELLED;
  }

  /// Changes the counts.
  void count(UnaryOperator<Job.Counts> change) {
    job.updateAndGet(
        is -> changed(is, is.state(), change.apply(is.counts()), is.error(), is.notice()));
  }

  /// Says what it waits for; an empty line says that it goes on.
  void waitsFor(String notice) {
    job.updateAndGet(
        is -> is.state().isEnd() ? is : changed(is, is.state(), is.counts(), is.error(), notice));
  }

  private Job changed(Job is, Job.State state, Job.Counts counts, String error, String notice) {
    Instant now = clock.instant();
    return new Job(
        is.id(),
        is.collection(),
        is.source(),
        is.kind(),
        state,
        counts,
        is.created(),
        is.state() == Job.State.WAITING && state == Job.State.RUNNING ? now : is.started(),
        !is.state().isEnd() && state.isEnd() ? now : is.ended(),
        error,
        notice);
  }

  @Override
  public void says(String line) {
    waitsFor(line);
  }

  @Override
  public void starts(int files, long bytes) {
    count(is -> new Job.Counts(files, 0, bytes, 0, 0, 0, is.removed()));
  }

  @Override
  public void read(Outcome outcome, long tokens, long bytes) {
    int failed = outcome instanceof Outcome.Failed ? 1 : 0;
    count(is ->
        new Job.Counts(
            is.files(),
            is.read() + 1,
            is.bytes(),
            is.bytesRead() + bytes,
            is.tokens() + tokens,
            is.failed() + failed,
            is.removed()));
  }

  @Override
  public void ends() {}
}
