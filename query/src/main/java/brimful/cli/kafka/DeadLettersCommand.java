package brimful.cli.kafka;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.option.Arguments;
import brimful.cli.option.KafkaOptions;
import brimful.cli.option.PackOptions;
import brimful.cli.option.Terminal;
import brimful.corpus.Counted;
import brimful.corpus.UserError;
import brimful.kafka.Cluster;
import brimful.kafka.DeadLetters;
import brimful.kafka.Publisher;
import brimful.kafka.Submitter;
import brimful.kafka.record.DeadLetter;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.cli.Options;

/// Lists permanent failures, resubmits and deletes them.
public final class DeadLettersCommand implements Command {
  private final Terminal terminal;

  public DeadLettersCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "dead-letters";
  }

  @Override
  public String summary() {
    return "lists permanent failures, resubmits or deletes them";
  }

  @Override
  public String help() {
    return """
    brimful dead-letters list    --kafka HOST:PORT [--collection NAME] [--cause CAUSE] [--item GLOB] [--json]
    brimful dead-letters redrive --kafka HOST:PORT [--collection NAME] [--cause CAUSE] [--item GLOB]
    brimful dead-letters purge   --kafka HOST:PORT [--collection NAME] [--cause CAUSE] [--item GLOB]
                                 [--older-than DAYS]

    Permanent failures become dead letters with a cause: the file itself (document, bomb), its parser
    (timeout, stalled, out-of-memory, crash), or access to it (unreachable, lost). redrive resubmits the
    matching files, also those whose bytes are known to break a parser. purge deletes the matching dead
    letters; the indexes still say that these files failed.

      brimful dead-letters list --kafka localhost:9092 --cause timeout
      brimful dead-letters redrive --kafka localhost:9092 --item '**.pdf'
      brimful dead-letters purge --kafka localhost:9092 --older-than 90
    """;
  }

  @Override
  public Options options() {
    return KafkaOptions.options()
        .addOption(PackOptions.option("collection", "NAME", "only this collection"))
        .addOption(PackOptions.option("cause", "CAUSE", "only with this cause, such as timeout"))
        .addOption(PackOptions.option("item", "GLOB", "only items whose path matches"))
        .addOption(PackOptions.option("older-than", "DAYS", "only those written before then"))
        .addOption(PackOptions.flag("json", "print complete dead letters, one JSON object a line"));
  }

  @Override
  public ExitCode run(Arguments arguments) {
    String action = arguments.words().isEmpty() ? "" : arguments.words().getFirst();
    if (!List.of("list", "redrive", "purge").contains(action)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "dead-letters \"%s\": say list, redrive or purge".formatted(action));
    }
    Instant before = before(arguments);
    if (action.equals("purge")
        && Stream.of("collection", "cause", "item", "older-than").noneMatch(arguments::has)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "dead-letters purge: say which with --collection, --cause, --item or --older-than DAYS");
    }
    try (Cluster cluster = KafkaOptions.openExisting(arguments, terminal)) {
      return action.equals("purge")
          ? purge(arguments, before, cluster)
          : run(action, arguments, before, cluster);
    }
  }

  private static Instant before(Arguments arguments) {
    Instant now = Clock.systemUTC().instant();
    return arguments.number("older-than").map(days -> now.minus(Duration.ofDays(days))).orElse(now);
  }

  private ExitCode purge(Arguments arguments, Instant before, Cluster cluster) {
    try (var publisher = new Publisher(cluster)) {
      long purged =
          DeadLetters.purge(cluster, publisher, letter -> matches(letter, arguments, before));
      terminal.note("deleted %s".formatted(Counted.of(purged, "dead letter")));
      return ExitCode.OK;
    }
  }

  private ExitCode run(String action, Arguments arguments, Instant before, Cluster cluster) {
    var unread = new ArrayList<String>();
    List<DeadLetter> letters =
        DeadLetters.list(cluster, unread::add).stream()
            .filter(letter -> matches(letter, arguments, before))
            .toList();
    if (!unread.isEmpty()) {
      terminal.note(
          String.format(
              Locale.ROOT,
              "%s of a newer version not read, upgrade this Brimful to see more; the first: %s",
              Counted.of(unread.size(), "record"),
              unread.getFirst()));
    }
    if (action.equals("list")) {
      letters.forEach(
          letter -> terminal.out().println(arguments.has("json") ? letter.json() : line(letter)));
      return ExitCode.OK;
    }
    if (letters.isEmpty()) {
      throw new UserError(
          UserError.Kind.NOT_FOUND, "no dead letter matches: see brimful dead-letters list");
    }
    String job = Submitter.job(Clock.systemUTC().instant());
    try (var publisher = new Publisher(cluster)) {
      int count = DeadLetters.redrive(letters, publisher, job, Clock.systemUTC());
      terminal.note(String.format(Locale.ROOT, "job %s: %,d resubmitted", job, count));
    }
    return ExitCode.OK;
  }

  private static boolean matches(DeadLetter letter, Arguments arguments, Instant before) {
    String item = letter.claim().item().value();
    return !letter.at().isAfter(before)
        && arguments
            .value("collection")
            .map(letter.claim().collection().name()::equals)
            .orElse(true)
        && arguments.value("cause").map(letter.cause().title()::equals).orElse(true)
        && arguments.value("item").map(glob -> glob(glob).matches(Path.of(item))).orElse(true);
  }

  private static PathMatcher glob(String glob) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob);
  }

  private static String line(DeadLetter letter) {
    return "%s  %s  %s  %s: %s"
        .formatted(
            letter.at(),
            letter.claim().collection(),
            letter.claim().item(),
            letter.cause().title(),
            letter.detail());
  }
}
