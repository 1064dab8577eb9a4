package brimful.collection;

import brimful.corpus.UserError;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Collections whose index has another version or is damaged: all their sources are read again,
/// once. Safe for many threads.
final class LostIndexes {
  private static final Logger LOG = LoggerFactory.getLogger(LostIndexes.class);

  private final Indexer indexer;
  private final AccessMode mode;
  private final BiConsumer<Collection, CollectionSource> resume;

  /// By the collection's folder.
  private final Set<String> rebuilding = ConcurrentHashMap.newKeySet();

  /// @param resume starts to read a source
  LostIndexes(Indexer indexer, AccessMode mode, BiConsumer<Collection, CollectionSource> resume) {
    this.indexer = indexer;
    this.mode = mode;
    this.resume = resume;
  }

  /// Records that a source of a collection has been read completely.
  void read(Collection collection) {
    rebuilding.remove(collection.folder());
  }

  /// Starts to read the sources of a collection again if its index is lost.
  void readAgain(Collection collection, JobRuns runs) {
    try {
      if (mode == AccessMode.READING
          || !indexer.isLost(collection)
          || !rebuilding.add(collection.folder())) {
        return;
      }
      LOG.warn("index is lost, reading its sources again collection={}", collection.name());
      for (CollectionSource source : collection.sources()) {
        if (!runs.isUnderWay(collection, source.id())) {
          resume.accept(collection, source);
        }
      }
    } catch (UserError | UncheckedIOException e) {
      // It may have been deleted a moment ago.
      if (!(e instanceof UserError known && known.kind() == UserError.Kind.NOT_FOUND)) {
        LOG.warn(
            "index cannot be opened collection={} cause={}", collection.name(), e.getMessage());
      }
    }
  }
}
