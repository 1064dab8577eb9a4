package brimful.cli;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.option.Arguments;
import brimful.cli.option.IndexOption;
import brimful.cli.option.PackOptions;
import brimful.cli.option.Terminal;
import brimful.cli.view.OutcomeReport;
import brimful.collection.Corpus;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.ingest.Ingested;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.cli.Options;

/// Lists how every file and every member ended, for people and for CI.
final class ReportCommand implements Command {
  private static final String NONE = "none";
  private static final List<String> FORMATS = List.of("text", "csv", "json");

  private final Terminal terminal;

  ReportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "report";
  }

  @Override
  public String summary() {
    return "lists every file and member with its state and cause";
  }

  @Override
  public String help() {
    return """
    brimful report (PATH… | --collection NAME) [--state S,…] [--format text|csv|json] [--fail-on S,…]

    Lists every file, and every member of an archive, mail or other container, with its state
    (indexed, truncated, skipped, encrypted or failed) and the cause. What has changed is read first, and
    what met a limit that is higher now: the cause names the limit, and --limit raises it.
    The counts go to standard error. Ends with exit code 82 if there are files or members in a state
    of --fail-on, so that CI can tell.

      brimful report ~/documents --state failed,truncated,encrypted
      brimful report ~/documents --format csv > report.csv
      brimful report ~/documents --retry-failed
      brimful report ~/documents --limit unpacked=16g --limit time=10m
    """;
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(
            PackOptions.option("collection", "NAME", "instead of PATH: a collection in Kafka"))
        .addOption(IndexOption.option())
        .addOption(PackOptions.option("keep", "RULES", "lift skip rules"))
        .addOptions(PackOptions.reading())
        .addOption(PackOptions.option("tokenizer", "T", "of the index (default: deepseek-v3)"))
        .addOption(PackOptions.option("state", "S,…", "list only these states (default: all)"))
        .addOption(
            PackOptions.option(
                "fail-on", "S,…", "states that end with code 82 (default: failed); or none"))
        .addOption(PackOptions.option("format", "F", "text, csv or json (default: text)"))
        .addOption(
            PackOptions.flag("retry-failed", "read files that failed again, though unchanged"));
  }

  @Override
  public ExitCode run(Arguments arguments) {
    Set<String> shown = states(arguments, "state", Set.copyOf(Outcome.STATES));
    Set<String> failing = states(arguments, "fail-on", Set.of("failed"));
    String format = arguments.value("format").orElse("text");
    if (!FORMATS.contains(format)) {
      throw new UserError(
          UserError.Kind.USAGE, "--format %s: say text, csv or json".formatted(format));
    }
    return corpus(arguments)
        .use(
            arguments.value("tokenizer").orElse("deepseek-v3"),
            open -> print(open.ingested(), shown, failing, format));
  }

  private Corpus corpus(Arguments arguments) {
    if (!arguments.has("retry-failed")) {
      return CorpusArgument.of(arguments, arguments.words(), terminal);
    }
    if (arguments.has("collection")) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--retry-failed with --collection: resubmit its failures by brimful dead-letters redrive");
    }
    return CorpusArgument.paths(arguments, arguments.words(), terminal).retryingFailed();
  }

  private ExitCode print(Ingested ingested, Set<String> shown, Set<String> failing, String format) {
    var report = new OutcomeReport(ingested, shown);
    switch (format) {
      case "csv" -> terminal.out().print(report.csv());
      case "json" -> terminal.out().print(report.json());
      default -> terminal.out().print(report.text());
    }
    report.summary().forEach(terminal::note);
    boolean failed =
        ingested.all().values().stream().map(Outcome::state).anyMatch(failing::contains);
    return failed ? ExitCode.UNREAD : ExitCode.OK;
  }

  private static Set<String> states(Arguments arguments, String option, Set<String> otherwise) {
    if (!arguments.has(option)) {
      return otherwise;
    }
    var states = new TreeSet<>(arguments.values(option));
    if (option.equals("fail-on") && states.equals(Set.of(NONE))) {
      return Set.of();
    }
    for (String state : states) {
      if (!Outcome.STATES.contains(state)) {
        throw new UserError(
            UserError.Kind.USAGE,
            "--%s %s: say %s".formatted(option, state, String.join(", ", Outcome.STATES)));
      }
    }
    return states;
  }
}
