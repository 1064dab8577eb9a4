package brimful.opensearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.UserError;
import brimful.index.ChunkIndex;
import brimful.index.ChunkIndexContract;
import brimful.index.ItemParts;
import brimful.index.Snapshot;
import brimful.testing.OpenSearchContainer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The contract of every index, kept by an engine in a container.
final class OpenSearchIndexTest extends ChunkIndexContract {
  private static final AtomicInteger COLLECTIONS = new AtomicInteger();
  private static OpenSearchAddress address;
  private OpenSearchCluster cluster;
  private OpenSearchIndex index;

  @BeforeAll
  static void start() {
    address = OpenSearchAddress.of(OpenSearchContainer.option(), Map.of());
  }

  @BeforeEach
  void open() {
    cluster = OpenSearchCluster.open(address, Duration.ofSeconds(10));
    // All of them in the same indexes.
    index = cluster.index("books" + COLLECTIONS.incrementAndGet(), "estimate");
  }

  @AfterEach
  void close() {
    if (index != null) {
      index.close();
      cluster.close();
    }
  }

  @Override
  protected ChunkIndex index() {
    return index;
  }

  private OpenSearchIndex again() {
    return cluster.index("books" + COLLECTIONS.get(), "estimate");
  }

  @Test
  void showsNothingOfAWriterThatWasKilled() {
    index.put(item("a", "kept"));
    index.put(item("b", "replaced"));
    index.commit(Map.of("offset", "1"));
    String longText = "word ".repeat(2_000_000);
    index.put(item("b", "half"));
    index.put(item("c", "half too"));
    index.remove(new DocumentId("a"));
    // More than a batch, so that the half is there.
    index.put(item("d", longText));

    // The first one never hears that it is dead, and goes on.
    OpenSearchIndex next = again();
    assertThat(next.claim()).isTrue();
    index.put(item("e", longText));
    next.put(item("f", "after"));
    next.commit(Map.of("offset", "2"));

    try (Snapshot snapshot = again().snapshot()) {
      assertThat(texts(snapshot)).containsExactly("a kept", "b replaced", "f after");
      assertThat(found(snapshot, "half")).isEmpty();
      assertThat(found(snapshot, "word")).isEmpty();
      assertThat(found(snapshot, "replaced")).containsExactly("b");
    }
    assertThat(next.notes()).isEqualTo(Map.of("offset", "2"));
    assertThatThrownBy(index::commit)
        .isInstanceOfSatisfying(
            UserError.class,
            e -> {
              assertThat(e.kind()).isEqualTo(UserError.Kind.BUSY);
              assertThat(e.line()).contains("another process writes collection");
            });
  }

  @Test
  void replacesWhatAKilledWriterHadMarked() {
    index.put(item("a", "first"));
    index.commit();
    index.put(item("a", "lost"));
    index.put(item("z", "word ".repeat(2_000_000)));

    OpenSearchIndex next = again();
    next.put(item("a", "second"));
    next.commit();

    try (Snapshot snapshot = again().snapshot()) {
      assertThat(texts(snapshot)).containsExactly("a second");
      assertThat(found(snapshot, "first")).isEmpty();
      assertThat(found(snapshot, "second")).containsExactly("a");
    }
  }

  @Test
  void keepsCollectionsApart() {
    OpenSearchIndex other = cluster.index("other" + COLLECTIONS.get(), "estimate");
    index.put(item("a", "common rare"));
    other.put(item("b", "common"));
    index.commit();
    other.commit();

    try (Snapshot snapshot = index.snapshot()) {
      assertThat(found(snapshot, "common")).containsExactly("a");
      assertThat(snapshot.items()).hasSize(1);
    }
  }

  @Test
  void showsPartsOfAnItemTogether() {
    var id = new DocumentId("large");
    try (ItemParts parts = index.begin(id)) {
      parts.add(List.of(part(id, 0, "first", "second")));
      assertThat(index.tryCommit()).isFalse();
      parts.end(item("large", part(id, 2, "third")));
    }
    index.commit();
    try (Snapshot snapshot = index.snapshot()) {
      assertThat(texts(snapshot)).containsExactly("large first", "large second", "large third");
      assertThat(snapshot.matches(terms("third")).documents(9)).hasSize(1);
    }
    index.put(item("large", "whole"));
    index.commit();
    try (Snapshot snapshot = index.snapshot()) {
      assertThat(texts(snapshot)).containsExactly("large whole");
      assertThat(found(snapshot, "second")).isEmpty();
    }
  }

