package brimful.opensearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import brimful.corpus.UserError;
import brimful.index.term.FrozenWeights;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a cluster's refusals mean, told by a server that refuses as OpenSearch does.
final class OpenSearchErrorsTest {
  private static final String PASSWORD = "hunter2";

  private final AtomicReference<String> authorization = new AtomicReference<>("");

  /// By paths; those of others are one.
  private final Map<String, String> bodies = new ConcurrentHashMap<>();

  private final AtomicReference<String> filter = new AtomicReference<>("");

  /// The next one of a path.
  private final Map<String, String> next = new ConcurrentHashMap<>();

  private HttpServer server;
  private int status = 200;
  private final AtomicInteger requests = new AtomicInteger();

  /// So many bytes of an answer never come.
  private int missing;

  private String body = "{}";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          authorization.set(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          String path = exchange.getRequestURI().getPath();
          filter.set(String.valueOf(exchange.getRequestURI().getQuery()));
          String once = next.remove(path);
          byte[] bytes = (once == null ? bodies.getOrDefault(path, body) : once).getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length + missing);
          exchange.getResponseBody().write(bytes);
          if (missing == 0) {
            exchange.close();
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private OpenSearchAddress address(int port) {
    return OpenSearchAddress.of(
        "opensearch=http://ann:%s@127.0.0.1:%s/acme".formatted(PASSWORD, port), Map.of());
  }

  private UserError error(int port) {
    UserError error =
        catchThrowableOfType(
            UserError.class,
            () -> OpenSearchCluster.open(address(port), Duration.ofMillis(1)).create());
    assertThat(error.line()).doesNotContain(PASSWORD).doesNotContain("\n");
    return error;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | {}                                                  | UNAUTHENTICATED | refuses user ann
          403 | {"error":{"type":"security","reason":"no such"}}    | FORBIDDEN       | manage the indexes acme-*
          429 | {"error":{"type":"rejected","reason":"queue full"}} | UNAVAILABLE     | too much to do (status 429, rejected: queue full)
          503 | <html>proxy</html>                                  | UNAVAILABLE     | cannot do it now (status 503, <html>proxy
          400 | {"error":{"type":"mapping","reason":"bad field"}}   | UPSTREAM        | (status 400, mapping: bad field)
          200 | {"version":{"number":"2.19.1","distribution":"opensearch"}} | CONFIG  | is OpenSearch 2.19.1: Brimful needs OpenSearch 3 or later
          200 | {"version":{"number":"9.1.0"}}                      | CONFIG          | is another engine, 9.1.0
          200 | {"version":{"number":"9.1.0"},"tagline":"You Know, for Search"} | CONFIG | is Elasticsearch 9.1.0: Brimful needs OpenSearch 3
          403 | {"Message":"User: anonymous is not authorized to perform: es:ESHttpGet"} | FORBIDDEN | anonymous is not authorized to perform: es:ESHttpGet): let that user manage the indexes acme-*, or read them, as docs/operations.md says; Brimful signs no requests
          403 | {"error":{"type":"cluster_block_exception","reason":"blocked by: [FORBIDDEN/6/cluster read-only (api)];"}} | UNAVAILABLE | a setting of OpenSearch at
          403 | {"error":{"type":"index_create_block_exception","reason":"blocked by: [FORBIDDEN/10/cluster create-index blocked (api)];"}} | UNAVAILABLE | take back the block
          """)
  void saysInOneLineWhatIsWrong(int answer, String text, UserError.Kind kind, String line) {
    status = answer;
    body = text;

    UserError error = error(server.getAddress().getPort());

    assertThat(error.kind()).isEqualTo(kind);
    assertThat(error.line()).contains(line).contains("127.0.0.1");
    assertThat(authorization.get()).isEqualTo("Basic YW5uOmh1bnRlcjI=");
  }

  private OpenSearchClient client(Duration patience) {
    return new OpenSearchClient(address(server.getAddress().getPort()), patience);
  }

  /// Refuses the only write of the next bulk.
  private void refuse(String verb, int answer, String type) {
    next.put(
        "/_bulk",
        """
        {"errors":true,"items":[{"%s":{"status":%s,"error":{"type":"%s","reason":"not now","index":"acme-chunks-v2"}}}]}
        """
            .formatted(verb, answer, type));
  }

  private static void delete(OpenSearchClient client) {
    var bulk = new BulkWriter(client, "docs");
    bulk.delete("acme-chunks-v2", "id");
    bulk.flush();
  }

  private void mark(OpenSearchClient client) {
    bodies.put(
        "/_mget",
        """
        {"docs":[{"found":true,"_seq_no":1,"_primary_term":1,"_source":{"dead":9}}]}
        """);
    bodies.put("/_bulk", "{\"errors\":false,\"items\":[{\"update\":{\"status\":200}}]}");
    var places = List.of(new RemovalMarks.Place("acme-chunks-v2", "id"));
    new RemovalMarks(client, "docs").change(places, dead -> dead + 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          429 | rejected_execution_exception | UNAVAILABLE | too much to do
          503 | unavailable_shards_exception | UNAVAILABLE | cannot do it now
          504 | timeout_exception            | UNAVAILABLE | cannot do it now
          400 | mapper_parsing_exception     | UPSTREAM    | does not take
          """)
  void saysWhyAWriteIsNotTaken(int answer, String type, UserError.Kind kind, String line) {
    try (var client = client(Duration.ZERO)) {
      for (String verb : List.of("delete", "update")) {
        refuse(verb, answer, type);

        UserError error =
            catchThrowableOfType(
                UserError.class,
                () -> {
                  if (verb.equals("delete")) {
                    delete(client);
                  } else {
                    mark(client);
                  }
                });

        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.line())
            .contains(line)
            .contains("(status %s, %s: not now, index acme-chunks-v2)".formatted(answer, type));
      }
    }
  }

