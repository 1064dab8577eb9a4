package brimful.cli.kafka;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.command.UntilStopped;
import brimful.cli.option.Arguments;
import brimful.cli.option.BrokerNotices;
import brimful.cli.option.IndexOption;
import brimful.cli.option.KafkaOptions;
import brimful.cli.option.LogOption;
import brimful.cli.option.MonitorOption;
import brimful.cli.option.PackOptions;
import brimful.cli.option.Terminal;
import brimful.collection.Home;
import brimful.corpus.UserError;
import brimful.http.monitor.Meters;
import brimful.kafka.BrokerPulse;
import brimful.kafka.BrokerWatch;
import brimful.kafka.Cluster;
import brimful.kafka.KafkaUnreachable;
import brimful.kafka.index.ClusterStore;
import brimful.kafka.index.FolderStore;
import brimful.kafka.index.IndexRebuild;
import brimful.kafka.index.IndexStore;
import brimful.kafka.index.IndexWorker;
import brimful.kafka.index.IndexWorkerConfig;
import brimful.kafka.index.IndexWorkerLock;
import brimful.opensearch.ClusterLease;
import brimful.opensearch.OpenSearchAddress;
import brimful.store.LockWait;
import brimful.store.ProcessLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.commons.cli.Options;

/// Keeps the indexes of this machine's collections up to date until it is stopped.
public final class IndexWorkerCommand implements Command {
  /// A second one takes over whenever the first ends.
  private static final Duration WAIT_MAX = Duration.ofDays(365);

  /// A commit takes seconds at most.
  private static final Duration STOP_MAX = Duration.ofSeconds(8);

  private final Terminal terminal;

  public IndexWorkerCommand(Terminal terminal) {
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
    brimful index-worker --kafka HOST:PORT [--index opensearch=URL] [--rebuild] [--once] [--group NAME]
                         [--skip TOPIC-P@OFFSET]

    Writes the indexes below $BRIMFUL_HOME/collections, which ask and pack --collection read. It continues
    where the indexes end, even after a kill. A second index worker for the same folder waits until the
    first ends; one for another folder has everything, too. It waits for a broker that does not answer yet.

    With --index, it writes into OpenSearch instead, and keeps nothing on this machine: what was read is noted
    there, too. One index worker writes a prefix at a time; a second one takes over when it ends or is gone for
    20 s. User and password may stand in BRIMFUL_OPENSEARCH_USER and BRIMFUL_OPENSEARCH_PASSWORD.

    A record that only a newer version can read makes its collection wait there, while others go on. Upgrade the
    index worker; or start it with --skip, which leaves that record out. Upgrade index workers before workers.

      brimful index-worker --kafka localhost:9092
      brimful index-worker --kafka localhost:9092 --rebuild    rebuilds everything from the topic, beside the
                                                               old indexes, which are used until then
      brimful index-worker --kafka broker:9092 --index opensearch=https://search:9200/brimful
    """;
  }

  @Override
  public Options options() {
    return KafkaOptions.options()
        .addOption(
            PackOptions.option("group", "NAME", "consumer group (default: the folder's own)"))
        .addOption(IndexOption.option())
        .addOption(PackOptions.flag("rebuild", "rebuild the indexes, and then replace them"))
        .addOption(
            PackOptions.option(
                "skip",
                "RECORD,…",
                "leave out records that it cannot read: TOPIC-PARTITION@OFFSET"))
        .addOption(MonitorOption.option())
        .addOption(LogOption.option())
        .addOption(PackOptions.flag("once", "end when everything submitted so far is indexed"));
  }

  @Override
  public ExitCode run(Arguments arguments) {
    arguments.requireNoWords();
    Path folder = Home.of(terminal.environment()).collections();
    Optional<OpenSearchAddress> address = IndexOption.of(arguments, terminal);
    if (address.isPresent() && arguments.has("rebuild")) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--rebuild is for indexes of this machine: index into another prefix than %s, and let servers read that one when it is done"
              .formatted(address.get().prefix()));
    }
    return UntilStopped.run(
        terminal,
        "commits what it has read, the next start goes on there",
        () -> {
          var wait = new LockWait(WAIT_MAX, terminal::note);
          try (Cluster cluster = cluster(arguments);
              var pulse = BrokerPulse.logged(cluster)) {
            if (address.isPresent()) {
              try (var store = ClusterStore.writing(address.get());
                  ClusterLease _ = store.lease(wait)) {
                return work(arguments, cluster, pulse, store);
              }
            }
            try (ProcessLock _ = IndexWorkerLock.take(folder, wait);
                var store = new FolderStore(folder)) {
              IndexRebuild.recover(folder);
              return work(arguments, cluster, pulse, store);
            }
          }
        });
  }

  private ExitCode work(Arguments arguments, Cluster cluster, BrokerPulse pulse, IndexStore store)
      throws InterruptedException {
    IndexWorkerConfig config = config(arguments, cluster, store);
    if (arguments.has("rebuild")) {
      terminal.note("rebuilding %s from %s".formatted(store.display(), cluster.address()));
      try (var rebuild = new IndexRebuild(cluster, config)) {
        run(rebuild::run, rebuild::stop);
      }
    }
    try (var worker = new IndexWorker(cluster, config);
        var watch = new BrokerWatch(cluster, pulse, List.of(config.group()));
        var meters = new Meters();
        MonitorOption _ = monitor(arguments, worker, pulse, watch, meters)) {
      terminal.note("index worker writes %s from %s".formatted(store.display(), cluster.address()));
      boolean once = arguments.has("once");
      run(() -> worker.run(once), worker::stop);
      return ExitCode.OK;
    }
  }

  /// Waits for a broker, however long that takes: both are often started together.
  private Cluster cluster(Arguments arguments) throws InterruptedException {
    for (boolean told = false; ; told = true) {
      try {
        return KafkaOptions.open(arguments, terminal);
      } catch (UserError e) {
        if (!KafkaUnreachable.isAbsence(e) || arguments.has("once")) {
          throw e;
        }
        if (!told) {
          terminal.note(BrokerNotices.absent(KafkaOptions.address(arguments, terminal)));
        }
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }

  private MonitorOption monitor(
      Arguments arguments,
      IndexWorker worker,
      BrokerPulse pulse,
      BrokerWatch watch,
      Meters meters) {
    meters.bind(worker.counters(), watch);
    meters.bind(pulse, watch);
    return MonitorOption.start(arguments, terminal, meters, pulse::trouble);
  }

  private static IndexWorkerConfig config(Arguments arguments, Cluster cluster, IndexStore store) {
    Set<String> skipped = Set.copyOf(arguments.values("skip"));
    for (String record : skipped) {
      if (!record.matches(Pattern.quote(cluster.topics().documents()) + "-\\d+@\\d+")) {
        throw new UserError(
            UserError.Kind.USAGE,
            "--skip %s is no record of %s: write it as brimful status shows it, such as %s-3@77"
                .formatted(record, cluster.topics().documents(), cluster.topics().documents()));
      }
    }
    return new IndexWorkerConfig(
        store,
        cluster.indexers(arguments.value("group").orElse(store.replica())),
        Runtime.getRuntime().availableProcessors(),
        skipped);
  }

  /// Runs work in a thread of its own: an interrupt during a write damages an index.
  private static void run(Runnable work, Runnable stop) throws InterruptedException {
    var task = new FutureTask<Void>(work, null);
    Thread.ofPlatform().daemon().name("index").start(task);
    try {
      task.get();
    } catch (InterruptedException e) {
      stop.run();
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
}
