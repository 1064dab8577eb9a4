package brimful.kafka.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.UserError;
import brimful.kafka.record.CollectionKey;
import brimful.opensearch.OpenSearchAddress;
import brimful.testing.ClusterProxy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
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
}
