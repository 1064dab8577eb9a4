package brimful.cli.kafka;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.command.UntilStopped;
import brimful.cli.option.Arguments;
import brimful.cli.option.KafkaOptions;
import brimful.cli.option.PackOptions;
import brimful.cli.option.Terminal;
import brimful.cli.view.StatusView;
import brimful.collection.Home;
import brimful.collection.library.LibraryFolder;
import brimful.corpus.Counted;
import brimful.corpus.UserError;
import brimful.exhaustive.job.KeptRuns;
import brimful.kafka.Cluster;
import brimful.kafka.CollectionDrop;
import brimful.kafka.Publisher;
import java.time.Clock;
import java.util.List;
import org.apache.commons.cli.Options;

/// Drops collections of a Kafka cluster.
public final class CollectionsCommand implements Command {
  private final Terminal terminal;

  public CollectionsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "collections";
  }

  @Override
  public String summary() {
    return "drops a collection that workers read through Kafka";
  }

  @Override
  public String help() {
    return """
    brimful collections drop NAME --kafka HOST:PORT [--follow]

    Deletes all files of a collection from the indexes of all machines, and then their indexes. It needs
    running workers and index workers; --follow waits for them. The texts leave the topics when the brokers
    compact them. Files on disk stay, and brimful ingest can submit them again.
    A server's batches and readings of the collection are deleted in the home folder of this command, if
    they are certainly of this cluster and these topics; where a server has another home, delete the
    collection there, too.

      brimful collections drop docs --kafka localhost:9092 --follow
    """;
  }

  @Override
  public Options options() {
    return KafkaOptions.options()
        .addOption(PackOptions.flag("follow", "show progress until everything is deleted"));
  }

  @Override
  public ExitCode run(Arguments arguments) {
    List<String> words = arguments.words();
    if (words.size() != 2 || !words.getFirst().equals("drop")) {
      throw new UserError(
          UserError.Kind.USAGE,
          "brimful %s: say brimful collections drop NAME; brimful status shows what there is"
              .formatted(("collections " + String.join(" ", words)).strip()));
    }
    String name = words.getLast();
    return UntilStopped.run(() -> {
      try (Cluster cluster = KafkaOptions.openExisting(arguments, terminal);
          var publisher = new Publisher(cluster)) {
        String origin = LibraryFolder.origin(cluster);
        List<CollectionDrop.Dropped> dropped =
            CollectionDrop.submit(cluster, publisher, name, Clock.systemUTC());
        if (dropped.isEmpty()) {
          throw new UserError(
              UserError.Kind.NOT_FOUND,
              "no collection %s was submitted: see brimful status for those that were"
                  .formatted(name));
        }
        forget(name, origin);
        for (CollectionDrop.Dropped one : dropped) {
          terminal.note(
              "job %s: deletes %s of %s"
                  .formatted(
                      one.submitted().job(),
                      Counted.of(one.submitted().deleted(), "file"),
                      one.collection()));
          if (arguments.has("follow") && one.submitted().isAny()) {
            new StatusView(terminal, cluster).follow(one.collection(), one.submitted().job());
          }
        }
        return ExitCode.OK;
      }
    });
  }

  /// Deletes what a server of this home has kept of a collection: its answers quote it.
  private void forget(String name, String origin) {
    Home home = Home.of(terminal.environment());
    if (new LibraryFolder(home.library()).isReadInProcess(name)) {
      terminal.note(
          "the server of %s reads its collection %s itself, so its batches and readings stay"
              .formatted(home.cache(), name));
      return;
    }
    KeptRuns.Forgotten kept = new KeptRuns(home, origin).forget(name);
    if (!kept.deleted().isEmpty()) {
      terminal.note(
          "deleted %s of %s that a server kept in %s"
              .formatted(runs(kept.deleted()), name, home.cache()));
    }
    if (!kept.running().isEmpty()) {
      terminal.note(
          "%s of %s in use: the server of %s deletes them when their calls have ended (%s)"
              .formatted(
                  runs(kept.running()), name, home.cache(), String.join(", ", kept.running())));
    }
    if (!kept.others().isEmpty()) {
      terminal.note(
          "kept %s in %s, which may be of another collection %s (%s): if not, send its server DELETE /v1/collections/%s"
              .formatted(
                  runs(kept.others()), home.cache(), name, String.join(", ", kept.others()), name));
    }
  }

  private static String runs(List<String> names) {
    return names.size() == 1 ? "a batch or reading" : names.size() + " batches and readings";
  }
}
