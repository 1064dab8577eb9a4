package brimful.collection;

import brimful.corpus.Document;
import brimful.corpus.Item;
import brimful.ingest.StoredFiles;
import brimful.source.Listed;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Opens another index when the first file has changed, and not before: usually none has.
public final class LazyStoredFiles implements StoredFiles, AutoCloseable {
  private final Supplier<Optional<StoredPaths>> opener;
  private boolean looked;

  /// Empty, or one element.
  private List<StoredPaths> opened = List.of();

  public LazyStoredFiles(Supplier<Optional<StoredPaths>> opener) {
    this.opener = opener;
  }

  private synchronized List<StoredPaths> opened() {
    if (!looked) {
      looked = true;
      opened = opener.get().stream().toList();
    }
    return opened;
  }

  @Override
  public boolean has(Listed.File file) {
    return opened().stream().anyMatch(stored -> stored.has(file));
  }

  @Override
  public Item item(Listed.File file, Consumer<List<Document>> early) {
    return opened().getFirst().item(file, early);
  }

  @Override
  public synchronized void close() {
    opened.forEach(StoredPaths::close);
  }
}
