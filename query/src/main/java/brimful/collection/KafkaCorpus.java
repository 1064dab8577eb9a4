package brimful.collection;

import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.index.IndexFiles;
import brimful.index.ItemState;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import brimful.ingest.Ingested;
import brimful.kafka.index.ClusterStore;
import brimful.kafka.index.CollectionIndex;
import brimful.kafka.index.CollectionIndexes;
import brimful.kafka.index.FolderState;
import brimful.kafka.index.IndexWorkerLock;
import brimful.kafka.record.CollectionKey;
import brimful.opensearch.OpenSearchAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// A collection that an index worker of this machine keeps up to date from Kafka; only read here.
public final class KafkaCorpus implements Corpus {
  private final Home home;
  private final String name;
  private final CorpusListener listener;

  public KafkaCorpus(Home home, String name, CorpusListener listener) {
    this.home = home;
    this.name = name;
    this.listener = listener;
  }

  @Override
  public String display() {
    return "collection " + name;
  }

  @Override
  public OpenCorpus open(String tokenizer) {
    long start = System.nanoTime();
    CollectionKey key = key(tokenizer);
    Path folder = CollectionIndexes.folder(home.collections(), key);
    try (LuceneIndex index = LuceneIndex.open(folder, key.tokenizer())) {
      // Open snapshots remain readable.
      Snapshot snapshot =
          key.tokenizer().equals(tokenizer)
              ? index.snapshot()
              : recounted(folder, index, tokenizer);
      List<String> gaps =
          FolderState.read(home.collections()).map(state -> state.gaps(key)).orElse(List.of());
      gaps.forEach(listener::note);
      noteIfNobodyWrites();
      return new OpenCorpus.UpToDate(
          snapshot, ingested(snapshot, gaps), Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private void noteIfNobodyWrites() {
    if (!IndexWorkerLock.isHeld(home.collections())) {
      listener.note(
          "no index worker runs on %s, so what changed since its last one ended is missing: start one with brimful index-worker --kafka HOST:PORT"
              .formatted(home.collections()));
    }
  }

  /// Workers need not chunk a collection again for another tokenizer.
  private Snapshot recounted(Path folder, LuceneIndex index, String tokenizer) {
    var base = new RecountedIndexes.Base(folder, index);
    Path own = home.index(List.of("recounted", folder.toString(), tokenizer));
    return recounted(base, own, folder.toString(), tokenizer, listener);
  }

  /// @param own the folder of the copy
  /// @param of what it is a copy of
  private static Snapshot recounted(
      RecountedIndexes.Base base, Path own, String of, String tokenizer, CorpusListener listener) {
    try (var recounted = new RecountedIndexes()) {
      Snapshot snapshot = recounted.snapshot(base, own, tokenizer, listener.recount(tokenizer));
      IndexNote.of(List.of(of), tokenizer).keep(own);
      return snapshot;
    }
  }

  /// Returns the index to open: the tokenizer's, or else the first of another one.
  private CollectionKey key(String tokenizer) {
    var key = new CollectionKey(name, tokenizer);
    List<CollectionKey> known = CollectionIndexes.list(home.collections());
    if (!known.contains(key)) {
      for (CollectionKey other : known) {
        if (other.name().equals(name)
            && IndexFiles.exist(CollectionIndexes.folder(home.collections(), other))) {
          return other;
        }
      }
      require(key);
    }
    return key;
  }

  private void require(CollectionKey key) {
    List<CollectionKey> known = CollectionIndexes.list(home.collections());
    if (!known.contains(key)) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "no collection %s in %s%s: submit it with brimful ingest --collection %s --tokenizer %s, and run an index worker here"
              .formatted(
                  key,
                  home.collections(),
                  known.isEmpty()
                      ? ""
                      : ", only "
                          + String.join(", ", known.stream().map(CollectionKey::toString).toList()),
                  key.name(),
                  key.tokenizer()));
    }
  }

  static Ingested ingested(Snapshot snapshot, List<String> gaps) {
    var states = new LinkedHashMap<DocumentId, ItemState>();
    snapshot
        .items()
        .forEach((id, state) -> CollectionIndex.own(state).ifPresent(own -> states.put(id, own)));
    return Ingested.of(states, gaps);
  }

  /// A collection that an index worker keeps up to date in an OpenSearch cluster; only read here,
  /// where no index is needed. The connection lasts as long as the process.
  public static final class Shared implements Corpus {
    private final OpenSearchAddress address;
    private final Home home;
    private final String name;
    private final CorpusListener listener;
    private Optional<ClusterStore> opened = Optional.empty();

    /// @param home keeps a copy if the collection was counted with another tokenizer
    public Shared(OpenSearchAddress address, Home home, String name, CorpusListener listener) {
      this.address = address;
      this.home = home;
      this.name = name;
      this.listener = listener;
    }

    @Override
    public String display() {
      return "collection " + name;
    }

    private synchronized ClusterStore store() {
      if (opened.isEmpty()) {
        opened = Optional.of(ClusterStore.reading(address));
      }
      return opened.get();
    }

    @Override
    public OpenCorpus open(String tokenizer) {
      long start = System.nanoTime();
      ClusterStore store = store();
      CollectionKey key = key(store, tokenizer);
      Snapshot snapshot =
          key.tokenizer().equals(tokenizer)
              ? store.snapshot(key)
              : recounted(store, key, tokenizer);
      List<String> gaps =
          store.state().map((FolderState state) -> state.gaps(key)).orElse(List.of());
      gaps.forEach(listener::note);
      if (!store.isWritten()) {
        listener.note(
            "no index worker writes %s, so what changed since its last one ended is missing: start one with brimful index-worker --kafka HOST:PORT --index opensearch=URL"
                .formatted(store.display()));
      }
      return new OpenCorpus.UpToDate(
          snapshot, ingested(snapshot, gaps), Duration.ofNanos(System.nanoTime() - start));
    }

    private Snapshot recounted(ClusterStore store, CollectionKey key, String tokenizer) {
      Path own = home.index(List.of("recounted", address.display(), key.toString(), tokenizer));
      var base =
          new RecountedIndexes.Base(
              Optional.empty(), () -> store.commitId(key), () -> store.snapshot(key));
      return KafkaCorpus.recounted(base, own, address.display(), tokenizer, listener);
    }

    /// Returns the index to open: the tokenizer's, or else the first of another one.
    private CollectionKey key(ClusterStore store, String tokenizer) {
      var key = new CollectionKey(name, tokenizer);
      List<CollectionKey> known = store.list();
      if (known.contains(key)) {
        return key;
      }
      return known.stream()
          .filter(other -> other.name().equals(name))
          .findFirst()
          .orElseThrow(() ->
              new UserError(
                  UserError.Kind.NOT_FOUND,
                  "no collection %s in %s%s: submit it with brimful ingest --collection %s, and run an index worker with this --index"
                      .formatted(
                          name,
                          store.display(),
                          known.isEmpty()
                              ? ""
                              : ", only "
                                  + String.join(
                                      ", ", known.stream().map(CollectionKey::name).toList()),
                          name)));
    }
  }
}
