package brimful.cli;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.option.Arguments;
import brimful.cli.option.LimitOption;
import brimful.cli.option.OcrOption;
import brimful.cli.option.PackOptions;
import brimful.cli.option.QuerySetup;
import brimful.cli.option.Terminal;
import brimful.collection.CorpusListener;
import brimful.collection.Home;
import brimful.collection.Locations;
import brimful.collection.PathCorpus;
import brimful.collection.SourceReader;
import brimful.collection.library.AllowedLocations;
import brimful.collection.library.CollectionService;
import brimful.collection.library.Job;
import brimful.corpus.Counted;
import brimful.corpus.UserError;
import brimful.mcp.McpStdio;
import brimful.rank.Rescorer;
import brimful.service.Backend;
import brimful.service.QueryService;
import brimful.source.Sources;
import brimful.token.Tokenizers;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.commons.cli.Options;

/// Serves collections to a model's host over standard input and output.
final class McpCommand implements Command {
  private static final String TOKENIZER = "deepseek-v3";

  /// Hosts wait about half a minute for a server to start; the rest is read afterwards.
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
    address) it reads what has changed there, and serves that from the index that brimful ask has of
    it; it looks again when it is asked. Else it serves all collections of this machine's server.

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
                "folders below which files may be read (default: PATH, else the working directory)"))
        .addOptions(PackOptions.reading());
  }

  @Override
  public ExitCode run(Arguments arguments) {
    PrintStream standard = System.out;
    // Library output must not get between the messages.
    System.setOut(terminal.err());
    SourceReader reader =
        LimitOption.applied(
            arguments,
            SourceReader.of(
                OcrOption.environment(arguments, terminal),
                PackOptions.rules(arguments),
                Set.of()));
    List<String> words = arguments.words().stream().map(arguments::expanded).toList();
    try (CollectionService collections =
        words.isEmpty() ? served(arguments, reader) : named(words, reader)) {
      if (!words.isEmpty()) {
        collections
            .collections()
            .forEach(one -> terminal.note(line(collections.refresh(one.name(), WAIT_MAX))));
      }
      Predicate<String> allowed = _ -> true;
      QueryService service = QuerySetup.service(terminal.environment(), terminal, Rescorer.NONE);
      var backend =
          new Backend(collections, service, QuerySetup.ledger(service.models().settings()));
      McpStdio.serve(backend, allowed, terminal.in(), terminal.out(), Main.VERSION);
      return ExitCode.OK;
    } finally {
      System.setOut(standard);
    }
  }

  /// What a server keeps is only read, whether one runs or not.
  private CollectionService served(Arguments arguments, SourceReader reader) {
    return CollectionService.reading(
        Home.of(terminal.environment()).library(),
        new AllowedLocations(reader, roots(arguments)),
        Tokenizers.named(TOKENIZER));
  }

  /// Each location is a collection of its name, and shares the index that `brimful ask` has of it.
  private CollectionService named(List<String> words, SourceReader reader) {
    var corpora = new LinkedHashMap<String, PathCorpus>();
    for (String location : words) {
      if (!Sources.isThere(location)) {
        throw new UserError(
            UserError.Kind.NOT_FOUND,
            "no file or folder \"%s\": check the path, or name a git or web: address"
                .formatted(location));
      }
      corpora.put(
          free(name(location), corpora.keySet()),
          new PathCorpus(
              new Locations(List.of(location)),
              reader,
              InputStream.nullInputStream(),
              CorpusListener.SILENT));
    }
    return CollectionService.paths(corpora, TOKENIZER, Clock.systemUTC());
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

  /// Returns what the collection of a location is called: the last part of it, as far as it can
  /// stand in a URL.
  private static String name(String location) {
    String whole =
        Sources.isAddress(location)
            ? location
            : Path.of(location).toAbsolutePath().normalize().toString();
    String end = whole.replaceAll("(?<!/)/++$", "").replaceAll("(\\.git)?(@[^/@]+)?$", "");
    String own =
        end.substring(end.lastIndexOf('/') + 1)
            .replaceAll("[^A-Za-z0-9._-]+", "-")
            .replaceAll("^[.-]+", "");
    return own.isEmpty() ? "files" : own.substring(0, Math.min(NAME_CHARACTERS_MAX, own.length()));
  }

  private static String free(String name, Set<String> taken) {
    String free = name;
    for (int n = 2; taken.contains(free); n++) {
      free = name + "-" + n;
    }
    return free;
  }

  private static String line(Job job) {
    Job.Counts counts = job.counts();
    return switch (job.state()) {
      case DONE ->
          String.format(
              Locale.ROOT,
              "%s: %s read, %,d failed, %,d removed",
              job.collection(),
              Counted.of(counts.read(), "file"),
              counts.failed(),
              counts.removed());
      case FAILED -> "%s: serving it as it was, %s".formatted(job.collection(), job.error());
      case WAITING, RUNNING, CANCELLED ->
          String.format(
              Locale.ROOT,
              "%s: %,d of %s read, the rest goes on",
              job.collection(),
              counts.read(),
              Counted.of(counts.files(), "file"));
    };
  }
}