  static Document part(DocumentId id, int first, String... texts) {
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      int line = first + i + 1;
      chunks.add(
          new Chunk(id, first + i, new Locator.Lines(line, line), "", List.of(), texts[i], 5));
    }
    return new Document(id, "", chunks);
  }

  @Test
  void findsWhatIsDefined() {
    var id = new DocumentId("A.java");
    var chunk = new Chunk(id, 0, new Locator.Lines(1, 1), "", List.of("parseHeader"), "text", 5);
    index.put(item("A.java", new Document(id, List.of(chunk))));
    index.commit();

    try (Snapshot snapshot = index.snapshot()) {
      assertThat(snapshot.defining("parseHeader"))
          .extracting(hit -> name(snapshot, hit))
          .containsExactly("A.java");
      assertThat(snapshot.defining("parseheader")).isEmpty();
    }
  }

  @Test
  void sweepsWhatWasReplacedOnceNobodyReadsIt() throws InterruptedException {
    String name = "swept" + COLLECTIONS.get();
    try (OpenSearchIndex hasty = cluster.index(name, "estimate", Duration.ZERO);
        OpenSearchIndex reader = cluster.index(name, "estimate")) {
      hasty.put(item("a", "first"));
      hasty.put(item("b", "stays"));
      hasty.commit();
      try (Snapshot before = reader.snapshot()) {
        hasty.put(item("a", "second"));
        hasty.commit();
        assertThat(texts(before)).containsExactly("a first", "b stays");

        hasty.commit(Map.of("later", "yes"));

        assertThatThrownBy(() -> awaitGone(before)).hasMessageContaining("ask again");
      }
      // Its last view is from before the sweep.
      try (Snapshot after = reader.snapshot()) {
        assertThat(texts(after)).containsExactly("a second", "b stays");
      }
    }
  }

  private static void awaitGone(Snapshot snapshot) throws InterruptedException {
    for (int i = 0; i < 300; i++) {
      texts(snapshot);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  @Test
  void saysThatTheClustersDisksAreFull() {
    var own = OpenSearchAddress.of(OpenSearchContainer.option(), Map.of());
    try (var client = new OpenSearchClient(own, Duration.ofSeconds(10));
        var full = OpenSearchCluster.open(own, Duration.ofSeconds(10));
        OpenSearchIndex filled = full.index("docs", "estimate")) {
      filled.put(item("a", "kept"));
      filled.commit();
      // What the engine does by itself when a disk is nearly full.
      block(client, "true");
      filled.put(item("b", "lost"));

      assertThatThrownBy(filled::commit)
          .isInstanceOfSatisfying(
              UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.DISK_FULL))
          .hasMessageContaining("takes no writes");
      assertThatThrownBy(() -> filled.put(item("c", "lost too")))
          .hasMessageContaining("takes no writes");

      block(client, "null");
      filled.release();
      filled.put(item("b", "after"));
      filled.commit();
      try (Snapshot snapshot = filled.snapshot()) {
        assertThat(texts(snapshot)).containsExactly("a kept", "b after");
      }
    }
  }

  private static void block(OpenSearchClient client, String value) {
    var answer =
        client.answer(
            "PUT",
            "/" + client.address().prefix() + "-*/_settings",
            "{\"index.blocks.read_only_allow_delete\":%s}".formatted(value).getBytes(UTF_8),
            "application/json");
    assertThat(answer.isWell()).as(answer.body().toString()).isTrue();
  }

  @Test
  void saysWhichCollectionIsDamaged() {
    index.put(item("a", "text"));
    index.commit();
    try (var client = new OpenSearchClient(address, Duration.ofSeconds(10))) {
      String items = new OpenSearchSchema(client).items();
      String collection = "books" + COLLECTIONS.get();
      var answer =
          client.answer(
              "POST",
              "/%s/_update/%s?refresh=true&routing=%s"
                  .formatted(items, GenerationWriter.id(collection, 1L << 32 | 1, 0), collection),
              "{\"doc\":{\"record\":\"AAAAAAAA\"}}".getBytes(UTF_8),
              "application/json");
      assertThat(answer.isWell()).as(answer.body().toString()).isTrue();

      assertThatThrownBy(() -> again().snapshot())
          .isInstanceOfSatisfying(
              UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.IO))
          .hasMessageContaining("collection %s in OpenSearch at".formatted(collection))
          .hasMessageContaining("drop it and submit it again");
    }
  }

  @Test
  void countsAnIndexOfAnotherVersionAsNone() {
    index.put(item("a", "text"));
    index.commit();
    OpenSearchIndex other = cluster.index("books" + COLLECTIONS.get(), "o200k_base");

    assertThatThrownBy(other::snapshot).hasMessageContaining("another version of Brimful");
    other.put(item("b", "text"));
    other.commit();

    try (Snapshot snapshot = other.snapshot()) {
      assertThat(texts(snapshot)).containsExactly("b text");
    }
  }
}
