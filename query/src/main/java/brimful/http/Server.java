package brimful.http;

import brimful.corpus.UserError;
import brimful.dense.LocalEncoder;
import brimful.exhaustive.job.ReadingJobs;
import brimful.http.conversation.ConversationStore;
import brimful.http.edge.ClientWatch;
import brimful.http.edge.HttpJson;
import brimful.http.edge.Problems;
import brimful.http.hook.Webhooks;
import brimful.http.key.KeyStore;
import brimful.http.page.PageFiles;
import brimful.service.Admission;
import brimful.service.Backend;
import brimful.store.Disk;
import brimful.store.Folders;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The HTTP server; builds all its parts.
///
/// Javalin was chosen because it is Jetty with routes and little more. Each request has a virtual
/// thread.
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private static final int HEADER_BYTES_MAX = 16 << 10;
  private static final int UPLOAD_BYTES_IN_MEMORY_MAX = 8 << 10;

  /// Some more than files, so that too many of those are counted, and said.
  private static final int FORM_PARTS_MAX = UploadsApi.FILES_MAX + 100;

  /// An idle connection is closed; streams send something more often.
  private static final long IDLE_MILLIS_MAX = 30_000;

  private static final int CAUSES_MAX = 10;

  /// A body that arrives more slowly is rejected.
  private static final long REQUEST_BYTES_PER_SECOND_MIN = 256;

  private final ServeConfig config;
  private final Admission admission;
  private final BatchRuns batches;
  private final ReadingJobs readings;
  private final List<Route> routes = new ArrayList<>();
  private final Javalin javalin;
  private final ClientWatch clients = new ClientWatch();

  /// Parts of incoming uploads, readable by the owner only.
  private final Path parts;

  /// Returns a server without a model for embeddings.
  public Server(
      Backend backend,
      KeyStore keys,
      ServeConfig config,
      Telemetry telemetry,
      Map<String, HttpServlet> servlets) {
    this(backend, keys, config, telemetry, servlets, Optional.empty());
  }

  /// @param servlets by path, such as `/mcp`; they pass the same guard
  /// @param telemetry receives events; the caller closes it
  /// @param encoder makes embeddings
  public Server(
      Backend backend,
      KeyStore keys,
      ServeConfig config,
      Telemetry telemetry,
      Map<String, HttpServlet> servlets,
      Optional<LocalEncoder> encoder) {
    this.config = config;
    parts = parts();
    admission = backend.service().admission();
    telemetry.watch(admission);
    BatchRuns runs = new BatchRuns(config.batches(), backend);
    ReadingJobs jobs = new ReadingJobs(backend);
    batches = runs;
    readings = jobs;
    routes.addAll(
        new CollectionsApi(
                backend,
                (deleted, before) -> {
                  runs.forget(deleted, before);
                  jobs.forget(deleted, before);
                })
            .routes());
    routes.addAll(new OriginalsApi(backend).routes());
    routes.addAll(new FoldersApi(backend.collections()).routes());
    var hooks = new Webhooks(backend.collections(), config.environment());
    routes.add(Route.post(Webhooks.PATH, hooks::receive));
    routes.addAll(new UploadsApi(backend.collections(), config.uploadBytesMax()).routes());
    routes.addAll(new JobsApi(backend.collections()).routes());
    var conversations = new ConversationStore(config.conversations(), Clock.systemUTC());
    routes.addAll(new AskApi(backend, conversations).routes());
    routes.addAll(new ConversationsApi(conversations).routes());
    routes.addAll(new ModelsApi(backend).routes());
    routes.addAll(new SettingsApi(backend).routes());
    routes.addAll(new EmbeddingsApi(admission, encoder).routes());
    routes.addAll(new ChatApi(backend, config.chatBudget()).routes());
    routes.addAll(new ResponsesApi(backend, config.chatBudget()).routes());
    routes.addAll(new BatchesApi(batches).routes());
    routes.addAll(new ExhaustiveApi(backend, readings).routes());
    routes.addAll(new AboutApi(backend, config, telemetry.meters()).routes());
    var parameters =
        new QueryParameters(HttpJson.read(new String(AboutApi.document(), StandardCharsets.UTF_8)));
    var guard = new Guard(keys, config, backend.spending(), telemetry, clients);
    javalin =
        Javalin.create(javalinConfig -> {
          configure(javalinConfig);
          javalinConfig.jetty.modifyServletContextHandler(
              handler -> guard(handler, guard, servlets));
          Problems.register(javalinConfig.routes);
          serve(javalinConfig, parameters);
        });
  }

  private static void guard(
      ServletContextHandler handler, Guard guard, Map<String, HttpServlet> servlets) {
    var filter = new FilterHolder(guard);
    filter.setAsyncSupported(true);
    handler.getServletHandler().setDecodeAmbiguousURIs(true);
    handler.setMaxFormKeys(FORM_PARTS_MAX);
    handler.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
    servlets.forEach((path, servlet) -> {
      var holder = new ServletHolder(servlet);
      holder.setAsyncSupported(true);
      handler.addServlet(holder, path);
    });
  }

  private void serve(JavalinConfig javalinConfig, QueryParameters parameters) {
    for (Route route : routes) {
      Handler handler = parameters.checked(route, Rights.checked(route));
      javalinConfig.routes.addHttpHandler(route.method(), route.pattern(), handler);
      if (Guard.OPEN.contains(route.path())) {
        javalinConfig.routes.addHttpHandler(HandlerType.HEAD, route.path(), handler);
      }
    }
    PageFiles.handlers()
        .forEach((path, handler) -> {
          javalinConfig.routes.addHttpHandler(HandlerType.GET, path, handler);
          javalinConfig.routes.addHttpHandler(HandlerType.HEAD, path, handler);
        });
  }

  // This rate is Jetty 12.1's only protection against slow bodies; its announced replacement does
  // not exist yet.
  @SuppressWarnings("removal")
  private void configure(JavalinConfig javalin) {
    javalin.startup.showJavalinBanner = false;
    javalin.startup.showOldJavalinVersionWarning = false;
    javalin.startup.startupWatcherEnabled = false;
    javalin.concurrency.useVirtualThreads = true;
    javalin.http.maxRequestSize = HttpJson.BODY_BYTES_MAX;
    javalin.http.prefer405over404 = true;
    javalin.router.ignoreTrailingSlashes = false;
    javalin.jetty.modifyServer(jetty -> jetty.setErrorHandler(new JettyErrors(HEADER_BYTES_MAX)));
    javalin.jetty.host = config.host();
    javalin.jetty.port = config.port();
    javalin.jetty.multipartConfig.cacheDirectory(parts.toString());
    javalin.jetty.multipartConfig.maxFileSize(config.uploadBytesMax(), SizeUnit.BYTES);
    javalin.jetty.multipartConfig.maxTotalRequestSize(config.uploadBytesMax(), SizeUnit.BYTES);
    javalin.jetty.multipartConfig.maxInMemoryFileSize(UPLOAD_BYTES_IN_MEMORY_MAX, SizeUnit.BYTES);
    javalin.jetty.modifyHttpConfiguration(http -> {
      http.setSendServerVersion(false);
      // The guard allows encoded slashes in ids of models, and nowhere else.
      http.setUriCompliance(
          UriCompliance.DEFAULT.with("brimful", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR));
      http.setRequestHeaderSize(HEADER_BYTES_MAX);
      http.setIdleTimeout(IDLE_MILLIS_MAX);
      http.setMinRequestDataRate(REQUEST_BYTES_PER_SECOND_MIN);
    });
  }

  private static Path parts() {
    try {
      return Files.createTempDirectory("brimful-uploads");
    } catch (IOException e) {
      Path folder = Path.of(System.getProperty("java.io.tmpdir", "."));
      throw Disk.failure(
          e, folder, "an upload", "cannot make a folder in %s: make it writable".formatted(folder));
    }
  }

  /// Returns all routes except those of the page's files.
  List<Route> routes() {
    return List.copyOf(routes);
  }

  /// Returns how many requests would end with their clients.
  public int watched() {
    return clients.watched();
  }

  /// Starts to listen.
  ///
  /// @return the port
  /// @throws UserError if it cannot listen there, for example because the port is taken
  public int start() {
    try {
      javalin.start();
    } catch (JavalinBindException e) {
      throw notBound(e);
    } catch (JavalinException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new CancellationException("stopped while starting");
      }
      throw e;
    }
    return javalin.port();
  }

  private UserError notBound(JavalinBindException e) {
    String reason = String.valueOf(cause(e).getMessage());
    if (reason.contains("assign requested address")) {
      return new UserError(
          UserError.Kind.USAGE,
          "--host %s is not an address of this machine: try 127.0.0.1".formatted(config.host()),
          e);
    }
    return cause(e) instanceof SocketException && reason.contains("Permission denied")
        ? new UserError(
            UserError.Kind.FORBIDDEN,
            "port %s needs a permission that this user lacks: give a --port above 1023"
                .formatted(config.port()),
            e)
        : new UserError(
            UserError.Kind.BUSY,
            "port %s of %s is taken: stop what listens there, or give another --port"
                .formatted(config.port(), config.host()),
            e);
  }

  private static Throwable cause(Throwable e) {
    Throwable deepest = e;
    for (int i = 0; i < CAUSES_MAX && deepest.getCause() != null; i++) {
      deepest = deepest.getCause();
    }
    return deepest;
  }

  /// Stops listening, and lets requests in flight end.
  @Override
  public void close() {
    batches.stop(config.grace());
    readings.stop(config.grace());
    admission.stop(config.grace());
    javalin.stop();
    try {
      Folders.delete(parts);
    } catch (IOException e) {
      LOG.warn("parts of uploads cannot be deleted folder={} cause={}", parts, e.toString());
    }
  }
}
