package brimful.cli;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.command.UntilStopped;
import brimful.cli.option.Arguments;
import brimful.cli.option.DenseOption;
import brimful.cli.option.IndexOption;
import brimful.cli.option.KafkaOptions;
import brimful.cli.option.LimitOption;
import brimful.cli.option.LogOption;
import brimful.cli.option.ModelOptions;
import brimful.cli.option.MonitorOption;
import brimful.cli.option.OcrOption;
import brimful.cli.option.PackOptions;
import brimful.cli.option.QuerySetup;
import brimful.cli.option.RootsOption;
import brimful.cli.option.Terminal;
import brimful.collection.Home;
import brimful.collection.SourceReader;
import brimful.collection.library.AllowedLocations;
import brimful.collection.library.CollectionService;
import brimful.collection.schedule.SyncSchedule;
import brimful.corpus.UserError;
import brimful.dense.LocalEncoder;
import brimful.extract.MemoryPlan;
import brimful.extract.limit.Limit;
import brimful.http.ServeConfig;
import brimful.http.Server;
import brimful.http.Telemetry;
import brimful.http.edge.EdgeConfig;
import brimful.http.key.Grant;
import brimful.http.key.KeyStore;
import brimful.kafka.index.ClusterStore;
import brimful.kafka.index.FolderStore;
import brimful.kafka.index.IndexStore;
import brimful.mcp.McpEndpoint;
import brimful.model.Settings;
import brimful.rank.Rescorer;
import brimful.service.Admission;
import brimful.service.Backend;
import brimful.service.Models;
import brimful.service.QueryService;
import brimful.source.Rules;
import brimful.source.forge.ForgeAddress;
import brimful.source.forge.PublicHosts;
import brimful.token.Tokenizers;
import brimful.upload.BucketUploads;
import brimful.upload.Uploads;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.cli.Options;

/// Serves collections over HTTP until it is stopped.
final class ServeCommand implements Command {
  private static final int PORT = 8080;
  private static final int UPLOAD_MB = 512;
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int REQUESTS_PER_MINUTE = 600;

