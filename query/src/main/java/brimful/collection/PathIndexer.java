package brimful.collection;

import brimful.corpus.Outcome;
import brimful.index.LuceneIndex;
import brimful.index.RecountListener;
import brimful.index.Snapshot;
import brimful.ingest.Progress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
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

  /// By the collection's name. What is open here is not deleted by others.
  private final Map<String, LuceneIndex> open = new HashMap<>();

  PathIndexer(Map<String, PathCorpus> corpora, String tokenizer) {
    this.tokenizer = tokenizer;
    this.corpora = Map.copyOf(corpora);
  }

  /// Returns a collection for each path, by its name, with the path as its only source.
  static List<Collection> collections(Map<String, PathCorpus> corpora, Instant now) {
    return corpora.entrySet().stream()
        .map(entry -> {
          String name = entry.getKey();
          var source =
              new CollectionSource(name, entry.getValue().display(), now, Instant.EPOCH, "");
          return new Collection(name, name, now, List.of(source));
        })
        .toList();
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
      run.count(is -> is.withRemoved(removed));
    } finally {
      forgetLost(collection);
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
    // Jobs follow the files by one tokenizer; by another one, this looks for changes itself.
    return wanted.equals(tokenizer)
        ? snapshot(collection)
        : corpus(collection).open(wanted).snapshot();
  }

  private synchronized Snapshot snapshot(Collection collection) {
    LuceneIndex index =
        open.computeIfAbsent(
            collection.name(),
            _ -> LuceneIndex.open(corpus(collection).index(tokenizer), tokenizer));
    index.refresh();
    if (index.lacksTerms()) {
      // Somebody packed the whole of it without a question, and no job has run since.
      corpus(collection).open(tokenizer).close();
      index.refresh();
    }
    return index.snapshot();
  }

  @Override
  public synchronized boolean isLost(Collection collection) {
    return Optional.ofNullable(open.get(collection.name())).filter(Indexer::isLost).isPresent();
  }

  /// What was open has been made anew in its place.
  private synchronized void forgetLost(Collection collection) {
    LuceneIndex index = open.get(collection.name());
    if (index != null && Indexer.isLost(index)) {
      open.remove(collection.name());
      index.close();
    }
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
