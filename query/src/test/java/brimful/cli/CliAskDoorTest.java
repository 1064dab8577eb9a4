package brimful.cli;

import brimful.cli.command.ExitCode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

final class CliAskDoorTest extends AskDoorContract {
  @Override
  AskDoor open(Map<String, String> environment, Path notes) {
    var shell = new Shell(Path.of(environment.get("BRIMFUL_HOME")));
    environment.forEach(shell::with);
    return new Door(shell, notes, new AtomicReference<>(Optional.empty()));
  }

  /// Ctrl-C interrupts the thread that asks.
  private record Door(Shell shell, Path notes, AtomicReference<Optional<Thread>> asking)
      implements AskDoor {
    @Override
    public Outcome ask(String question) {
      asking.set(Optional.of(Thread.currentThread()));
      Shell.Result result = shell.run("ask", notes.toString(), question, "--budget", BUDGET);
      return new Outcome(
          result.code() == ExitCode.OK ? result.out() : "",
          result.code() == ExitCode.OK ? "" : result.code().name());
    }

    @Override
    public void cancel() {
      asking.get().orElseThrow().interrupt();
    }

    @Override
    public void close() {}
  }

  @Override
  String name() {
    return "command line";
  }

  @Override
  String word(String kind) {
    return ExitCode.of(brimful.corpus.UserError.Kind.valueOf(kind)).name();
  }
}
