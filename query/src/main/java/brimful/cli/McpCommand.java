package brimful.cli;

import brimful.collection.Home;
import brimful.collection.SourceReader;
import brimful.corpus.UserError;
import brimful.collection.Home;
import brimful.collection.Job;
import brimful.collection.CollectionService;
import brimful.collection.AllowedLocations;
import brimful.collection.Collection;
import brimful.rank.Rescorer;
import brimful.service.Backend;
import brimful.service.QueryService;
import brimful.mcp.McpStdio;
import brimful.source.Rules;
import brimful.source.Sources;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.commons.cli.Options;

/// Serves collections to a model's host over standard input and output.
final class McpCommand implements Command {
  private static final String TOKENIZER = "deepseek-v3";

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /// Hosts wait about half a minute for a server to start; what is read later is there later.
  private static final Duration WAIT_MAX = Duration.ofSeconds(20);

  private static final int NAME_CHARACTERS_MAX = 90;

  private final Terminal terminal;

  McpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "mcp";
  }

  @Override
  public String summary() {
    return "serves documents to a model's host (MCP) over standard input and output";
  }

  @Override
  public String help() {
    return """
    brimful mcp [PATH…] [--roots DIR,…]

    Speaks the Model Context Protocol over standard input and output, until the input ends: tools to
    search, read, pack and ask. A host starts it itself. With PATH (folder, file, git repository or
    address) it reads what has changed there, and serves that; else it serves all collections that
    brimful has on this machine.

      brimful mcp .
      brimful mcp ~/documents ~/src/project

    To add it to a host, put this into its configuration (Claude Desktop: claude_desktop_config.json,
    Cursor: .cursor/mcp.json, many others: .mcp.json), with absolute paths:

      {"mcpServers": {"brimful": {"command": "brimful", "args": ["mcp", "/home/me/project"]}}}

    Claude Code: claude mcp add brimful -- brimful mcp .

    The tool ask needs a model, as brimful ask does: set DEEPSEEK_API_KEY in "env", or start a local
    runner. The other tools need none.
    """;
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(
            PackOptions.option(
                "roots",
                "DIR,…",
                "folders below which files may be read (default: PATH, else the working directory)"));
  }

  @Override
  public ExitCode run(Arguments arguments) {
    PrintStream standard = System.out;
    // Whatever a library prints must not get between the messages.
    System.setOut(terminal.err());
    Home home = Home.of(terminal.environment());
    SourceReader reader = SourceReader.of(terminal.environment(), Rules.standard(), Set.of());
    var locations = new AllowedLocations(reader, roots(arguments));
    try (CollectionService collections = collections(arguments.words(), home, locations)) {
      List<String> names = new ArrayList<>();
      for (String location : arguments.words()) {
        names.add(read(collections, arguments.expanded(location)));
      }
      Predicate<String> allowed = names.isEmpty() ? _ -> true : names::contains;
      QueryService service =
          Questions.service(terminal.environment(), terminal, Rescorer.NONE);
      var backend =
          new Backend(collections, service, Questions.ledger(service.models().settings()));
      McpStdio.serve(backend, allowed, terminal.in(), terminal.out(), Main.VERSION);
      return ExitCode.OK;
    } finally {
      System.setOut(standard);
    }
  }

  /// What a server keeps is only read, whether one runs or not. What is read from a PATH has a
  /// library of its own, which all that are started for it share.
  private static CollectionService collections(List<String> given, Home home, AllowedLocations locations) {
    TokenCounter counter = Tokenizers.named(TOKENIZER);
    if (given.isEmpty()) {
      return CollectionService.reading(home.library(), locations, counter);
    }
    var parts = new ArrayList<>(List.of("mcp", TOKENIZER));
    given.forEach(location -> parts.add(kept(location)));
    return CollectionService.shared(home.reader(parts), locations, counter);
  }

  private static String kept(String location) {
    return Sources.isAddress(location) ? location : absolute(location).toString();
  }

  private static List<Path> roots(Arguments arguments) {
    List<Path> given = arguments.paths("roots");
    if (!given.isEmpty()) {
      return given;
    }
    List<Path> named =
        arguments.words().stream()
            .map(arguments::expanded)
            .flatMap(word -> Sources.local(word).stream())
            .toList();
    return named.isEmpty() ? List.of(Path.of("")) : named;
  }

  /// Brings the collection of a location up to date, and returns its name.
  private String read(CollectionService collections, String location) {
    if (!Sources.isAddress(location) && Sources.local(location).isEmpty()) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "no file or folder \"%s\": check the path, or name a git address".formatted(location));
    }
    String kept = kept(location);
    String name = name(collections, kept);
    if (collections.collections().stream().noneMatch(collection -> collection.name().equals(name))) {
      create(collections, name);
    }
    Job job = finished(collections, collections.add(name, kept).id());
    terminal.note(line(job));
    return name;
  }

  private static void create(CollectionService collections, String name) {
    try {
      var _ = collections.create(name);
    } catch (UserError e) {
      // Another one that was started for the same folder was quicker.
      if (e.kind() != UserError.Kind.CONFLICT) {
        throw e;
      }
    }
  }

  private static Path absolute(String location) {
    return Path.of(location).toAbsolutePath().normalize();
  }

  /// Returns the name of the collection that has this location and no other, or of none yet.
  private static String name(CollectionService collections, String location) {
    String end = location.replaceAll("(?<!/)/++$", "").replaceAll("(\\.git)?(@[^/@]+)?$", "");
    String own =
        end.substring(end.lastIndexOf('/') + 1)
            .replaceAll("[^A-Za-z0-9._-]+", "-")
            .replaceAll("^[.-]+", "");
    String base =
        own.isEmpty() ? "files" : own.substring(0, Math.min(NAME_CHARACTERS_MAX, own.length()));
    List<Collection> all = collections.collections();
    String name = base;
    for (int n = 2; isOthers(name, location, all); n++) {
      name = base + "-" + n;
    }
    return name;
  }

  private static boolean isOthers(String name, String location, List<Collection> collections) {
    return collections.stream()
        .filter(collection -> collection.name().equals(name))
        .flatMap(collection -> collection.sources().stream())
        .anyMatch(source -> !source.location().equals(location));
  }

  private static Job finished(CollectionService collections, String id) {
    long start = System.nanoTime();
    Job job = collections.job(id);
    while (!job.state().isEnd() && System.nanoTime() - start < WAIT_MAX.toNanos()) {
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return job;
      }
      job = collections.job(id);
    }
    return job;
  }

  private static String line(Job job) {
    Job.Counts counts = job.counts();
    return switch (job.state()) {
      case DONE ->
          String.format(
              Locale.ROOT,
              "%s: %,d files read, %,d failed, %,d removed",
              job.collection(),
              counts.read(),
              counts.failed(),
              counts.removed());
      case FAILED -> "%s: serving it as it was, %s".formatted(job.collection(), job.error());
      case WAITING, RUNNING, CANCELLED ->
          String.format(
              Locale.ROOT,
              "%s: %,d of %,d files read, the rest goes on",
              job.collection(),
              counts.read(),
              counts.files());
    };
  }
}
