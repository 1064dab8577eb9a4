package brimful.cli.kafka;

import brimful.bucket.BucketAddress;
import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.command.UntilStopped;
import brimful.cli.option.Arguments;
import brimful.cli.option.BrokerNotices;
import brimful.cli.option.KafkaOptions;
import brimful.cli.option.LimitOption;
import brimful.cli.option.OcrOption;
import brimful.cli.option.OrganizationOptions;
import brimful.cli.option.PackOptions;
import brimful.cli.option.RecordingOptions;
import brimful.cli.option.Terminal;
import brimful.cli.view.StatusView;
import brimful.collection.Locations;
import brimful.collection.SourceReader;
import brimful.collection.schedule.SyncSchedule;
import brimful.corpus.Counted;
import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.ingest.Claims;
import brimful.kafka.Cluster;
import brimful.kafka.IndexAudit;
import brimful.kafka.PassingLetters;
import brimful.kafka.Publisher;
import brimful.kafka.SubmittedItems;
import brimful.kafka.Submitter;
import brimful.kafka.record.Claim;
import brimful.kafka.record.CollectionKey;
import brimful.source.Extent;
import brimful.source.Source;
import brimful.source.forge.ForgeAddress;
import brimful.token.Tokenizers;
import brimful.web.WebAddress;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.commons.cli.Options;

/// Submits a collection's changes to the workers.
public final class IngestCommand implements Command {
  private static final String TOKENIZER_DEFAULT = "deepseek-v3";
  private static final Pattern PASSWORD =
      Pattern.compile("https?://[^/@]+@.*|\\w+://[^/@]*:[^/@]+@.*");

  /// How often a watched source is listed again.
  private static final Duration WATCH_EVERY = Duration.ofSeconds(5);

  /// A forge counts the requests of an hour.
  private static final Duration WATCH_ORGANIZATION_EVERY = Duration.ofMinutes(5);

  private final Terminal terminal;

  public IngestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String summary() {
    return "submits files to workers through Kafka";
  }

  @Override
  public String help() {
    return """
    brimful ingest PATH… --collection NAME --kafka HOST:PORT [--watch] [--follow]

    Lists PATH (folder, file, git repository or address, as for ask) and submits new, changed and deleted
    files to the workers. It sends names, not bytes: workers open the files under the same path. Submitting
    again is harmless.

      brimful ingest ~/documents --collection docs --kafka localhost:9092 --follow
      brimful ingest . --collection code --kafka localhost:9092 --watch
      brimful ask --collection docs "what was agreed on in May?"

    A collection has the files of the paths that were named last. If that deletes files of another path,
    the command stops: name all paths, or add --replace.

    Where an endpoint for speech is configured here, a line says first how many minutes of sound the workers
    will send, and what that costs; each worker keeps to its own endpoint and limit.

    Submit a collection once, for the tokenizer of your main model. For a model with another tokenizer, Brimful
    recounts the stored chunks without reading a file.
    """;
  }

  @Override
  public Options options() {
    return KafkaOptions.options()
        .addOption(
            PackOptions.option("collection", "NAME", "the collection that the files belong to"))
        .addOption(
            PackOptions.option(
                "tokenizer", "T", "counts the chunks (default: %s)".formatted(TOKENIZER_DEFAULT)))
        .addOption(PackOptions.option("keep", "RULES", "lift skip rules, see brimful pack --help"))
        .addOption(LimitOption.elsewhere())
        .addOptions(PackOptions.listing())
        .addOption(PackOptions.flag("again", "also submit unchanged files"))
        .addOption(
            PackOptions.flag("replace", "delete the collection's files of paths not named here"))
        .addOption(PackOptions.flag("watch", "keep running, and submit changes as they happen"))
        .addOption(
            PackOptions.option(
                "every", "TIME", "keep running, and submit changes that often, such as 1h"))
        .addOption(PackOptions.flag("follow", "show progress until everything is done"));
  }

  @Override
  public ExitCode run(Arguments arguments) {
    LimitOption.refuse(arguments);
    RecordingOptions.refuse(arguments);
    var locations =
        new Locations(
            arguments.words().stream()
                .map(arguments::expanded)
                .map(word -> OrganizationOptions.location(arguments, word))
                .toList());
    Duration every = every(arguments, locations);
    locations.requireFiles();
    locations.given().forEach(IngestCommand::refusePassword);
    CollectionKey collection =
        new CollectionKey(
            arguments
                .value("collection")
                .orElseThrow(() ->
                    new UserError(UserError.Kind.USAGE, "no --collection NAME: give it a name")),
            tokenizer(arguments));
    SourceReader reader =
        SourceReader.of(
            OcrOption.environment(arguments, terminal), PackOptions.rules(arguments), Set.of());
    return UntilStopped.run(() -> {
      try (Cluster cluster = KafkaOptions.open(arguments, terminal);
          var publisher = Publisher.patient(cluster);
          var letters = new PassingLetters(cluster, collection);
          var _ = BrokerNotices.to(terminal, cluster)) {
        SubmittedItems before = SubmittedItems.read(cluster, collection);
        try (Source source =
            locations.open(reader.sources(), InputStream.nullInputStream(), terminal::note)) {
          if (!arguments.has("replace")) {
            refuseOthers(before, source, collection);
          }
        }
        var submitter = new Submitter(publisher, collection, before, Clock.systemUTC());
        Supplier<Predicate<DocumentId>> again = () -> again(locations, letters, before);
        Submitter.Submitted first =
            submit(
                submitter,
                locations,
                reader,
                arguments.has("again") ? _ -> true : again.get(),
                arguments.has("replace"),
                IndexAudit.of(cluster, collection, before));
        report(first);
        if (arguments.has("watch") || arguments.has("every")) {
          watch(submitter, locations, reader, again, every);
        }
        if (arguments.has("follow") && first.isAny()) {
          new StatusView(terminal, cluster).follow(collection, first.job());
        }
        return ExitCode.OK;
      }
    });
  }

