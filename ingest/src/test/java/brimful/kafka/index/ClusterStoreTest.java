package brimful.kafka.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.UserError;
import brimful.index.ChunkIndex;
import brimful.index.ChunkIndexContract;
import brimful.index.ItemState;
import brimful.index.Snapshot;
import brimful.kafka.record.CollectionKey;
import brimful.opensearch.OpenSearchAddress;
import brimful.testing.ClusterProxy;
import brimful.testing.OpenSearchContainer;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What two index workers write into one prefix at the same time: one of them has been overtaken
/// and does not know it yet.
final class ClusterStoreTest {
  private static final CollectionKey BOOKS = new CollectionKey("books", "estimate");
  private static final CollectionKey CODE = new CollectionKey("code", "estimate");
  private static final CollectionKey MAIL = new CollectionKey("mail", "estimate");

  private ClusterProxy proxy;
  private ClusterStore store;
  private ClusterStore other;

  @BeforeEach
  void open() throws IOException {
    proxy = new ClusterProxy();
    store = ClusterStore.writing(OpenSearchAddress.of(proxy.option(), Map.of()));
    other = ClusterStore.writing(OpenSearchAddress.of(proxy.option(), Map.of()));
  }

  @AfterEach
  void close() {
    if (other != null) {
      other.close();
      store.close();
      proxy.close();
    }
  }

  /// Does something between the read and the write of a change of a record.
  private void meanwhile(String record, Runnable work) {
    proxy.before("PUT %s/_doc/%%7E%s".formatted(proxy.path("commits"), record), work);
  }

  private static FolderState state(long offset) {
    return new FolderState(
        "group",
        "cluster",
        "topic",
        1,
        new TreeSet<>(List.of(0)),
        new TreeMap<>(Map.of(0, offset)),
        List.of());
  }

  @Test
  void keepsACollectionThatAnotherNotesMeanwhile() {
    meanwhile("known", () -> other.remember(List.of(CODE)));
    store.remember(List.of(BOOKS));
    assertThat(store.known()).containsExactly(BOOKS, CODE);

    meanwhile("known", () -> other.remember(List.of(MAIL)));
    store.forget(List.of(CODE));
    assertThat(store.known()).containsExactly(BOOKS, MAIL);
  }

  @Test
  void overwritesNoStateThatAnotherHasWritten() {
    assertThat(store.state()).isEmpty();
    store.write(state(1));
    assertThat(other.state()).contains(state(1));
    other.write(state(5));

    assertThatThrownBy(() -> store.write(state(2)))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.BUSY))
        .hasMessageContaining("another index worker writes http://");

    assertThat(store.state()).contains(state(5));
    store.write(state(6));
    store.write(state(7));
    assertThat(store.state()).contains(state(7));
  }

  @Test
  void overwritesNoStateThatIsWrittenMeanwhile() {
    meanwhile("state", () -> other.write(state(5)));

    assertThatThrownBy(() -> store.write(state(2))).isInstanceOf(UserError.class);

    assertThat(store.state()).contains(state(5));
  }

  @Test
  void hasOneNameForAllThatAskAtOnce() {
    var named = new AtomicReference<>("");
    meanwhile("group", () -> named.set(other.replica()));

    assertThat(store.replica()).isEqualTo(named.get()).startsWith("index-");
  }

  /// Returns how many records are in an index of the prefix.
  private int count(String kind) throws IOException, InterruptedException {
    String index = OpenSearchContainer.server() + proxy.path(kind);
    try (HttpClient http = HttpClient.newHttpClient()) {
      var refresh = HttpRequest.newBuilder(URI.create(index + "/_refresh"));
      var _ =
          http.send(
              refresh.POST(HttpRequest.BodyPublishers.noBody()).build(),
              HttpResponse.BodyHandlers.discarding());
      HttpRequest count = HttpRequest.newBuilder(URI.create(index + "/_count")).build();
      String answer = http.send(count, HttpResponse.BodyHandlers.ofString()).body();
      return new ObjectMapper().readTree(answer).path("count").asInt();
    }
  }

  private void awaitCount(String kind, int wanted) throws Exception {
    for (int i = 0; i < 600 && count(kind) != wanted; i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(count(kind)).isEqualTo(wanted);
  }

  @Test
  void deletesTheTextOfADroppedCollectionAndLaterItsTombstones() throws Exception {
    store.remember(List.of(BOOKS));
    try (ChunkIndex index = store.open(BOOKS)) {
      index.put(ChunkIndexContract.item("a", "secret"));
      index.commit(Map.of());
      index.put(Item.without(new DocumentId("a"), "stamp", CollectionIndex.GRAVE));
      index.commit(Map.of());
    }
    store.forget(List.of(BOOKS));
    store.retire(BOOKS);
    Instant now = Instant.now();

    store.clearRetired(now.plus(Duration.ofMinutes(9)));
    assertThat(count("chunks")).isEqualTo(1);

    store.clearRetired(now.plus(Duration.ofMinutes(11)));
    awaitCount("chunks", 0);
    try (Snapshot snapshot = store.snapshot(BOOKS)) {
      assertThat(snapshot.items().values())
          .extracting(ItemState::outcome)
          .containsExactly(CollectionIndex.GRAVE);
    }

    store.clearRetired(now.plus(CollectionIndex.GRAVE_LIFE).plus(Duration.ofMinutes(1)));
    awaitCount("items", 0);
    assertThat(store.exists(BOOKS)).isFalse();
  }
}
