package brimful.cli;

import brimful.cli.option.Arguments;
import brimful.cli.option.KafkaOptions;
import brimful.cli.option.PackOptions;
import brimful.cli.option.Terminal;
import brimful.collection.Home;
import brimful.kafka.Cluster;
import brimful.kafka.index.CollectionIndexes;
import brimful.kafka.index.IndexWorker;
import brimful.store.LockWait;
import brimful.store.ProcessLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.cli.Options;

/// Keeps the indexes of this machine's collections up to date until it is stopped.
final class IndexWorkerCommand implements Command {
  /// A second one takes over whenever the first ends.
  private static final Duration WAIT_MAX = Duration.ofDays(365);

  /// A commit takes seconds at most.
  private static final Duration STOP_MAX = Duration.ofSeconds(8);

  private final Terminal terminal;

  IndexWorkerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "index-worker";
  }

  @Override
  public String summary() {
    return "writes the results of workers into the indexes, until stopped";
  }

  @Override
  public String help() {
    return """
    brimful index-worker --kafka HOST:PORT [--rebuild] [--once] [--group NAME]

    Writes the indexes below $BRIMFUL_HOME/collections, which ask and pack --collection read. It continues
    where the indexes end, even after a kill. A second index worker for the same folder waits until the
    first ends; one for another folder is a replica and needs its own --group.

      brimful index-worker --kafka localhost:9092
      brimful index-worker --kafka localhost:9092 --rebuild    rebuilds everything from the topic
    """;
  }

  @Override
  public Options options() {
    return KafkaOptions.options()
        .addOption(PackOptions.option("group", "NAME", "the replica's name (default: index)"))
        .addOption(PackOptions.flag("rebuild", "delete the indexes and rebuild them"))
        .addOption(PackOptions.flag("once", "end when everything submitted so far is indexed"));
  }

  @Override
  public ExitCode run(Arguments arguments) {
    Path folder = Home.of(terminal.environment()).collections();
    return UntilStopped.run(() -> {
      try (Cluster cluster = KafkaOptions.open(arguments, terminal);
          ProcessLock _ = lock(folder)) {
        if (arguments.has("rebuild")) {
          CollectionIndexes.delete(folder);
        }
        int threads = Runtime.getRuntime().availableProcessors();
        String group = cluster.indexers(arguments.value("group").orElse("index"));
        try (var worker = new IndexWorker(cluster, group, folder, threads)) {
          terminal.note("index worker writes %s from %s".formatted(folder, cluster.address()));
          run(worker, arguments.has("once"));
          return ExitCode.OK;
        }
      }
    });
  }

  /// Runs it in a thread of its own: an interrupt during a write damages an index.
  private static void run(IndexWorker worker, boolean once) throws InterruptedException {
    var task = new FutureTask<Void>(() -> worker.run(once), null);
    Thread.ofPlatform().daemon().name("index").start(task);
    try {
      task.get();
    } catch (InterruptedException e) {
      worker.stop();
      ended(task);
      throw e;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException broken ? broken : new IllegalStateException(e);
    }
  }

  private static void ended(FutureTask<Void> task) throws InterruptedException {
    try {
      task.get(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Uncommitted records are read again at the next start.
    }
  }

  /// Waits until no other process has the folder. The lock is beside it, because a rebuild deletes
  /// the folder.
  private ProcessLock lock(Path folder) {
    return ProcessLock.take(
        folder.resolveSibling(folder.getFileName() + ".lock"),
        new LockWait(WAIT_MAX, terminal::note),
        "writes the indexes in " + folder);
  }
}
