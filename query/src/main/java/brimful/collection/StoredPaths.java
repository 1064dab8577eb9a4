package brimful.collection;

import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.KeptText;
import brimful.corpus.Outcome;
import brimful.corpus.Secrets;
import brimful.index.ItemState;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import brimful.index.StoredItems;
import brimful.ingest.StoredFiles;
import brimful.source.Listed;
import brimful.token.TokenCounter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The files of a path, as far as an index holds them: somebody has asked about it on this machine
/// before, with any tokenizer.
///
/// The ids of a collection's documents begin with their source's id; those of a path's documents do
/// not.
public final class StoredPaths implements StoredFiles, AutoCloseable {
  private final Snapshot snapshot;
  private final StoredItems items;
  private final TokenCounter counter;
  private final boolean recounted;
  private final String source;
  private final Predicate<ItemState> again;

  /// By the id in the collection.
  private final Map<DocumentId, DocumentId> ids = new HashMap<>();

  private StoredPaths(
      Snapshot snapshot,
      TokenCounter counter,
      boolean recounted,
      String source,
      Predicate<ItemState> again) {
    this.snapshot = snapshot;
    items = new StoredItems(snapshot);
    this.counter = counter;
    this.recounted = recounted;
    this.source = source;
    this.again = again;
    items.states().keySet().forEach(id -> ids.put(named(id), id));
  }

  /// Opens the index of a path.
  ///
  /// @param source prefix for the ids of the documents; empty for none
  /// @param again tells which files are to be read rather than taken
  public static StoredPaths open(
      PathIndexes.Known known, TokenCounter counter, String source, Predicate<ItemState> again) {
    // The snapshot remains readable when the index is closed.
    try (LuceneIndex index = LuceneIndex.open(known.folder(), known.tokenizer())) {
      boolean recounted = !known.tokenizer().equals(counter.name());
      return new StoredPaths(index.snapshot(), counter, recounted, source, again);
    }
  }

  private DocumentId named(DocumentId id) {
    return source.isEmpty() ? id : id.in(source);
  }

  @Override
  public boolean has(Listed.File file) {
    DocumentId id = ids.get(file.id());
    ItemState state = id == null ? null : items.states().get(id);
    return state != null
        && Listed.File.undated(state.stamp()).equals(file.stamp())
        && !KeptText.is(state.outcome())
        && !(state.outcome() instanceof Outcome.Failed)
        && !again.test(state);
  }

  @Override
  public Item item(Listed.File file, Consumer<List<Document>> early) {
    DocumentId id = ids.getOrDefault(file.id(), file.id());
    Item item =
        items.item(
            id, counter, recounted, part -> early.accept(part.stream().map(this::named).toList()));
    return new Item(
        file.id(),
        item.stamp(),
        item.outcome(),
        item.documents().stream().map(this::named).toList(),
        item.members().stream()
            .map(member -> new Item.Member(named(member.id()), member.outcome()))
            .toList(),
        named(item.secrets()));
  }

  private Secrets named(Secrets secrets) {
    return new Secrets(
        secrets.count(),
        secrets.found().stream()
            .map(one -> new Secrets.Found(named(one.document()), one.locator(), one.rule()))
            .toList());
  }

  private Document named(Document document) {
    DocumentId id = named(document.id());
    return new Document(
        id, document.title(), document.chunks().stream().map(chunk -> chunk.in(id)).toList());
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
