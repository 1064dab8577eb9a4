package brimful.kafka.index;

import brimful.index.ChunkIndex;
import brimful.kafka.JobProgress;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.Inventory;
import brimful.kafka.record.JobCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The indexes of all collections in one store.
///
/// An index is opened by its first record and closed when [#OPEN_MAX] others were used since, so
/// that time and memory depend on the collections that change, not on how many there are. While so
/// many are open, records of others wait for the next commit. The store knows the collections that
/// were ever committed: an index that is known and missing was lost. [#apply] and [#of] are safe
/// for many threads; the other methods are for one, while none uses an index.
public final class CollectionIndexes implements AutoCloseable {
  /// Each open index has about ten file handles and, while it changes, a writer.
  static final int OPEN_MAX = 128;

  private final IndexStore store;
  private final String topic;
  private final Map<CollectionKey, Open> open = new ConcurrentHashMap<>();
  private final SortedSet<CollectionKey> known;
  private final Set<CollectionKey> lost = new ConcurrentSkipListSet<>();
  private final Map<CollectionKey, Inventory> inventories = new ConcurrentHashMap<>();
  private final PendingRevisions pending = new PendingRevisions();
  private final AtomicLong uses = new AtomicLong();

  /// An open index and when it was used last.
  private static final class Open {
    private final CollectionIndex index;
    private volatile long used;
    private volatile long appliedNanos = System.nanoTime();

    Open(CollectionIndex index) {
      this.index = index;
    }

    boolean isQuiet(long sinceNanos) {
      return index.isChanged() && appliedNanos - sinceNanos < 0;
    }
  }

  private CollectionIndexes(IndexStore store, String topic) {
    this.store = store;
    this.topic = topic;
    known = new TreeSet<>(store.known());
  }

  /// Opens a folder; its indexes are opened when they are needed.
  ///
  /// @param topic the id of the topic that they are built from
  static CollectionIndexes open(Path folder, String topic) {
    return open(new FolderStore(folder), topic);
  }

  /// Opens a store; its indexes are opened when they are needed.
  ///
  /// @param topic the id of the topic that they are built from
  static CollectionIndexes open(IndexStore store, String topic) {
    var indexes = new CollectionIndexes(store, topic);
    store.clearRetired(Instant.now());
    indexes.known.parallelStream().filter(key -> !store.exists(key)).forEach(indexes.lost::add);
    return indexes;
  }

