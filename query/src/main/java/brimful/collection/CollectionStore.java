package brimful.collection;

import brimful.corpus.UserError;
import brimful.queue.CollectionKey;
import brimful.store.Patience;
import brimful.store.ProcessLock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The collections of a library, as they are in its files. Safe for many threads.
final class CollectionStore {
  /// A change takes milliseconds.
  private static final Patience CHANGE = Patience.quiet(Duration.ofSeconds(10));

  private final CollectionFiles files;
  private final Path folder;
  private final AccessMode tenancy;
  private final String tokenizer;
  private final Map<String, Collection> byName;

  CollectionStore(Path folder, String tokenizer, AccessMode tenancy) {
    files = new CollectionFiles(folder, tokenizer);
    this.folder = folder;
    this.tenancy = tenancy;
    this.tokenizer = tokenizer;
    byName = files.read();
  }

  /// Where others may change them, they may be others at any time.
  private void look() {
    if (tenancy != AccessMode.ALONE) {
      byName.clear();
      byName.putAll(files.read());
    }
  }

  /// @throws UserError if another process keeps them
  void requireWriting() {
    if (tenancy == AccessMode.READING) {
      throw new UserError(
          UserError.Kind.CONFLICT,
          "these collections are only read here: change them where they are served");
    }
  }

  /// Returns all, by name.
  synchronized List<Collection> all() {
    look();
    return List.copyOf(byName.values());
  }

  /// @throws UserError if there is none of that name
  synchronized Collection get(String name) {
    look();
    Collection collection = byName.get(name);
    if (collection == null) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "no collection is called %s: create it, or see the list".formatted(name));
    }
    return collection;
  }

  /// Returns a collection as it is now.
  ///
  /// @throws UserError if it was deleted, though there may be another one of its name
  synchronized Collection now(Collection collection) {
    Collection now = byName.get(collection.name());
    if (now == null || !now.folder().equals(collection.folder())) {
      throw new UserError(
          UserError.Kind.NOT_FOUND, "collection %s was deleted".formatted(collection.name()));
    }
    return now;
  }

  synchronized Collection create(String name, Instant now) {
    var _ = new CollectionKey(name, tokenizer);
    return alone(() -> created(name, now));
  }

  private Collection created(String name, Instant now) {
    if (byName.containsKey(name)) {
      throw new UserError(
          UserError.Kind.CONFLICT, "there is a collection %s already: add to it".formatted(name));
    }
    var collection = new Collection(name, CollectionFiles.fresh(name), now, List.of());
    put(collection);
    return collection;
  }

  /// Forgets a collection; its folder stays.
  synchronized void delete(Collection collection) {
    requireWriting();
    files.markDeleted(now(collection));
    byName.remove(collection.name());
  }

  /// Changes a collection, unless it is gone: another one of its name stays as it is.
  ///
  /// @return the collection as it is now
  /// @throws UserError if it is gone
  synchronized Collection change(Collection collection, UnaryOperator<Collection> change) {
    return alone(() -> {
      Collection changed = change.apply(now(collection));
      put(changed);
      return changed;
    });
  }

  /// Changes something, while no other process does.
  private Collection alone(Supplier<Collection> change) {
    requireWriting();
    if (tenancy == AccessMode.ALONE) {
      return change.get();
    }
    Path file = folder.resolveSibling(folder.getFileName() + ".change");
    try (ProcessLock _ = ProcessLock.take(file, CHANGE, "is changing these collections")) {
      look();
      return change.get();
    }
  }

  private void put(Collection collection) {
    files.write(collection);
    byName.put(collection.name(), collection);
  }

  /// Returns where a collection's things are kept.
  Path folder(Collection collection) {
    return files.folder(collection);
  }

  /// Returns the folders of collections that were deleted and are not gone yet.
  List<Path> deleted() {
    return files.deleted();
  }
}
