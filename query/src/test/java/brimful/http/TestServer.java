package brimful.http;

import brimful.collection.SourceReader;
import brimful.collection.library.AllowedLocations;
import brimful.collection.library.CollectionService;
import brimful.dense.LocalEncoder;
import brimful.http.edge.EdgeConfig;
import brimful.http.key.KeyStore;
import brimful.mcp.McpEndpoint;
import brimful.rank.Rescorer;
import brimful.service.Admission;
import brimful.service.Backend;
import brimful.service.Models;
import brimful.service.QueryService;
import brimful.service.SpendLedger;
import brimful.source.Rules;
import brimful.source.forge.ForgeAddress;
import brimful.testing.FakeDeepSeek;
import brimful.token.Tokenizers;
import brimful.upload.Uploads;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A real server on loopback over a folder of its own, and a client for it.
public final class TestServer implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final Path folder;
  final Path root;
  final CollectionService collections;
  public final Server server;
  final KeyStore keys;
  final SpendLedger spending;
  private final Telemetry telemetry;
  public final int port;
  private final McpEndpoint mcp;
  private final HttpClient client = HttpClient.newHttpClient();
  private String key = "";

  private TestServer(
      Path folder, Map<String, String> environment, boolean keysNeeded, EdgeConfig edge) {
    this(folder, environment, keysNeeded, edge, Optional.empty());
  }

  private TestServer(
      Path folder,
      Map<String, String> environment,
      boolean keysNeeded,
      EdgeConfig edge,
      Optional<LocalEncoder> encoder) {
    this.folder = folder;
    root = folder.resolve("root");
    var all = new HashMap<>(environment);
    all.put("BRIMFUL_HOME", folder.resolve("home").toString());
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var models = new Models(all);
    var locations =
        new AllowedLocations(
            SourceReader.of(reading(environment), Rules.standard(), Set.of()),
            List.of(root),
            List.of(),
            environment.containsKey("GITHUB_API_URL")
                ? List.of(ForgeAddress.of("github-org:acme"))
                : List.of(),
            Uploads.IN_FOLDER);
    collections =
        CollectionService.local(
            folder.resolve("library"), locations, Tokenizers.named("deepseek-v3"));
    keys = new KeyStore(folder.resolve("home"), Clock.systemUTC());
    var config =
        new ServeConfig(
            "test",
            "127.0.0.1",
            0,
            keysNeeded,
            edge,
            List.of(root),
            folder.resolve("batches"),
            folder.resolve("conversations"),
            false,
            1 << 20,
            ServeConfig.CHAT_BUDGET,
            environment,
            Duration.ofMillis(300));
    telemetry = Telemetry.of(environment);
    spending = new SpendLedger(folder.resolve("home"), Clock.systemUTC());
    var service = new QueryService(models, new Admission(telemetry), Rescorer.NONE);
    var backend = new Backend(collections, service, spending);
    mcp = new McpEndpoint(backend, "test");
    server =
        new Server(
            backend, keys, config, telemetry, Map.of(McpEndpoint.PATH, mcp.servlet()), encoder);
    port = server.start();
  }

  /// Returns the variables that decide what is read.
  private Map<String, String> reading(Map<String, String> environment) {
    var some = new HashMap<>(environment);
    some.keySet().retainAll(Set.of("GITHUB_API_URL"));
    some.put("BRIMFUL_HOME", folder.resolve("home").toString());
    return some;
  }

  /// Starts a server that wants keys, without a model, with variables; it may read the organisation
  /// acme of a GitHub that they name.
  static TestServer reading(Path folder, Map<String, String> environment) {
    return new TestServer(folder, environment, true, EdgeConfig.NONE);
  }

  /// Starts a server with a model that answers.
  public static TestServer with(Path folder, FakeDeepSeek model) {
    return new TestServer(folder, asking(model), false, EdgeConfig.NONE);
  }

  /// Starts a server without a model.
  static TestServer alone(Path folder) {
    return new TestServer(folder, Map.of(), false, EdgeConfig.NONE);
  }

  /// Starts a server without a model that makes embeddings.
  static TestServer embedding(Path folder, Optional<LocalEncoder> encoder) {
    return new TestServer(folder, Map.of(), false, EdgeConfig.NONE, encoder);
  }

  /// Starts a server that wants keys.
  static TestServer locked(Path folder, FakeDeepSeek model) {
    return new TestServer(folder, asking(model), true, EdgeConfig.NONE);
  }

  /// Starts a server without a model that others are in front of.
  static TestServer behind(Path folder, EdgeConfig edge, boolean keysNeeded) {
    return new TestServer(folder, Map.of(), keysNeeded, edge);
  }

  private static Map<String, String> asking(FakeDeepSeek model) {
    return Map.of(
        "BRIMFUL_MODEL", "deepseek-flash",
        "BRIMFUL_BASE_URL", model.baseUrl(),
        "DEEPSEEK_API_KEY", "sk-0123456789abcdef0123456789abcdef",
        "OPENAI_API_KEY", "sk-0123456789abcdef0123456789abcdef");
  }

  /// Returns the most that can have been spent with a key.
  double spent(String name) {
    return keys.list().stream()
        .filter(key -> key.name().equals(name))
        .mapToDouble(key -> spending.balance(key.account().id()).mostUsd())
        .sum();
  }

  /// From now on, requests bring this key.
  TestServer as(String secret) {
    key = secret;
    return this;
  }

  public TestServer file(String name, String text) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Creates a collection of the root, and waits until it is read.
  public TestServer collection(String name) {
    collections.create(name);
    await(collections.add(name, root.toString()).id());
    return this;
  }

  void await(String job) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!collections.job(job).state().isEnd()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("job %s takes too long".formatted(collections.job(job)));
      }
      Thread.onSpinWait();
    }
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
    return key.isEmpty() ? builder : builder.header("Authorization", "Bearer " + key);
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<String> delete(String path) {
    return send(request(path).DELETE());
  }

  HttpResponse<String> post(String path, String json) {
    return send(json(path, json));
  }

  public HttpRequest.Builder json(String path, String json) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json));
  }

  /// Posts, and returns the events that stream back.
  List<Event> stream(String path, String json) {
    return events(send(json(path, json).header("Accept", "text/event-stream")).body());
  }

  /// Sends a request, and returns the answer while it still arrives.
  HttpResponse<InputStream> stream(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// A server-sent event.
  record Event(String name, JsonNode data) {}

  static List<Event> events(String stream) {
    return List.of(stream.split("\n\n", -1)).stream()
        .filter(block -> block.contains("data: ") && !block.contains("[DONE]"))
        .map(TestServer::event)
        .toList();
  }

  private static Event event(String block) {
    String name = "";
    String data = "";
    for (String line : block.split("\n", -1)) {
      if (line.startsWith("event: ")) {
        name = line.substring("event: ".length());
      } else if (line.startsWith("data: ")) {
        data = line.substring("data: ".length());
      }
    }
    return new Event(name, tree(data));
  }

  static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(json, e);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
    mcp.close();
    collections.close();
  }
}
