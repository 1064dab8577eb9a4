package brimful.ingest;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.index.ChunkIndex;
import brimful.index.ItemState;
import brimful.index.Snapshot;
import brimful.index.StoredItems;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// The texts that an index had before an ingest, of items that may turn out to be away. Safe for
/// many threads.
///
/// It holds on to the last commit only if there are any.
final class EarlierTexts implements AutoCloseable {
  private final ChunkIndex index;
  private final Map<DocumentId, ItemState> states;
  private final Optional<Snapshot> snapshot;
  private final AtomicInteger kept = new AtomicInteger();
  private Optional<StoredItems> stored = Optional.empty();

  EarlierTexts(ChunkIndex index, Map<DocumentId, ItemState> states) {
    this.index = index;
    this.states = states;
    snapshot = states.isEmpty() ? Optional.empty() : Optional.of(index.snapshot());
  }

  /// Returns whether an item as it was read now gives way to its earlier text.
  boolean isKept(Item now) {
    return earlier(now).isPresent();
  }

  private Optional<ItemState> earlier(Item now) {
    return Optional.ofNullable(states.get(now.id()))
        .flatMap(state -> ReadingPlan.kept(state, now.outcome()));
  }

  /// Keeps the earlier text of an item.
  ///
  /// @return how the item has ended
  Outcome keep(Item now) {
    ItemState state = earlier(now).orElseThrow();
    kept.incrementAndGet();
    put(now.id(), state);
    return state.outcome();
  }

  /// Puts an item with its earlier text, whatever the index has of it now.
  void put(DocumentId id, ItemState state) {
    stored().keep(id, state.stamp(), state.outcome(), index);
  }

  private synchronized StoredItems stored() {
    StoredItems items = stored.orElseGet(() -> new StoredItems(snapshot.orElseThrow()));
    stored = Optional.of(items);
    return items;
  }

  /// Returns how many items kept their text when they were to be read.
  int kept() {
    return kept.get();
  }

  @Override
  public void close() {
    snapshot.ifPresent(Snapshot::close);
  }
}