  /// Returns which unchanged files are submitted again: what sites and stores could not serve when
  /// a worker asked for it.
  private static Predicate<DocumentId> again(
      Locations locations, PassingLetters letters, SubmittedItems before) {
    return locations.given().stream()
            .anyMatch(one -> WebAddress.isMeant(one) || BucketAddress.isMeant(one))
        ? letters.items(before)::contains
        : _ -> false;
  }

  /// Refuses to delete the files of other sources, which a name that is taken would do.
  private static void refuseOthers(SubmittedItems before, Source source, CollectionKey collection) {
    SortedMap<String, Long> others = before.filesBySource();
    Set<String> named = Claims.sources(source);
    others.keySet().removeIf(other -> named.stream().anyMatch(one -> Extent.isSame(one, other)));
    if (!others.isEmpty()) {
      String other = others.firstKey();
      throw new UserError(
          UserError.Kind.CONFLICT,
          "collection %s has %s of %s%s, which this would delete: name all of its paths, choose another --collection, or add --replace"
              .formatted(
                  collection.name(),
                  Counted.of(others.getOrDefault(other, 0L), "file"),
                  other,
                  others.size() > 1 ? " and of %s more".formatted(others.size() - 1) : ""));
    }
  }

  /// Claims are records that others can read.
  private static void refusePassword(String location) {
    if (PASSWORD.matcher(location).matches()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "the address contains a password or token, which others could read in Kafka: use a git credential helper");
    }
  }

  private static String tokenizer(Arguments arguments) {
    String name = arguments.value("tokenizer").orElse(TOKENIZER_DEFAULT);
    Tokenizers.named(name);
    return name;
  }

  /// @param emptied whether to delete all files if nothing is left of them
  private Submitter.Submitted submit(
      Submitter submitter,
      Locations locations,
      SourceReader reader,
      Predicate<DocumentId> again,
      boolean emptied,
      IndexAudit.Lacking lacking) {
    try (Source source = locations.open(reader.sources(), InputStream.nullInputStream())) {
      SequencedMap<DocumentId, Claim.Work> found = Claims.of(source, reader.rules());
      if (found.isEmpty() && !emptied && submitter.hasFiles()) {
        throw new UserError(
            UserError.Kind.CONFLICT,
            "%s is empty, and all files of the collection would be deleted: mount it; or add --replace, or use brimful collections drop"
                .formatted(String.join(", ", locations.given())));
      }
      lacking.lines().forEach(line -> terminal.note(line + ": submitting the rest again"));
      reader
          .forecast(source, submitter.changed(found, again, lacking).keySet())
          .ifPresent(
              line -> terminal.note(line + " (by the settings here: each worker goes by its own)"));
      return submitter.submit(found, again, lacking, _ -> true);
    }
  }

  private void report(Submitter.Submitted submitted) {
    terminal.note(
        submitted.isAny()
            ? String.format(
                Locale.ROOT,
                "job %s: %,d submitted (%.1f MB), %,d deleted, %,d unchanged",
                submitted.job(),
                submitted.submitted(),
                submitted.bytes() / 1e6,
                submitted.deleted(),
                submitted.unchanged())
            : "nothing has changed in %s".formatted(Counted.of(submitted.unchanged(), "file")));
    if (submitted.kept() > 0) {
      terminal.note(
          String.format(
              Locale.ROOT,
              "%,d that cannot be had now: the index keeps what it has of them",
              submitted.kept()));
    }
  }

  /// Returns how often the locations are listed again.
  private static Duration every(Arguments arguments, Locations locations) {
    Duration usual =
        locations.given().stream()
                .anyMatch(one -> ForgeAddress.isMeant(one) || WebAddress.isMeant(one))
            ? WATCH_ORGANIZATION_EVERY
            : WATCH_EVERY;
    Duration every =
        arguments.value("every").map(time -> SyncSchedule.time("--every", time)).orElse(usual);
    if (every.isZero()) {
      throw new UserError(
          UserError.Kind.USAGE, "--every never submits nothing again: leave it out");
    }
    return every;
  }

  private void watch(
      Submitter submitter,
      Locations locations,
      SourceReader reader,
      Supplier<Predicate<DocumentId>> again,
      Duration every)
      throws InterruptedException {
    String away = "";
    while (true) {
      TimeUnit.MILLISECONDS.sleep(every.toMillis());
      try {
        Submitter.Submitted more =
            submit(submitter, locations, reader, again.get(), false, IndexAudit.NOTHING);
        away = "";
        if (more.isAny()) {
          report(more);
        }
      } catch (UserError e) {
        // A folder that is away for a moment comes back.
        if (!away.equals(e.line())) {
          away = e.line();
          terminal.note("waiting: " + away);
        }
      }
    }
  }
}
