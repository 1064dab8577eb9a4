package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.testing.Await;
import java.time.Duration;
import java.util.concurrent.FutureTask;

/// A command that runs in a thread of its own until it is closed, as by Ctrl-C.
final class BackgroundCommand implements AutoCloseable {
  private static final Duration PATIENCE = Await.PATIENCE;

  private final FutureTask<Shell.Result> task;
  private final Thread thread;

  BackgroundCommand(Shell shell, String... words) {
    task = new FutureTask<>(() -> shell.run(words));
    thread = Thread.ofPlatform().daemon().name(words[0]).start(task);
  }

  @Override
  public void close() {
    thread.interrupt();
    assertThat(task)
        .succeedsWithin(PATIENCE)
        .satisfies(
            result -> assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.INTERRUPTED));
  }
}
