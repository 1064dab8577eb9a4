package brimful.collection;

import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.index.IndexFiles;
import brimful.index.ItemState;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import brimful.ingest.Ingested;
import brimful.kafka.index.CollectionIndex;
import brimful.kafka.index.CollectionIndexes;
import brimful.kafka.index.FolderState;
import brimful.kafka.index.IndexWorkerLock;
import brimful.kafka.record.CollectionKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

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
              : recounted(new RecountedIndexes.Base(folder, index), tokenizer);
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
  private Snapshot recounted(RecountedIndexes.Base base, String tokenizer) {
    Path own = home.index(List.of("recounted", base.folder().toString(), tokenizer));
    try (var recounted = new RecountedIndexes()) {
      Snapshot snapshot = recounted.snapshot(base, own, tokenizer, listener.recount(tokenizer));
      IndexNote.of(List.of(base.folder().toString()), tokenizer).keep(own);
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

  private static Ingested ingested(Snapshot snapshot, List<String> gaps) {
    var states = new LinkedHashMap<DocumentId, ItemState>();
    snapshot
        .items()
        .forEach((id, state) -> CollectionIndex.own(state).ifPresent(own -> states.put(id, own)));
    return Ingested.of(states, gaps);
  }
}
