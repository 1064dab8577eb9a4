package brimful.http;

import brimful.collection.SourceReader;
import brimful.collection.library.AllowedLocations;
import brimful.collection.library.CollectionService;
import brimful.collection.library.Job;
import brimful.http.edge.EdgeConfig;
import brimful.http.key.Grant;
import brimful.http.key.KeyStore;
import brimful.rank.Rescorer;
import brimful.service.Admission;
import brimful.service.Backend;
import brimful.service.Models;
import brimful.service.QueryService;
import brimful.service.SpendLedger;
import brimful.source.Rules;
import brimful.testing.FakeDeepSeek;
import brimful.token.Tokenizers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Servers on loopback over real files: some of this program's own code, and a document that is
/// broken. The model is a [FakeDeepSeek] that streams an answer word by word.
final class PageTestServer implements AutoCloseable {
  private static final Path SOURCES = Path.of("src", "main", "java", "brimful");

  /// A method of the code, and the first and the last line that the answer cites of it.
  static final String METHOD = "Budget parse(String text, int usable)";

  static final int FIRST = lineOf(SOURCES.resolve("service/Budget.java"), METHOD);
  static final int LAST = FIRST + 5;

  /// Lines that are in the window.
  static final String RIGHT = "code/service/Budget.java:%s-%s".formatted(FIRST, LAST);

  /// In a question: the model begins to answer and then says nothing more.
  static final String ENDLESS = "without an end";

  /// In a question: the answer ends where its room does.
  static final String CUT = "without room";

  /// In a question: the model writes what no person would.
  static final String NONSENSE = "without a meaning";

  /// In a question: the answer cites a page of [#REPORT].
  static final String ON_A_PAGE = "of the report";

  /// In a question: the answer has formulas, code and a wide table.
  static final String RICH = "with formulas";

  /// In a question: the answer has diagrams of Mermaid.
  static final String DRAWN = "with diagrams";

  /// A PDF that a test may write.
  static final String REPORT = "papers/report.pdf";

  /// The collection that [#library()] has.
  static final String COLLECTION = "code";

  /// A file that nobody has.
  static final String WRONG = "code/service/Purse.java:3-9";

  /// The end of the long document.
  static final String LAST_WORDS = "These are the last words.";

  private static final int LONG_PARAGRAPHS = 5_200;

  /// So many that no two paragraphs fit into one part.
  private static final int WORDS_OF_A_PART = 70;

  private static final Duration WORD_EVERY = Duration.ofMillis(8);
  private static final Duration JOB_MAX = Duration.ofSeconds(60);
  private static final int REQUESTS_PER_MINUTE = 6_000;

  private final Path folder;
  private final FakeDeepSeek model;
  private final CollectionService collections;
  private final List<CollectionService> libraries = new ArrayList<>();
  private final List<Server> servers = new ArrayList<>();

  /// @param folder that nothing is in yet
  PageTestServer(Path folder) {
    this.folder = folder;
    model = FakeDeepSeek.start(0, WORD_EVERY, request -> PageAnswers.to(request.body()));
    writeCode();
    collections = newLibrary();
    collections.create(COLLECTION);
    finish(collections.add(COLLECTION, code().toString()));
    writeBroken();
  }

