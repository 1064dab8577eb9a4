package brimful.cli;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// Runs what only ends when it is stopped: Ctrl-C and SIGTERM interrupt it, and the process waits
/// for it to close what it has.
final class UntilStopped {
  /// As long as a container is given between SIGTERM and SIGKILL, less a little.
  private static final Duration LEAVE_MAX = Duration.ofSeconds(9);

  private UntilStopped() {}

  /// What runs.
  @FunctionalInterface
  interface Body {
    ExitCode run() throws InterruptedException;
  }

  static ExitCode run(Body body) {
    var left = new AtomicBoolean();
    Thread runner = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  if (!left.get()) {
                    runner.interrupt();
                    join(runner);
                  }
                }));
    try {
      return body.run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    } finally {
      left.set(true);
    }
  }

  private static void join(Thread runner) {
    try {
      runner.join(LEAVE_MAX);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
