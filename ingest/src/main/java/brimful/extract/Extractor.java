package brimful.extract;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.source.Listed;
import brimful.source.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Reads a file: text and code in the calling thread, documents by Tika in a thread of their own.
///
/// A parser that takes too long is interrupted and left behind. A thread cannot be killed, so it
/// may go on burning a core until it ends by itself; the process may end without it. At most
/// [#ABANDONED_MAX] are put up with: then documents fail unread, until one of them ends.
///
/// The same bytes give the same extraction, but for what depends on time and memory. Safe for many
/// threads. Nothing is loaded for documents until there is one: the first takes about a second.
public final class Extractor {
  static final int ABANDONED_MAX = 4;

  /// Deeply nested documents recurse; beyond this they end as failed.
  private static final long STACK_BYTES = 4L << 20;

  private final ExtractLimits limits;
  private final Rules rules;
  private final Semaphore abandonable = new Semaphore(ABANDONED_MAX);

  public Extractor(ExtractLimits limits, Rules rules) {
    this.limits = limits;
    this.rules = rules;
  }

  /// Reads a file; whatever is wrong with it is said by the outcome.
  public Extraction extract(Listed.File file) {
    var reader = new ContentReader(limits, rules, this::parse);
    try (InputStream in = file.content().open()) {
      return reader.read(file.id(), in, file.bytes());
    } catch (IOException e) {
      return Extraction.without(Failures.outcome(e));
    }
  }

  private Extraction parse(DocumentId id, InputStream bytes) {
    var parser = new TikaParser(limits, rules, new Allowance(limits), 0);
    return bounded(() -> parser.parse(id, bytes));
  }

  /// Runs a parse within the time limit.
  Extraction bounded(java.util.concurrent.Callable<Extraction> parse) {
    if (!abandonable.tryAcquire()) {
      return Extraction.without(
          new Outcome.Failed(
              "not tried, for %d earlier documents still hang".formatted(ABANDONED_MAX)));
    }
    abandonable.release();
    var task = new FutureTask<>(parse);
    var thread = new Thread(null, task, "extract", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limits.duration().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      abandon(thread);
      return Extraction.without(
          new Outcome.Failed(
              "no result after %.2f s".formatted(limits.duration().toMillis() / 1000.0)));
    } catch (InterruptedException e) {
      abandon(thread);
      Thread.currentThread().interrupt();
      return Extraction.without(new Outcome.Failed("interrupted"));
    } catch (ExecutionException | CancellationException e) {
      return Extraction.without(Failures.outcome(e));
    }
  }

  private void abandon(Thread thread) {
    thread.interrupt();
    if (abandonable.tryAcquire()) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              thread.join();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            } finally {
              abandonable.release();
            }
          });
    }
  }
}