  /// Comes after the shared library has read the rest: to give a document up takes seconds.
  private void writeBroken() {
    try {
      Files.writeString(code().resolve("broken.pdf"), "%PDF-1.7\n1 0 obj\n<< /Type /Catalog");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int lineOf(Path file, String text) {
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).contains(text)) {
          return i + 1;
        }
      }
      throw new IllegalStateException("%s has no line with %s".formatted(file, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeCode() {
    try {
      for (String name : List.of("service", "collection", "http", "view")) {
        Path target = Files.createDirectories(code().resolve(name));
        try (Stream<Path> files = Files.list(SOURCES.resolve(name))) {
          for (Path file : files.toList()) {
            Files.copy(file, target.resolve(file.getFileName()));
          }
        }
      }
      Files.write(code().resolve("logo.woff2"), new byte[] {'w', 'O', 'F', '2', 0, 1});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes a document of more parts than the server gives at once.
  void writeLong() {
    var text = new StringBuilder();
    for (int i = 0; i < LONG_PARAGRAPHS; i++) {
      text.append("lorem ipsum ".repeat(WORDS_OF_A_PART / 2)).append("\n\n");
    }
    try {
      Files.createDirectories(longFolder());
      Files.writeString(longFolder().resolve("long.md"), text.append(LAST_WORDS).append("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns the folder of the long document.
  Path longFolder() {
    return folder.resolve("roots").resolve("long");
  }

  private void finish(Job job) {
    long end = System.nanoTime() + JOB_MAX.toNanos();
    while (!collections.job(job.id()).state().isEnd() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  /// Returns the folder of code that may be added.
  Path code() {
    return folder.resolve("roots").resolve("code");
  }

  /// Returns a library that has read the code.
  CollectionService collections() {
    return collections;
  }

  /// Returns a library without collections.
  CollectionService newLibrary() {
    Path home = folder.resolve("home-" + libraries.size());
    var locations =
        new AllowedLocations(
            SourceReader.of(Map.of("BRIMFUL_HOME", home.toString()), Rules.standard(), Set.of()),
            List.of(folder.resolve("roots")));
    CollectionService made =
        CollectionService.local(
            home.resolve("library"), locations, Tokenizers.named("deepseek-v3"));
    libraries.add(made);
    return made;
  }

  /// Returns how many requests the model has had.
  int requests() {
    return model.requests().size();
  }

  /// Returns what the model was sent last.
  String lastRequest() {
    return model.requests().getLast().body();
  }

  /// Serves a library with a model.
  ///
  /// @return the address
  String serve(CollectionService served) {
    return serve(
        served,
        Map.of(
            "BRIMFUL_MODEL", "deepseek-flash",
            "BRIMFUL_BASE_URL", model.baseUrl(),
            "DEEPSEEK_API_KEY", "sk-of-the-test"),
        false);
  }

  /// Serves a library without a model.
  String serveWithoutModel(CollectionService served) {
    return serve(served, Map.of(), false);
  }

  /// Serves a library with a model that was named, but that there is no key for.
  String serveWithoutItsKey(CollectionService served) {
    return serve(served, Map.of("BRIMFUL_MODEL", "deepseek-flash"), false);
  }

  /// Serves a library to whoever has a key.
  String serveWithKeys(CollectionService served) {
    return serve(served, Map.of(), true);
  }

  /// Makes a key to what [#serveWithKeys] serves.
  String key() {
    return key("browser");
  }

  /// Makes one with a name.
  String key(String name) {
    return keys().add(name, Grant.everything(), 0, REQUESTS_PER_MINUTE);
  }

  /// Takes a key back.
  void revoke(String name) {
    keys().revoke(name);
  }

  /// Makes a key that only asks.
  String askingKey() {
    return keys()
        .add("reader", new Grant(List.of("*"), Set.of(), List.of()), 0, REQUESTS_PER_MINUTE);
  }

  private KeyStore keys() {
    return new KeyStore(folder.resolve("configuration"), Clock.systemUTC());
  }

  private String serve(CollectionService served, Map<String, String> more, boolean keysNeeded) {
    var environment = new HashMap<>(more);
    environment.put("BRIMFUL_HOME", folder.resolve("configuration").toString());
    var config =
        new ServeConfig(
            "test",
            "127.0.0.1",
            0,
            keysNeeded,
            EdgeConfig.NONE,
            List.of(folder.resolve("roots")),
            folder.resolve("batches"),
            folder.resolve("conversations"),
            false,
            1 << 20,
            ServeConfig.CHAT_BUDGET,
            Map.of(),
            Duration.ofMillis(100));
    Telemetry telemetry = Telemetry.of(Map.of());
    var service =
        new QueryService(new Models(environment), new Admission(telemetry), Rescorer.NONE);
    var ledger = new SpendLedger(folder.resolve("configuration"), Clock.systemUTC());
    var server =
        new Server(new Backend(served, service, ledger), keys(), config, telemetry, Map.of());
    servers.add(server);
    return "http://127.0.0.1:%s/".formatted(server.start());
  }

  @Override
  public void close() {
    model.close();
    servers.forEach(Server::close);
    libraries.forEach(CollectionService::close);
  }
}
