package brimful.collection.library;

import brimful.index.RecountListener;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs a recount of a collection, and shows it as a job from its first chunk on.
///
/// A recount runs in the thread of the question that needs it. Cancelling the job also ends that
/// question. Safe for many threads.
final class RecountJob implements RecountListener {
  private static final Logger LOG = LoggerFactory.getLogger(RecountJob.class);

  private final String collection;
  private final String tokenizer;
  private final Supplier<Optional<JobRun>> begin;
  private volatile Optional<JobRun> run = Optional.empty();

  /// @param begin adds the job that shows it; empty for none
  RecountJob(String collection, String tokenizer, Supplier<Optional<JobRun>> begin) {
    this.collection = collection;
    this.tokenizer = tokenizer;
    this.begin = begin;
  }

  @Override
  public void starts(int chunks) {
    LOG.info("recount starts collection={} tokenizer={} chunks={}", collection, tokenizer, chunks);
    run = begin.get();
    run.ifPresent(job -> job.starts(chunks, 0));
  }

  @Override
  public void counted(int chunks) {
    run.ifPresent(job -> {
      if (job.isCancelled()) {
        throw new CancellationException("the recount was cancelled");
      }
      job.count(is -> is.withRead(is.read() + chunks));
    });
  }

  @Override
  public void ends() {
    LOG.info("recount ended collection={} tokenizer={}", collection, tokenizer);
    run.ifPresent(job -> {
      Job.Counts counts = job.job().counts();
      boolean whole = counts.read() == counts.files();
      job.end(
          whole ? Job.State.DONE : Job.State.FAILED, whole ? "" : "it ended early: see the log");
    });
  }
}