  @Test
  void saysThatAMarkIsAlwaysAnother() {
    try (var client = client(Duration.ZERO)) {
      refuse("update", 409, "version_conflict_engine_exception");

      UserError error = catchThrowableOfType(UserError.class, () -> mark(client));

      assertThat(error.kind()).isEqualTo(UserError.Kind.BUSY);
      assertThat(error.line())
          .contains("(status 409, version_conflict_engine_exception: not now, index acme")
          .contains("let only one index worker write a prefix");
    }
  }

  @ParameterizedTest
  @CsvSource({"429", "503"})
  void sendsAgainWhatABusyClusterRefuses(int answer) {
    try (var client = client(Duration.ofMinutes(1))) {
      refuse("delete", answer, "busy");
      delete(client);
      refuse("update", answer, "busy");
      mark(client);

      assertThat(next).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"400", "502", "504"})
  void sendsNothingAgainThatIsRefusedForGood(int answer) {
    try (var client = client(Duration.ofDays(1))) {
      refuse("delete", answer, "no");
      assertThatThrownBy(() -> delete(client)).hasMessageContaining("status " + answer);
      refuse("update", answer, "no");
      assertThatThrownBy(() -> mark(client)).hasMessageContaining("status " + answer);
    }
  }

  private static final String FAILED_SHARD =
      """
      {"status":200,"timed_out":false,"hits":{"total":{"value":1},"hits":[]},"_shards":{"total":4,"successful":3,"failed":1,
      "failures":[{"shard":2,"index":"acme-chunks-v2","reason":{"type":"circuit_breaking_exception","reason":"too large"}}]}}
      """;

  private CommitQueries queries(OpenSearchClient client) {
    return new CommitQueries(
        client, new OpenSearchSchema(client), "docs", CommitRecord.none("estimate"));
  }

