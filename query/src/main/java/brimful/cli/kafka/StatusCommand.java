package brimful.cli.kafka;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.command.UntilStopped;
import brimful.cli.option.Arguments;
import brimful.cli.option.BrokerNotices;
import brimful.cli.option.KafkaOptions;
import brimful.cli.option.PackOptions;
import brimful.cli.option.Terminal;
import brimful.cli.view.StatusJson;
import brimful.cli.view.StatusView;
import brimful.corpus.UserError;
import brimful.kafka.Cluster;
import brimful.kafka.JobProgress;
import java.util.List;
import org.apache.commons.cli.Options;

/// Shows the progress of submitted jobs.
public final class StatusCommand implements Command {
  private final Terminal terminal;

  public StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "status";
  }

  @Override
  public String summary() {
    return "shows the progress of submitted jobs";
  }

  @Override
  public String help() {
    return """
    brimful status --kafka HOST:PORT [--collection NAME] [--job ID] [--follow | --json]

    Prints a line for each job and the queue lengths; of jobs that have ended the last 20 only, unless you
    name a collection or a job. --follow shows one job, by default the latest, until
    it is done: files and tokens per second, failures, lag and remaining time.
    """;
  }

  @Override
  public Options options() {
    return KafkaOptions.options()
        .addOption(PackOptions.option("collection", "NAME", "only jobs of this collection"))
        .addOption(PackOptions.option("job", "ID", "only this job"))
        .addOption(PackOptions.flag("json", "print everything as one JSON object"))
        .addOption(PackOptions.flag("follow", "follow the job, or the latest, until it is done"));
  }

  @Override
  public ExitCode run(Arguments arguments) {
    arguments.requireNoWords();
    try (Cluster cluster = KafkaOptions.openExisting(arguments, terminal)) {
      return run(arguments, cluster);
    }
  }

  private ExitCode run(Arguments arguments, Cluster cluster) {
    List<JobProgress.Job> jobs =
        JobProgress.read(cluster).stream()
            .filter(job ->
                arguments.value("collection").map(job.collection().name()::equals).orElse(true))
            .filter(job -> arguments.value("job").map(job.id()::equals).orElse(true))
            .toList();
    if (jobs.isEmpty()) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "no such job: submit one with brimful ingest PATH --collection NAME");
    }
    if (arguments.has("json")) {
      if (arguments.has("follow")) {
        throw new UserError(
            UserError.Kind.USAGE, "--json and --follow do not go together: leave one out");
      }
      terminal.out().println(StatusJson.of(cluster, jobs));
      return ExitCode.OK;
    }
    var view = new StatusView(terminal, cluster);
    if (arguments.has("follow")) {
      JobProgress.Job latest = jobs.getLast();
      return UntilStopped.run(() -> {
        try (var _ = BrokerNotices.to(terminal, cluster)) {
          view.follow(latest.collection(), latest.id());
          return ExitCode.OK;
        }
      });
    }
    view.list(jobs, arguments.has("collection") || arguments.has("job"));
    return ExitCode.OK;
  }
}
