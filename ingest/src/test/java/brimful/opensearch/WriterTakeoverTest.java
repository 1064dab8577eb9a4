package brimful.opensearch;

import static brimful.index.ChunkIndexContract.found;
import static brimful.index.ChunkIndexContract.item;
import static brimful.index.ChunkIndexContract.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.index.Snapshot;
import brimful.testing.ClusterProxy;
import brimful.testing.OpenSearchContainer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is left of writers that were killed, or that go on after another took over.
final class WriterTakeoverTest {
  private static final AtomicInteger COLLECTIONS = new AtomicInteger();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static OpenSearchClient client;
  private static OpenSearchCluster cluster;
  private String collection = "";

  @BeforeAll
  static void start() {
    var address = OpenSearchAddress.of(OpenSearchContainer.option(), Map.of());
    client = new OpenSearchClient(address, Duration.ofSeconds(10));
    cluster = OpenSearchCluster.open(address, Duration.ofSeconds(10));
    cluster.create();
  }

  @AfterAll
  static void end() {
    if (cluster != null) {
      cluster.close();
      client.close();
    }
  }

  @BeforeEach
  void name() {
    collection = "books" + COLLECTIONS.incrementAndGet();
  }

  private OpenSearchIndex index() {
    return cluster.index(collection, "estimate");
  }

  private CommitRecord record() {
    return CommitRecord.of(cluster.note(collection).orElseThrow());
  }

  /// Returns how many records of the collection have a value.
  private int count(String field, long value) {
    var schema = new OpenSearchSchema(client);
    String indexes = String.join(",", schema.records());
    var _ = client.send("POST", "/" + indexes + "/_refresh");
    ObjectNode query = JSON.createObjectNode();
    var filter = query.putObject("query").putObject("bool").putArray("filter");
    filter.addObject().putObject("term").put(OpenSearchSchema.COLLECTION, collection);
    filter.addObject().putObject("term").put(field, value);
    return client.send("POST", "/" + indexes + "/_count", query).path("count").asInt();
  }

  @Test
  void aLateRemovalBringsNothingBack() {
    OpenSearchIndex cut = index();
    cut.put(item("a", "secret"));
    cut.commit();
    OpenSearchIndex next = index();
    next.claim();
    next.remove(new DocumentId("a"));
    next.commit();

    cut.remove(new DocumentId("a"));
    assertThatThrownBy(cut::commit).hasMessageContaining("another process writes");

    try (Snapshot snapshot = index().snapshot()) {
      assertThat(texts(snapshot)).isEmpty();
      assertThat(found(snapshot, "secret")).isEmpty();
    }
  }

  @Test
  void aRemovalReplacesTheMarkOfAKilledWriter() {
    OpenSearchIndex killed = index();
    killed.put(item("a", "text"));
    killed.commit();
    OpenSearchIndex next = index();
    next.claim();
    killed.remove(new DocumentId("a"));
    assertThatThrownBy(killed::commit).isInstanceOf(UserError.class);

    next.remove(new DocumentId("a"));
    next.commit();

    try (Snapshot snapshot = index().snapshot()) {
      assertThat(texts(snapshot)).isEmpty();
    }
  }

  @Test
  void oneOfTwoClaimersGetsAGeneration() {
    index().claim();
    var records = new StoredRecords(client, new OpenSearchSchema(client).commits());
    Optional<StoredRecords.Read> read = records.read(collection);
    CommitRecord last = CommitRecord.of(read.orElseThrow().value());

    Optional<StoredRecords.Read> first =
        records.write(collection, last.reserve().json(collection), read);
    Optional<StoredRecords.Read> second =
        records.write(collection, last.reserve().json(collection), read);

    assertThat(first).isPresent();
    assertThat(second).isEmpty();
  }