  /// What the engine returns with a status of 200, and would make a result shorter.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"_shards":{"total":4,"successful":3,"failed":0},"hits":{"hits":[]}} | some of its shards are not there
          {"_shards":{"total":4,"successful":3,"failed":1},"hits":{"hits":[]}} | a shard failed
          {"timed_out":true,"_shards":{"total":4,"successful":4},"hits":{"hits":[]}} | search.default_search_timeout ended
          """)
  void takesNoPartOfAResult(String text, String line) {
    try (var client = client(Duration.ofDays(1))) {
      CommitQueries queries = queries(client);
      body = text;
      assertThatThrownBy(() -> search(queries)).hasMessageContaining(line);
      body = "{\"responses\":[%s]}".formatted(text);
      assertThatThrownBy(() -> queries.defining("name"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(line);
    }
  }

  @Test
  void namesTheReasonOfAShardThatFailed() {
    String line = "(status 503, circuit_breaking_exception: too large, index acme-chunks-v2)";
    try (var client = client(Duration.ofDays(1))) {
      CommitQueries queries = queries(client);
      var records = new CollectionRecords(client, new OpenSearchSchema(client), "docs");
      body = FAILED_SHARD;
      assertThatThrownBy(() -> search(queries)).hasMessageContaining(line);
      assertThat(filter.get()).contains("_shards,").contains("timed_out");
      assertThatThrownBy(records::refresh).hasMessageContaining(line);
      assertThatThrownBy(() -> records.undo(List.of(7L))).hasMessageContaining(line);
      body = "{\"responses\":[%s]}".formatted(FAILED_SHARD);
      assertThatThrownBy(() -> queries.defining("name")).hasMessageContaining(line);
      assertThat(filter.get()).contains("responses._shards,").contains("responses.timed_out");
    }
  }

  /// A cluster that is away keeps each request waiting for some seconds.
  @Test
  void theFirstFailureOfManyRequestsEndsTheOthers() {
    try (var client = client(Duration.ZERO)) {
      CommitQueries queries = queries(client);
      status = 503;
      int before = requests.get();

      assertThatThrownBy(() -> search(queries, 2_000)).hasMessageContaining("status 503");

      assertThat(requests.get() - before).isPositive().isLessThan(1_000);
    }
  }

  /// A hit of a clause that was not asked, and what is no answer of a search.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"hits":{"hits":[{"sort":[1,2,3],"matched_queries":{"1":1}}]}} | (a query with the name 1, of 1 that were asked)
          {"hits":{"hits":[{"sort":[1,2,3],"matched_queries":["0"]}]}}   | (START_ARRAY where a search has START_OBJECT)
          <html>proxy</html>                                             | (Unexpected character
          """)
  void takesNoAnswerToAnotherQuestion(String text, String line) {
    try (var client = client(Duration.ZERO)) {
      body = text;

      UserError error = catchThrowableOfType(UserError.class, () -> search(queries(client)));

      assertThat(error.kind()).isEqualTo(UserError.Kind.UPSTREAM);
      assertThat(error.line()).contains("does not answer as OpenSearch does " + line);
      assertThat(error.line()).contains("check the address of --index").doesNotContain("\n");
    }
  }

  @Test
  void asksNoEngineForEverThatRepeatsAPage() {
    try (var client = client(Duration.ZERO)) {
      body = "{\"hits\":{\"hits\":[{\"sort\":[1,2,3],\"matched_queries\":{\"0\":1}}]}}";
      CommitQueries queries = queries(client);
      var list = new EngineShortlist(asked(), _ -> false, (_, _, _, _) -> {});
      var first = new CommitQueries.Page(asked(), 1, Optional.empty(), 0);
      list.add(first, queries.search(List.of(first)).getFirst());
      CommitQueries.Page second = list.next(1, 0);

      assertThatThrownBy(() -> queries.search(List.of(second)))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("(a page of hits comes twice)");
    }
  }

  private static CommitQueries.Search asked() {
    var clause = new CommitQueries.Clause(0, "word", 1);
    return new CommitQueries.Search(
        "index", List.of(clause), new FrozenWeights.Saturation(1, 1), List.of());
  }

  private static void search(CommitQueries queries) {
    search(queries, 1);
  }

  private static void search(CommitQueries queries, int pages) {
    var page = new CommitQueries.Page(asked(), 10, Optional.empty(), 0);
    var _ = queries.search(Collections.nCopies(pages, page));
  }

  @Test
  void aFullDiskIsNoReasonToTryAgain() {
    status = 429;
    body =
        """
        {"error":{"type":"cluster_block_exception","reason":"index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];"}}
        """;

    UserError error =
        catchThrowableOfType(
            UserError.class,
            () ->
                OpenSearchCluster.open(address(server.getAddress().getPort()), Duration.ofDays(1)));

    assertThat(error.kind()).isEqualTo(UserError.Kind.DISK_FULL);
    assertThat(error.line()).contains("flood-stage").contains("free space");
  }

  @Test
  void waitsForTheRestOfAnAnswerNoLongerThanForItsBeginning() {
    missing = 9;
    OpenSearchAddress stuck = address(server.getAddress().getPort());
    try (var client = new OpenSearchClient(stuck, Duration.ZERO, Duration.ofMillis(300))) {
      assertThatThrownBy(() -> client.send("GET", "/"))
          .isInstanceOfSatisfying(
              UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.UNAVAILABLE))
          .hasMessageContaining("cannot be reached (no whole answer within 300 ms)");
    }
  }

  @Test
  void saysThatNobodyAnswers() throws IOException {
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }

    UserError error = error(free);

    assertThat(error.kind()).isEqualTo(UserError.Kind.UNAVAILABLE);
    assertThat(error.line()).contains("cannot be reached").contains("127.0.0.1:" + free);
  }

  @Test
  void saysThatAUserIsMissing() {
    OpenSearchAddress nobody =
        OpenSearchAddress.of(
            "opensearch=http://127.0.0.1:%s/acme".formatted(server.getAddress().getPort()),
            Map.of());

    UserError error = OpenSearchErrors.of(nobody, 403, new TextNode("no such"));

    assertThat(error.kind()).isEqualTo(UserError.Kind.FORBIDDEN);
    assertThat(error.line())
        .contains("forbids access without a user (no such): set BRIMFUL_OPENSEARCH_USER and")
        .doesNotContain("let that user");
  }
}
