package brimful.collection.library;

import brimful.collection.CorpusListener;
import brimful.collection.OpenCorpus;
import brimful.collection.PathCorpus;
import brimful.corpus.Outcome;
import brimful.index.LuceneIndex;
import brimful.index.RecountListener;
import brimful.index.Snapshot;
import brimful.ingest.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the indexes of paths up to date, which other processes share.
final class PathIndexer implements Indexer {
  private static final Logger LOG = LoggerFactory.getLogger(PathIndexer.class);

  private final Map<String, PathCorpus> corpora;
  private final String tokenizer;

  /// By the collection's name. Others do not delete an index that is open here.
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
              new CollectionSource(
                  name, entry.getValue().display(), now, Instant.EPOCH, "", Duration.ZERO, "");
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
    RecountListener recount = new RecountJob(collection.name(), tokenizer, Optional::empty);
    CorpusListener listener = listener(collection, run, recount);
    try (OpenCorpus open = corpus(collection).open(tokenizer, listener)) {
      int removed = open.ingested().removed();
      run.count(is -> is.withRemoved(removed));
    } finally {
      forgetLost(collection);
    }
  }

  private static CorpusListener listener(
      Collection collection, Progress progress, RecountListener recount) {
    return new CorpusListener() {
      @Override
      public void note(String line) {
        LOG.info("{} collection={}", line, collection.name());
      }

      @Override
      public Progress progress() {
        return progress;
      }

      @Override
      public RecountListener recount(String other) {
        return recount;
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
  public Snapshot snapshot(Collection collection, String wanted, RecountListener recount) {
    // Jobs keep the index of one tokenizer up to date; the index of another one is updated here.
    return wanted.equals(tokenizer)
        ? snapshot(collection)
        : corpus(collection)
            .open(wanted, listener(collection, Progress.silent(), recount))
            .snapshot();
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

  /// Forgets an open index that was rebuilt in its place.
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
