package brimful.cli.kafka;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.command.UntilStopped;
import brimful.cli.option.Arguments;
import brimful.cli.option.KafkaOptions;
import brimful.cli.option.LimitOption;
import brimful.cli.option.LogOption;
import brimful.cli.option.MonitorOption;
import brimful.cli.option.OcrOption;
import brimful.cli.option.PackOptions;
import brimful.cli.option.RootsOption;
import brimful.cli.option.Terminal;
import brimful.collection.SourceReader;
import brimful.corpus.UserError;
import brimful.extract.Extractor;
import brimful.extract.MemoryPlan;
import brimful.extract.limit.Limit;
import brimful.http.monitor.Meters;
import brimful.ingest.ClaimHandler;
import brimful.ingest.MountMap;
import brimful.ingest.OpenSources;
import brimful.kafka.BrokerPulse;
import brimful.kafka.BrokerWatch;
import brimful.kafka.Cluster;
import brimful.kafka.worker.PoisonCache;
import brimful.kafka.worker.Worker;
import brimful.kafka.worker.WorkerLimits;
import brimful.source.Rules;
import brimful.source.forge.PublicHosts;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.cli.Options;

/// Works on claims until it is stopped.
public final class WorkerCommand implements Command {
  private static final Duration TELL_EVERY = Duration.ofSeconds(10);

  private final Terminal terminal;

  public WorkerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "worker";
  }

  @Override
  public String summary() {
    return "extracts and chunks submitted files, until stopped";
  }

  @Override
  public String help() {
    return """
    brimful worker --kafka HOST:PORT [--roots DIR,…]

    Extracts and chunks submitted files and sends the results to the index workers. Start as many as you
    like, on any machine that sees the files under the submitted path. A stopped worker returns its files to
    the queue; other workers take over those of a killed one within seconds. A fetch of a git address ends
    after a minute of silence or two hours, and its files are tried again later.

    --roots restricts a worker to files below these folders, objects below these buckets (s3://bucket/prefix),
    public git repositories, and web pages of public hosts or of sites that it names (web:http://wiki.example/):
    use it wherever others may submit.

      brimful worker --kafka localhost:9092 --roots /data,/srv/git

    A worker leaves what it cannot open to workers that can. Where folders are mounted elsewhere on its
    machine, --map says so; --roots then means the paths on this machine.

    The limits of reading are the worker's own (--limit, BRIMFUL_LIMIT_…, brimful config). Files that met a limit
    are read again with brimful ingest --again, failed ones also with brimful dead-letters redrive.

      brimful worker --kafka broker:9092 --map /data=/mnt/nas/data --roots /mnt/nas
    """;
  }

  @Override
  public Options options() {
    return OcrOption.in(KafkaOptions.options())
        .addOption(
            PackOptions.option("roots", "DIR,…", "open files below these folders and buckets only"))
        .addOption(
            PackOptions.option(
                "map", "FROM=TO,…", "open folders of submitted paths elsewhere on this machine"))
        .addOption(
            PackOptions.option(
                "slots", "N", "parallel items in each lane (default: one for each core)"))
        .addOption(LimitOption.option())
        .addOption(MonitorOption.option())
        .addOption(LogOption.option())
        .addOption(PackOptions.option("name", "NAME", "the worker's name in dead letters"));
  }

  @Override
  public ExitCode run(Arguments arguments) {
    arguments.requireNoWords();
    RootsOption roots = roots(arguments);
    MountMap mounts = MountMap.of(arguments.values("map"));
    int slots = arguments.number("slots").orElse(Runtime.getRuntime().availableProcessors());
    SourceReader reader =
        LimitOption.applied(
            arguments,
            SourceReader.of(
                OcrOption.environment(arguments, terminal), Rules.standard(), Set.of()));
    MemoryPlan memory = MemoryPlan.ofThisProcess(reader.limits().of(Limit.MEMORY));
    if (!memory.fits()) {
      throw new UserError(UserError.Kind.CONFIG, memory.display());
    }
    var limits = WorkerLimits.of(slots, memory.forks());
    String name =
        arguments.value("name").orElse("%s-%s".formatted(host(), ProcessHandle.current().pid()));
    return UntilStopped.run(
        terminal,
        "files in work go back to the queue",
        () -> {
          try (Cluster cluster = KafkaOptions.open(arguments, terminal);
              var open =
                  new OpenSources(
                      reader.sources(), roots.folders(), roots.buckets(), roots.sites(), mounts);
              Extractor extractor = reader.extractor();
              var poison = new PoisonCache(cluster)) {
            var handler =
                new ClaimHandler(
                    extractor,
                    open,
                    poison.except(letter -> Extractor.readsMore(reader.limits(), letter.detail())),
                    name,
                    Extractor.parserVersion(),
                    Clock.systemUTC());
            try (var worker = new Worker(cluster, handler, limits, name);
                var pulse = BrokerPulse.logged(cluster);
                var watch = new BrokerWatch(cluster, pulse, List.of());
                var meters = new Meters();
                MonitorOption _ = monitor(arguments, worker, limits, pulse, watch, meters)) {
              terminal.note("worker %s takes claims from %s".formatted(name, cluster.address()));
              terminal.note(memory.atMost(2 * slots).display() + reduced(limits, slots));
              tell(worker);
            }
          }
          return ExitCode.OK;
        });
  }

  /// Returns what the worker may read; git is then held to public hosts.
  private static RootsOption roots(Arguments arguments) {
    RootsOption roots = RootsOption.of(arguments);
    if (!roots.organizations().isEmpty()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--roots %s: a worker reads the repositories, not the organisation, leave it out"
              .formatted(roots.organizations().getFirst()));
    }
    if (!roots.isEmpty()) {
      PublicHosts.guardGit(Set.of());
    }
    return roots;
  }

  private MonitorOption monitor(
      Arguments arguments,
      Worker worker,
      WorkerLimits limits,
      BrokerPulse pulse,
      BrokerWatch watch,
      Meters meters) {
    meters.bind(worker.counters(), limits.slots());
    meters.bind(pulse, watch);
    return MonitorOption.start(arguments, terminal, meters, pulse::trouble);
  }

  private static String reduced(WorkerLimits limits, int slots) {
    return limits.largeSlots() == slots
        ? ""
        : "; therefore %s slots for documents become %s".formatted(slots, limits.largeSlots());
  }

  private String host() {
    return terminal.environment().getOrDefault("HOSTNAME", "worker");
  }

  /// Reports progress now and then, until interrupted.
  private void tell(Worker worker) throws InterruptedException {
    long told = 0;
    while (true) {
      worker.await(TELL_EVERY);
      long items = worker.counters().items();
      if (items > told) {
        terminal.note(
            String.format(
                Locale.ROOT,
                "%,d items, %.1f MB; %,d of them delivered again",
                items,
                worker.counters().bytes() / 1e6,
                worker.counters().again()));
        told = items;
      }
    }
  }
}
