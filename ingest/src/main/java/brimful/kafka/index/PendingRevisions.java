package brimful.kafka.index;

import brimful.corpus.Item;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.Revision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Revisions of collections whose index is not open, until the next commit: so each of these
/// indexes is opened and committed once for many records, in whatever order collections are mixed.
///
/// [#add] is safe for many threads, [#take] is for one while no other works.
final class PendingRevisions {
  private static final int REVISIONS_MAX = 50_000;
  private static final long CHARACTERS_MAX = 32L << 20;

  private final Map<CollectionKey, Queue<RevisionAssembler.Whole>> waiting =
      new ConcurrentHashMap<>();
  private final AtomicInteger revisions = new AtomicInteger();
  private final AtomicLong characters = new AtomicLong();

  void add(RevisionAssembler.Whole whole) {
    waiting
        .computeIfAbsent(whole.revision().collection(), _ -> new ConcurrentLinkedQueue<>())
        .add(whole);
    revisions.incrementAndGet();
    characters.addAndGet(characters(whole.revision()));
  }

  private static long characters(Revision revision) {
    return switch (revision.change()) {
      case Revision.Change.Delete _ -> 0;
      case Revision.Change.Put(Item item) ->
          item.documents().stream()
              .flatMap(document -> document.chunks().stream())
              .mapToLong(chunk -> chunk.text().length())
              .sum();
    };
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /// Returns whether they take so much memory that they must be applied.
  boolean isFull() {
    return revisions.get() > REVISIONS_MAX || characters.get() > CHARACTERS_MAX;
  }

  /// Removes the revisions of some collections, and returns them in the order of arrival.
  SequencedMap<CollectionKey, List<RevisionAssembler.Whole>> take(int collections) {
    var taken = new TreeMap<CollectionKey, List<RevisionAssembler.Whole>>();
    waiting.keySet().stream()
        .sorted(Comparator.naturalOrder())
        .limit(collections)
        .toList()
        .forEach(key -> taken.put(key, new ArrayList<>(waiting.remove(key))));
    taken.values().stream()
        .flatMap(List::stream)
        .forEach(whole -> {
          revisions.decrementAndGet();
          characters.addAndGet(-characters(whole.revision()));
        });
    return taken;
  }
}
