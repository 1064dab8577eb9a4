package brimful.cli.command;

import brimful.cli.option.Terminal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// Runs a command that only ends when stopped: Ctrl-C and SIGTERM interrupt it, and the process
/// waits until it has closed everything.
public final class UntilStopped {
  /// Slightly less than what a container gets between SIGTERM and SIGKILL.
  private static final Duration LEAVE_MAX = Duration.ofSeconds(9);

  private UntilStopped() {}

  /// The command's body.
  @FunctionalInterface
  public interface Body {
    ExitCode run() throws InterruptedException;
  }

  public static ExitCode run(Body body) {
    return run(() -> {}, body);
  }

  /// Says at once what a stop does, as it takes a moment.
  public static ExitCode run(Terminal terminal, String stopping, Body body) {
    return run(() -> terminal.note("stopping: " + stopping), body);
  }

  private static ExitCode run(Runnable stopping, Body body) {
    var left = new AtomicBoolean();
    Thread runner = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  if (!left.get()) {
                    stopping.run();
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