  private final Terminal terminal;

  ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "serve";
  }

  @Override
  public String summary() {
    return "serves collections over HTTP: a web page, REST, OpenAI's protocol, MCP";
  }

  @Override
  public String help() {
    return """
    brimful serve [--port 8080] [--roots DIR,…] [--kafka HOST:PORT [--index opensearch=URL]]

    Keeps collections of folders, repositories and uploads, and answers questions about them: on a web page,
    by REST (/openapi.json), by OpenAI's protocol (base URL http://HOST:PORT/v1, model brimful/COLLECTION) and by
    MCP (/mcp). Files are read here, or by the workers of a Kafka cluster. The model is the one that brimful ask
    would ask.

    Who may use it: without --host, this machine only, and no key is needed. Elsewhere a key is, see
    brimful keys --help; without one the server does not start. --first-key makes one with all rights and
    prints it.
    What it reads: what lies below --roots (default: the working directory), which are folders and s3://bucket/prefix,
    public git repositories, web: pages of public hosts and of those that --roots names (web:http://wiki.example/),
    and the repositories of organisations: github-org:NAME, gitlab-group:NAME, gitea-org:HOST/NAME.
    With GITHUB_TOKEN, GITLAB_TOKEN, GITEA_TOKEN or their _API_URL, only the organisations that --roots names.
    When it reads again: on request; after --every, or a source's own time; and when a forge's webhook says so, at
    /v1/hooks/COLLECTION/SOURCE, with a secret in BRIMFUL_HOOK_SECRET or the file of BRIMFUL_HOOK_SECRET_FILE.
    Where collections are indexed: in its home, by an index worker there; or with --index in OpenSearch, by
    an index worker on any machine.

    Where uploads are kept: in its home, which workers of --kafka must then share; or with --uploads in an object
    store, from which workers on any machine read them.

    --dense ranks prose and chat of every question by meaning, too, see brimful pack --help; and it serves
    embeddings over OpenAI's protocol.

    Behind a proxy: --public-url names the address that the world uses, and --trusted-proxy the proxy, so that logs
    have the clients' addresses. Pages of other origins may not use the server, but for those of --allow-origin.

      brimful serve
      brimful serve --roots ~/src,~/documents --port 9000
      brimful keys add team --manage && brimful serve --host 0.0.0.0 --roots /data
    """;
  }

  @Override
  public Options options() {
    return KafkaOptions.options()
        .addOption(
            PackOptions.option("port", "N", "where it listens (default: %s)".formatted(PORT)))
        .addOption(PackOptions.option("host", "ADDRESS", "where it listens (default: 127.0.0.1)"))
        .addOption(
            PackOptions.option(
                "roots",
                "DIR,…",
                "what sources may be added from (default: the working directory)"))
        .addOption(
            PackOptions.option(
                "budget",
                "N",
                "tokens of a window over OpenAI's protocol, unless a client sets its own (default: %s)"
                    .formatted(ServeConfig.CHAT_BUDGET)))
        .addOption(
            PackOptions.option(
                "every",
                "TIME",
                "how often sources are read again that have no time of their own, such as 1h (default: never)"))
        .addOption(DenseOption.option())
        .addOption(PackOptions.flag("first-key", "make a key if there is none, and print it"))
        .addOption(
            PackOptions.option(
                "upload-mb", "N", "the most of one upload (default: %s)".formatted(UPLOAD_MB)))
        .addOption(
            PackOptions.option(
                "uploads", "s3://BUCKET/PREFIX", "with --kafka: where uploads are kept"))
        .addOption(
            PackOptions.option(
                "allow-origin", "ORIGIN,…", "pages that may use it, such as https://app.example"))
        .addOption(
            PackOptions.option(
                "public-url", "URL", "where a proxy that strips its path serves it to the world"))
        .addOption(
            PackOptions.option(
                "trusted-proxy", "ADDR[/BITS],…", "proxies whose X-Forwarded-For is believed"))
        .addOption(IndexOption.option())
        .addOption(MonitorOption.option())
        .addOption(LogOption.option())
        .addOption(ModelOptions.option())
        .addOption(
            PackOptions.option("base-url", "URL", "an OpenAI-compatible server to ask instead"))
        .addOption(PackOptions.option("reply", "N", "tokens kept free for the answer"))
        .addOption(PackOptions.option("keep", "RULES", "lift skip rules, see brimful pack --help"))
        .addOptions(PackOptions.reading());
  }

  @Override
  public ExitCode run(Arguments arguments) {
    if (!arguments.words().isEmpty()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "serve takes no PATH, but \"%s\" is one: name the folders that may be read with --roots %1$s, and add them on the page"
              .formatted(arguments.words().getFirst()));
    }
    return DenseOption.use(
        arguments, terminal, (rescorer, encoder) -> serve(arguments, rescorer, encoder));
  }

  private ExitCode serve(Arguments arguments, Rescorer rescorer, Optional<LocalEncoder> encoder) {
    Map<String, String> environment = ModelOptions.environment(arguments, terminal);
    Settings settings = Settings.read(environment);
    var keys = new KeyStore(settings.home(), Clock.systemUTC());
    ServeConfig config = config(arguments, keys);
    Duration every =
        arguments
            .value("every")
            .map(time -> SyncSchedule.time("--every", time))
            .orElse(Duration.ZERO);
    var models = new Models(environment);
    var spending = QuerySetup.ledger(settings);
    keys.carry(spending);
    // Whether the encoder runs here must not turn out with the first question.
    encoder.ifPresent(local -> local.tokens("brimful"));
    return UntilStopped.run(
        terminal,
        "running answers have %s s to end".formatted(GRACE.toSeconds()),
        () -> {
          try (var telemetry = Telemetry.of(terminal.environment());
              CollectionService collections = collections(arguments, config, models);
              var _ = new SyncSchedule(collections, every, Clock.systemUTC()).start()) {
            var service = new QueryService(models, new Admission(telemetry), rescorer);
            var backend = new Backend(collections, service, spending);
            try (var mcp = new McpEndpoint(backend, Main.VERSION);
                var server =
                    new Server(
                        backend,
                        keys,
                        config,
                        telemetry,
                        Map.of(McpEndpoint.PATH, mcp.servlet()),
                        encoder);
                MonitorOption _ =
                    MonitorOption.start(
                        arguments, terminal, telemetry.process(), service.admission()::trouble)) {
              int port = server.start();
              terminal.note(
                  "serving http://%s:%s, reading %s"
                      .formatted(
                          config.host().equals("0.0.0.0") ? "localhost" : config.host(),
                          port,
                          roots(arguments).display()));
              if (!config.kafka()) {
                terminal.note(
                    MemoryPlan.ofThisProcess(reader(arguments).limits().of(Limit.MEMORY))
                        .atMost(Runtime.getRuntime().availableProcessors())
                        .display());
              }
              new CountDownLatch(1).await();
            }
          }
          return ExitCode.OK;
        });
  }

  private ServeConfig config(Arguments arguments, KeyStore keys) {
    String host = arguments.value("host").orElse("127.0.0.1");
    boolean open = isLoopback(host);
    if (!open && keys.damaged().isPresent()) {
      throw new UserError(
          UserError.Kind.CONFIG,
          "the keys are damaged and set aside as %s: make keys anew with brimful keys add NAME, then start again"
              .formatted(keys.damaged().get()));
    }
    if (!open && keys.list().isEmpty()) {
      if (!arguments.has("first-key")) {
        throw new UserError(
            UserError.Kind.CONFIG,
            "--host %s: others could use this server, and it has no key: make one with brimful keys add NAME, or let --first-key do it"
                .formatted(host));
      }
      String secret = keys.add("first", Grant.everything(), 0, REQUESTS_PER_MINUTE);
      terminal.note("made the first key, which is shown only now: " + secret);
    }
    return new ServeConfig(
        Main.VERSION,
        host,
        arguments.number("port").orElse(PORT),
        !open,
        new EdgeConfig(
            arguments.values("allow-origin"),
            arguments.value("public-url").orElse(""),
            arguments.values("trusted-proxy")),
        roots(arguments).absolute(),
        Home.of(terminal.environment()).batches(),
        Home.of(terminal.environment()).conversations(),
        isKafka(arguments),
        (long) arguments.number("upload-mb").orElse(UPLOAD_MB) << 20,
        arguments.value("budget").orElse(ServeConfig.CHAT_BUDGET),
        terminal.environment(),
        GRACE);
  }

  private static RootsOption roots(Arguments arguments) {
    return RootsOption.of(arguments).orElse(Path.of(""));
  }

  private Uploads uploads(Arguments arguments, ServeConfig config, Home home) {
    Optional<String> location = arguments.value("uploads");
    if (location.isPresent() && !config.kafka()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--uploads is for workers of other machines: add --kafka, or leave it out");
    }
    return location
        .<Uploads>map(where -> BucketUploads.open(where, home.library(), terminal.environment()))
        .orElse(Uploads.IN_FOLDER);
  }

  private void requireKafka(Arguments arguments, ServeConfig config) {
    if (IndexOption.isGiven(arguments) && !config.kafka()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--index is for collections that workers read: add --kafka, or leave it out");
    }
  }

  private boolean isKafka(Arguments arguments) {
    return arguments.has("kafka")
        || !terminal.environment().getOrDefault("BRIMFUL_KAFKA", "").isBlank();
  }

  private CollectionService collections(Arguments arguments, ServeConfig config, Models models) {
    PublicHosts.guardGit(ForgeAddress.hosts(terminal.environment()));
    Home home = Home.of(terminal.environment());
    requireKafka(arguments, config);
    SourceReader reader = reader(arguments);
    var locations =
        new AllowedLocations(
                reader,
                config.roots(),
                roots(arguments).buckets(),
                roots(arguments).organizations(),
                uploads(arguments, config, home))
            .with(roots(arguments).sites());
    String tokenizer = models.choose("").model().tokenizer();
    return config.kafka()
        ? CollectionService.kafka(
            home.library(),
            locations,
            KafkaOptions.open(arguments, terminal),
            tokenizer,
            IndexOption.of(arguments, terminal)
                .<IndexStore>map(ClusterStore::reading)
                .orElseGet(() -> new FolderStore(home.collections())))
        : CollectionService.local(home.library(), locations, Tokenizers.named(tokenizer));
  }

  private SourceReader reader(Arguments arguments) {
    Rules rules = PackOptions.rules(arguments);
    return LimitOption.applied(
        arguments, SourceReader.of(OcrOption.environment(arguments, terminal), rules, Set.of()));
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--host %s is not an address of this machine: try 127.0.0.1".formatted(host));
    }
  }
}