  /// Returns the collections in a folder, in order; none if the folder does not exist.
  public static List<CollectionKey> list(Path folder) {
    var keys = new ArrayList<CollectionKey>();
    for (Path name : children(folder)) {
      for (Path tokenizer : children(name)) {
        keys.add(
            new CollectionKey(name.getFileName().toString(), tokenizer.getFileName().toString()));
      }
    }
    keys.sort(null);
    return keys;
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns where a collection's index is.
  public static Path folder(Path folder, CollectionKey key) {
    return folder.resolve(key.name()).resolve(key.tokenizer());
  }

  /// Applies a revision, now or with the next [#applyPending].
  ///
  /// @return the versions that it has overtaken, if that is known now
  List<CollectionIndex.Overtaken> apply(RevisionAssembler.Whole whole) {
    CollectionKey key = whole.revision().collection();
    if (!open.containsKey(key) && open.size() >= OPEN_MAX) {
      pending.add(whole);
      return List.of();
    }
    Open one = opened(key);
    one.appliedNanos = System.nanoTime();
    return one.index.apply(whole);
  }

  /// Applies the pending revisions of some collections.
  ///
  /// @return the versions that they have overtaken
  List<CollectionIndex.Overtaken> applyPending() {
    return pending.take(OPEN_MAX / 2).entrySet().parallelStream()
        .flatMap(entry -> {
          CollectionIndex index = of(entry.getKey());
          return entry.getValue().stream().map(index::apply).flatMap(List::stream);
        })
        .toList();
  }

  boolean hasPending() {
    return !pending.isEmpty();
  }

  /// Returns a collection's index; creates it if there is none.
  CollectionIndex of(CollectionKey key) {
    return opened(key).index;
  }

  private Open opened(CollectionKey key) {
    Open one = open.computeIfAbsent(key, this::load);
    one.used = uses.incrementAndGet();
    return one;
  }

  private Open load(CollectionKey key) {
    ChunkIndex index = store.open(key);
    try {
      var loaded = new CollectionIndex(index, topic, Instant.now());
      if (loaded.isFresh() && known.contains(key)) {
        lost.add(key);
      }
      return new Open(loaded);
    } catch (RuntimeException e) {
      index.close();
      throw e;
    }
  }

  /// Returns the collections whose index was found missing, damaged or of another format since the
  /// last call: they must be read again from the beginning.
  Set<CollectionKey> lost() {
    Set<CollectionKey> found = Set.copyOf(lost);
    lost.removeAll(found);
    // Until its next commit, it is as good as new.
    known.removeAll(found);
    return found;
  }

  /// Returns what a collection's index has, as it was committed last.
  Inventory inventory(CollectionKey key) {
    return CollectionIndex.committed(store.notes(key)).orElse(Inventory.empty(topic));
  }

  /// Returns the collections whose index is not the one that was reported last: another was put in
  /// its place, or it was removed.
  Set<CollectionKey> replaced(Map<CollectionKey, Inventory> reported) {
    return reported.entrySet().parallelStream()
        .filter(entry -> entry.getValue().topic().equals(topic))
        .filter(entry -> !entry.getValue().equals(inventory(entry.getKey())))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Returns what the indexes have that were committed since the last call.
  Map<CollectionKey, Inventory> inventories() {
    Map<CollectionKey, Inventory> found = Map.copyOf(inventories);
    found.forEach(inventories::remove);
    return found;
  }

  int openCount() {
    return open.size();
  }

  /// Returns whether so much is uncommitted that it must be committed. Revisions open no more than
  /// [#OPEN_MAX] indexes, and those of others may wait; drops open more.
  boolean isFull() {
    return pending.isFull()
        || open.size() > OPEN_MAX
            && open.values().stream().filter(one -> one.index.isChanged()).count() >= OPEN_MAX / 2;
  }

  /// Returns whether an index changed, but not since a time.
  boolean hasQuiet(long sinceNanos) {
    return open.values().stream().anyMatch(one -> one.isQuiet(sinceNanos));
  }

  /// Commits the indexes that changed.
  ///
  /// @return the counts of jobs that had results, by [JobProgress] key
  Map<String, JobCounts> commit(Instant now) {
    return commit(now, _ -> true);
  }

  /// Commits the indexes that changed, but not since a time: a small collection becomes visible
  /// while a large one keeps changing.
  ///
  /// @return the counts of jobs that had results, by [JobProgress] key
  Map<String, JobCounts> commitQuiet(Instant now, long sinceNanos) {
    return commit(now, one -> one.isQuiet(sinceNanos));
  }

  private Map<String, JobCounts> commit(Instant now, Predicate<Open> chosen) {
    Map<CollectionKey, CollectionIndex> changed = new TreeMap<>();
    open.forEach((key, one) -> {
      if (one.index.isChanged() && chosen.test(one)) {
        changed.put(key, one.index);
      }
    });
    // First, so that an index with a commit is always known.
    remember(changed.keySet());
    changed.entrySet().parallelStream()
        .forEach(entry -> {
          entry.getValue().commit(now);
          inventories.put(entry.getKey(), entry.getValue().inventory());
        });
    var jobs = new TreeMap<String, JobCounts>();
    open.forEach((key, one) -> {
      if (!one.index.isChanged()) {
        one.index.report().forEach((job, counts) -> jobs.put(JobProgress.jobKey(key, job), counts));
      }
    });
    return jobs;
  }

  private void remember(Set<CollectionKey> keys) {
    List<CollectionKey> added = keys.stream().filter(known::add).toList();
    if (!added.isEmpty()) {
      store.remember(added);
    }
  }

  /// Removes the indexes of dropped collections, and closes the indexes that were not used for
  /// longest, until [#OPEN_MAX] are open; those with uncommitted changes or reports stay open.
  void trim() {
    List<Map.Entry<CollectionKey, Open>> ended =
        open.entrySet().stream()
            .filter(entry -> !entry.getValue().index.isChanged())
            .filter(entry -> entry.getValue().index.isRetired())
            .toList();
    if (!ended.isEmpty()) {
      ended.forEach(this::close);
      List<CollectionKey> retired = ended.stream().map(Map.Entry::getKey).toList();
      known.removeAll(retired);
      // First, so that a removed index does not look lost.
      store.forget(retired);
      retired.forEach(store::retire);
    }
    int many = open.size() - OPEN_MAX;
    if (many <= 0) {
      return;
    }
    open.entrySet().stream()
        .filter(entry -> entry.getValue().index.isIdle())
        .sorted(Comparator.comparingLong(entry -> entry.getValue().used))
        .limit(many)
        .toList()
        .forEach(this::close);
  }

  private void close(Map.Entry<CollectionKey, Open> entry) {
    open.remove(entry.getKey());
    entry.getValue().index.close();
  }

  @Override
  public void close() {
    open.values().forEach(one -> one.index.close());
    open.clear();
  }
}
