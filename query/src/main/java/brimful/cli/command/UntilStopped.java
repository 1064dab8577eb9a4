package brimful.cli.command;

import brimful.cli.option.Terminal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// Runs what a stop must not end in the middle, such as a call that is paid: Ctrl-C, SIGTERM and a
/// closed terminal interrupt it, and the process waits until it has closed everything, and said
/// what it leaves. Its exit code is then the signal's.
public final class UntilStopped {
  /// Slightly less than what a container gets between SIGTERM and SIGKILL.
  private static final Duration LEAVE_MAX = Duration.ofSeconds(9);

  private static volatile boolean stopping;

  private UntilStopped() {}

  /// Returns whether a signal ends this process, which then has the signal's exit code as soon as
  /// the thread that runs the command is over.
  public static boolean isStopping() {
    return stopping;
  }

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

  private static ExitCode run(Runnable stop, Body body) {
    var left = new AtomicBoolean();
    Thread runner = Thread.currentThread();
    Thread hook =
        Thread.ofPlatform()
            .unstarted(() -> {
              if (!left.get()) {
                stopping = true;
                stop.run();
                runner.interrupt();
                join(runner);
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return body.run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    } finally {
      left.set(true);
      remove(hook);
    }
  }

  private static void remove(Thread hook) {
    try {
      boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // It runs already.
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
