package brimful.cli;

import brimful.library.Home;
import brimful.queue.Cluster;
import brimful.queue.CollectionIndexes;
import brimful.queue.IndexWorker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.cli.Options;

/// Keeps the indexes of this machine's collections up to date until it is stopped.
final class IndexWorkerCommand implements Command {
  private static final Duration LOCK_EVERY = Duration.ofSeconds(1);

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
    return "puts what workers extract into the indexes, until it is stopped";
  }

  @Override
  public String help() {
    return """
    brimful index-worker --kafka HOST:PORT [--rebuild] [--once] [--group NAME]

    Writes the indexes below $BRIMFUL_HOME/collections, which ask and pack --collection read. It goes
    on where the indexes end, however it was stopped. A second one with the same folder waits until
    the first is gone; a second folder is a replica, and needs a --group of its own.

      brimful index-worker --kafka localhost:9092
      brimful index-worker --kafka localhost:9092 --rebuild    all of it again, from the topic alone
    """;
  }

  @Override
  public Options options() {
    return Kafka.options()
        .addOption(PackOptions.option("group", "NAME", "the replica's name (default: index)"))
        .addOption(PackOptions.flag("rebuild", "delete the indexes first, and make them again"))
        .addOption(PackOptions.flag("once", "end when all that is there now is indexed"));
  }

  @Override
  public ExitCode run(Arguments arguments) {
    Path folder = Home.of(terminal.environment()).collections();
    return UntilStopped.run(() -> {
      try (Cluster cluster = Kafka.open(arguments, terminal);
          FileChannel channel = open(folder);
          FileLock _ = lock(channel, folder)) {
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
      } catch (IOException e) {
        throw new UncheckedIOException("cannot lock %s: make it writable".formatted(folder), e);
      }
    });
  }

  /// Runs it in a thread of its own: a thread that is interrupted while it writes an index breaks
  /// it.
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
      // What is not committed is read again at the next start.
    }
  }

  /// The lock lies beside the folder, which a rebuild deletes.
  private static FileChannel open(Path folder) throws IOException {
    Files.createDirectories(folder);
    return FileChannel.open(
        folder.resolveSibling(folder.getFileName() + ".lock"),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE);
  }

  /// Waits until no other process has the folder; a process that dies in any way lets go of it.
  private FileLock lock(FileChannel channel, Path folder) throws IOException, InterruptedException {
    FileLock lock = channel.tryLock();
    if (lock == null) {
      terminal.note("another index worker writes %s: waiting for it to end".formatted(folder));
    }
    while (lock == null) {
      TimeUnit.MILLISECONDS.sleep(LOCK_EVERY.toMillis());
      lock = channel.tryLock();
    }
    return lock;
  }
}
