package brimful.collection;

import brimful.corpus.Outcome;
import brimful.index.ItemState;
import brimful.index.LuceneIndex;
import brimful.index.RecountListener;
import brimful.index.Snapshot;
import brimful.ingest.Progress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the indexes of paths up to date, which are not this process's alone.
final class PathIndexer implements Indexer {
  private static final Logger LOG = LoggerFactory.getLogger(PathIndexer.class);

  private final Map<String, PathCorpus> corpora;
  private final String tokenizer;

  /// By the index's folder; what is open here is not deleted by others.
  private final Map<Key, LuceneIndex> open = new HashMap<>();

  private record Key(String collection, String tokenizer) {}

  PathIndexer(Map<String, PathCorpus> corpora, String tokenizer) {
    this.tokenizer = tokenizer;
    this.corpora = Map.copyOf(corpora);
  }

  private PathCorpus corpus(Collection collection) {
    PathCorpus corpus = corpora.get(collection.name());
    if (corpus == null) {
      throw new IllegalArgumentException(
          "no path is called %s: name those of the start".formatted(collection.name()));
    }
    return corpus;
  }

  @Override
  public void sync(
      Collection collection, CollectionSource source, Predicate<Outcome> again, JobRun run) {
    try (OpenCorpus open = corpus(collection).open(tokenizer, listener(collection, run))) {
      int removed = open.ingested().removed();
      run.count(is ->
          new Job.Counts(
              is.files(),
              is.read(),
              is.bytes(),
              is.bytesRead(),
              is.tokens(),
              is.failed(),
              removed));
    } finally {
      forgetLost(new Key(collection.name(), tokenizer));
    }
  }

  private static CorpusListener listener(Collection collection, JobRun run) {
    return new CorpusListener() {
      @Override
      public void note(String line) {
        LOG.info("{} collection={}", line, collection.name());
      }

      @Override
      public Progress progress() {
        return run;
      }

      @Override
      public RecountListener recount(String other) {
        return new RecountLog(collection.name(), other);
      }
    };
  }

  @Override
  public void remove(Collection collection, CollectionSource source, JobRun run) {
    throw new IllegalStateException("paths of the start stay: " + collection.name());
  }

  @Override
  public void drop(Collection collection) {
    throw new IllegalStateException("paths of the start stay: " + collection.name());
  }

  @Override
  public Snapshot snapshot(Collection collection, String wanted) {
    PathCorpus corpus = corpus(collection);
    synchronized (this) {
      LuceneIndex index = index(corpus, new Key(collection.name(), wanted));
      if (!index.commitId().isEmpty()) {
        return index.snapshot();
      }
    }
    // Nobody has asked by this tokenizer before.
    return corpus.open(wanted).snapshot();
  }

  private synchronized LuceneIndex index(PathCorpus corpus, Key key) {
    LuceneIndex index =
        open.computeIfAbsent(
            key, _ -> LuceneIndex.open(corpus.index(key.tokenizer()), key.tokenizer()));
    index.refresh();
    return index;
  }

  @Override
  public synchronized boolean isLost(Collection collection) {
    return open.entrySet().stream()
        .filter(entry -> entry.getKey().collection().equals(collection.name()))
        .anyMatch(entry -> isLost(entry.getValue()));
  }

  private static boolean isLost(LuceneIndex index) {
    return index.discarded().isPresent() || index.isDamaged();
  }

  /// What was open has been made anew in its place.
  private synchronized void forgetLost(Key key) {
    LuceneIndex index = open.get(key);
    if (index != null && isLost(index)) {
      open.remove(key);
      index.close();
    }
  }

  @Override
  public Optional<ItemState> own(ItemState state) {
    return Optional.of(state);
  }

  @Override
  public boolean sideBySide() {
    return true;
  }

  @Override
  public synchronized void close() {
    open.values().forEach(LuceneIndex::close);
    open.clear();
  }
}
