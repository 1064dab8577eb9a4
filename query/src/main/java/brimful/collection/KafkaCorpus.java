package brimful.collection;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import brimful.ingest.Ingested;
import brimful.queue.CollectionIndex;
import brimful.queue.CollectionIndexes;
import brimful.queue.CollectionKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/// A collection that an index worker of this machine keeps up to date from Kafka; here it is only
/// read.
public final class KafkaCorpus implements Corpus {
  private final Home home;
  private final String name;

  public KafkaCorpus(Home home, String name) {
    this.home = home;
    this.name = name;
  }

  @Override
  public String display() {
    return "collection " + name;
  }

  @Override
  public OpenCorpus open(String tokenizer) {
    long start = System.nanoTime();
    var key = new CollectionKey(name, tokenizer);
    require(key);
    try (LuceneIndex index =
        LuceneIndex.open(CollectionIndexes.folder(home.collections(), key), tokenizer)) {
      // What is open stays readable.
      Snapshot snapshot = index.snapshot();
      return new ReadCorpus(
          snapshot, ingested(snapshot), Duration.ofNanos(System.nanoTime() - start));
    }
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

  static Ingested ingested(Snapshot snapshot) {
    var outcomes = new LinkedHashMap<DocumentId, Outcome>();
    snapshot
        .items()
        .forEach((id, state) ->
            CollectionIndex.own(state).ifPresent(own -> outcomes.put(id, own.outcome())));
    return new Ingested(outcomes, 0, 0);
  }
}