  @Test
  void sweepsNothingThatOnlyAKilledWriterRemoved() throws InterruptedException {
    OpenSearchIndex killed = cluster.index(collection, "estimate", Duration.ZERO);
    killed.put(item("a", "stays"));
    killed.put(item("b", "goes"));
    killed.commit();
    long aborted = record().reserved();
    OpenSearchIndex next = cluster.index(collection, "estimate", Duration.ZERO);
    next.claim();
    // It comes after the next one has cleaned up.
    killed.remove(new DocumentId("a"));
    assertThatThrownBy(killed::commit).isInstanceOf(UserError.class);
    assertThat(count(OpenSearchSchema.DEAD, aborted)).isPositive();

    next.remove(new DocumentId("b"));
    next.commit();
    long removed = record().committed();
    next.commit(Map.of("later", "yes"));
    for (int i = 0; i < 300 && count(OpenSearchSchema.DEAD, removed) > 0; i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }

    assertThat(count(OpenSearchSchema.DEAD, removed)).isZero();
    try (Snapshot snapshot = index().snapshot()) {
      assertThat(texts(snapshot)).containsExactly("a stays");
      assertThat(found(snapshot, "stays")).containsExactly("a");
    }
  }

  @Test
  void unmarksWhatAKilledWriterRemoved() {
    OpenSearchIndex killed = index();
    killed.put(item("a", "stays"));
    killed.commit();
    index().claim();
    long aborted = record().aborted().getFirst();
    killed.remove(new DocumentId("a"));
    assertThatThrownBy(killed::commit).isInstanceOf(UserError.class);
    assertThat(count(OpenSearchSchema.DEAD, aborted)).isPositive();

    index().claim();

    assertThat(count(OpenSearchSchema.DEAD, aborted)).isZero();
    try (Snapshot snapshot = index().snapshot()) {
      assertThat(texts(snapshot)).containsExactly("a stays");
    }
  }

  @Test
  void anOrderlyEndAbortsNothing() {
    for (int start = 0; start < 3; start++) {
      try (OpenSearchIndex index = index()) {
        index.claim();
        index.put(item("a", "text " + start));
        index.commit();
      }
    }
    try (OpenSearchIndex index = index()) {
      index.claim();
    }

    assertThat(record().aborted()).isEmpty();
    assertThat(record().committed()).isEqualTo(3);
  }

  @Test
  void anEndInTheMiddleAborts() {
    try (OpenSearchIndex index = index()) {
      index.put(item("a", "kept"));
      index.commit();
      index.put(item("b", "half"));
    }
    long half = record().reserved();
    OpenSearchIndex next = index();
    next.claim();
    next.commit(Map.of("next", "yes"));

    assertThat(record().aborted()).containsExactly(half);
    try (Snapshot snapshot = index().snapshot()) {
      assertThat(texts(snapshot)).containsExactly("a kept");
    }
  }

  @Test
  void whatWasDroppedCanComeAgainAtOnce() {
    try (OpenSearchIndex index = index()) {
      index.put(item("a", "old"));
      index.put(item("b", "ghost"));
      index.commit();
    }
    OpenSearchIndex reader = index();
    try (Snapshot before = reader.snapshot()) {
      assertThat(texts(before)).containsExactly("a old", "b ghost");
    }

    cluster.drop(collection);
    try (OpenSearchIndex again = index()) {
      again.put(item("a", "new"));
      again.put(item("c", "more"));
      again.commit();
    }

    for (OpenSearchIndex index : new OpenSearchIndex[] {reader, index()}) {
      try (Snapshot snapshot = index.snapshot()) {
        assertThat(texts(snapshot)).containsExactly("a new", "c more");
        assertThat(found(snapshot, "new")).containsExactly("a");
        assertThat(found(snapshot, "ghost")).isEmpty();
      }
    }
  }

