package brimful.opensearch;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Requests that only spare others some work, and are tried once. Each takes seconds where a
/// cluster does not answer, and there may be hundreds: after one that failed or was slow, none is
/// sent for a while. Safe for many threads.
final class BestEffort {
  private static final Logger LOG = LoggerFactory.getLogger(BestEffort.class);
  private static final Duration SLOW_MIN = Duration.ofSeconds(1);
  private static final Duration LEFT_OUT = Duration.ofMinutes(1);

  private volatile long leftOutUntilNanos = System.nanoTime();

  /// @param what for the log
  void attempt(String what, Runnable request) {
    long begun = System.nanoTime();
    if (begun - leftOutUntilNanos < 0) {
      LOG.info("left out, because the cluster does not answer: {}", what);
      return;
    }
    boolean done = false;
    try {
      request.run();
      done = true;
    } catch (RuntimeException e) {
      LOG.info("not done: {} cause={}", what, e.toString());
    }
    long now = System.nanoTime();
    if (!done || now - begun > SLOW_MIN.toNanos()) {
      leftOutUntilNanos = now + LEFT_OUT.toNanos();
    }
  }
}
