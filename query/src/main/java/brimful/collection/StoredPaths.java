package brimful.collection;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.index.ItemState;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import brimful.index.StoredItems;
import brimful.ingest.StoredFiles;
import brimful.source.Listed;
import brimful.token.TokenCounter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The files of a collection's source as far as the index of its path holds them: what somebody has
/// asked about on this machine before.
///
/// The ids of a collection's documents begin with their source's id, those of a path's do not.
final class StoredPaths implements StoredFiles, AutoCloseable {
  private final Snapshot snapshot;
  private final StoredItems items;
  private final TokenCounter counter;
  private final boolean recounted;
  private final String source;

  /// By the id in the collection.
  private final Map<DocumentId, DocumentId> ids = new HashMap<>();

  private StoredPaths(
      Snapshot snapshot, TokenCounter counter, boolean recounted, CollectionSource source) {
    this.snapshot = snapshot;
    items = new StoredItems(snapshot);
    this.counter = counter;
    this.recounted = recounted;
    this.source = source.id();
    items.states().keySet().forEach(id -> ids.put(id.in(this.source), id));
  }

  /// Opens what there is of a source; empty if nobody has asked about its path.
  static Optional<StoredPaths> of(
      SourceReader reader, CollectionSource source, TokenCounter counter) {
    return PathIndexes.latest(reader, source.location(), counter.name())
        .map(known -> {
          // The snapshot stays readable when the index is closed.
          try (LuceneIndex index = LuceneIndex.open(known.folder(), known.tokenizer())) {
            boolean recounted = !known.tokenizer().equals(counter.name());
            return new StoredPaths(index.snapshot(), counter, recounted, source);
          }
        });
  }

  @Override
  public boolean has(Listed.File file) {
    DocumentId id = ids.get(file.id());
    ItemState state = id == null ? null : items.states().get(id);
    return state != null
        && state.stamp().equals(file.stamp())
        && !(state.outcome() instanceof Outcome.Failed);
  }

  @Override
  public Item item(Listed.File file) {
    DocumentId id = ids.getOrDefault(file.id(), file.id());
    Item item = items.item(id, counter, recounted);
    return new Item(
        file.id(),
        item.stamp(),
        item.outcome(),
        item.documents().stream().map(this::named).toList(),
        item.members().stream()
            .map(member -> new Item.Member(member.id().in(source), member.outcome()))
            .toList());
  }

  private Document named(Document document) {
    DocumentId id = document.id().in(source);
    return new Document(
        id, document.title(), document.chunks().stream().map(chunk -> named(chunk, id)).toList());
  }

  private static Chunk named(Chunk chunk, DocumentId id) {
    return new Chunk(
        id,
        chunk.ordinal(),
        chunk.locator(),
        chunk.heading(),
        chunk.definitions(),
        chunk.text(),
        chunk.tokens());
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