  @Test
  void aDroppedCollectionHasNothing() {
    try (OpenSearchIndex index = index()) {
      index.put(item("a", "text"));
      index.commit(Map.of("offset", "1"));
    }
    OpenSearchIndex reader = index();
    reader.snapshot().close();

    cluster.drop(collection);

    assertThat(cluster.notes(collection, "estimate")).isEmpty();
    assertThat(reader.notes()).isEmpty();
    try (Snapshot snapshot = reader.snapshot()) {
      assertThat(snapshot.items()).isEmpty();
    }
    cluster.drop(collection);
  }

  @Test
  void anotherTokenizersRecordsAreVoidAtOnce() {
    try (OpenSearchIndex index = index()) {
      index.put(item("a", "old"));
      index.put(item("b", "ghost"));
      index.commit();
    }

    try (OpenSearchIndex other = cluster.index(collection, "o200k_base")) {
      other.put(item("a", "new"));
      other.commit();
      try (Snapshot snapshot = other.snapshot()) {
        assertThat(texts(snapshot)).containsExactly("a new");
      }
    }

    CommitRecord record = record();
    assertThat(record.swept()).isPositive().isLessThan(record.committed());
  }

  @Test
  void aWriterThatWasInterruptedCommitsNoRest() {
    OpenSearchIndex index = index();
    index.put(item("a", "kept"));
    index.commit();
    // More than a batch, which is sent at once.
    String numbers =
        IntStream.range(0, 400_000).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> index.put(item("b", numbers)))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();

    assertThatThrownBy(index::commit).isInstanceOf(CancellationException.class);

    index.release();
    index.put(item("c", "after"));
    index.commit();
    try (Snapshot snapshot = index.snapshot()) {
      assertThat(texts(snapshot)).containsExactly("a kept", "c after");
    }
  }

  @Test
  void waitsForDeletionsInShortRequests() throws Exception {
    try (var proxy = new ClusterProxy();
        var through =
            OpenSearchCluster.open(
                OpenSearchAddress.of(proxy.option(), Map.of()), Duration.ofSeconds(10))) {
      OpenSearchIndex killed = through.index(collection, "estimate");
      killed.put(item("a", "text"));
      killed.commit();
      try (OpenSearchIndex next = through.index(collection, "estimate")) {
        next.claim();
      }
      through.drop(collection);

      assertThat(proxy.taken())
          .anyMatch(request -> request.contains("/_delete_by_query"))
          .noneMatch(request -> request.contains("wait_for_completion=true"))
          .anyMatch(request -> request.startsWith("GET /_tasks/"));
    }
  }

  @Test
  void asksAClusterThatIsAwayOnceForAllThatItCloses() throws Exception {
    try (var proxy = new ClusterProxy();
        var through =
            OpenSearchCluster.open(
                OpenSearchAddress.of(proxy.option(), Map.of()), Duration.ofSeconds(10))) {
      List<OpenSearchIndex> open =
          IntStream.range(0, 5)
              .mapToObj(i -> through.index(collection + "-" + i, "estimate"))
              .toList();
      open.forEach(OpenSearchIndex::claim);
      proxy.taken();
      proxy.away(true);

      open.forEach(OpenSearchIndex::close);

      assertThat(proxy.taken()).hasSize(1);
    }
  }

  @Test
  void theRequestsOfACommitHaveOneDeadline() throws Exception {
    Duration patience = Duration.ofMillis(800);
    try (var proxy = new ClusterProxy();
        var through =
            OpenSearchCluster.open(OpenSearchAddress.of(proxy.option(), Map.of()), patience);
        OpenSearchIndex index = through.index(collection, "estimate")) {
      index.put(item("a", "text"));
      proxy.before("POST /_bulk", () -> Backoff.sleep(2 * patience.toMillis()));
      proxy.awayFor(request -> request.contains("_refresh"));
      proxy.taken();

      assertThatThrownBy(index::commit).hasMessageContaining("status 503");

      assertThat(proxy.taken().stream().filter(request -> request.contains("_refresh"))).hasSize(1);
    }
  }
}
