package brimful.collection.library;

import brimful.corpus.UserError;
import brimful.kafka.record.CollectionKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// The collections of a service, backed by their files. Safe for many threads.
final class CollectionStore {
  private final CollectionFiles files;
  private final Path folder;
  private final AccessMode access;
  private final String tokenizer;
  private final Map<String, Collection> byName;

  CollectionStore(Path folder, String tokenizer, AccessMode access) {
    files = new CollectionFiles(folder, tokenizer);
    this.folder = folder;
    this.access = access;
    this.tokenizer = tokenizer;
    byName = files.read();
  }

  /// Holds collections that no file keeps.
  CollectionStore(List<Collection> fixed, String tokenizer) {
    folder = Path.of("");
    files = new CollectionFiles(folder, tokenizer);
    access = AccessMode.FIXED;
    this.tokenizer = tokenizer;
    byName = new TreeMap<>();
    fixed.forEach(collection -> byName.put(collection.name(), collection));
  }

  /// Rereads the collections if another process may change them.
  private void look() {
    if (access == AccessMode.READING) {
      byName.clear();
      byName.putAll(files.read());
    }
  }

  /// @throws UserError if another process keeps them
  void requireWriting() {
    if (access != AccessMode.ALONE) {
      throw new UserError(
          UserError.Kind.CONFLICT,
          "these collections are only read here: change them where they are served");
    }
  }

  /// Returns all collections, by name.
  synchronized List<Collection> all() {
    look();
    return List.copyOf(byName.values());
  }

  /// @throws UserError if none has that name
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
  /// @throws UserError if it was deleted, even if another one has its name by now
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
    requireWriting();
    return created(name, now);
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

  /// Deletes a collection; its folder remains.
  synchronized void delete(Collection collection) {
    requireWriting();
    files.markDeleted(now(collection));
    byName.remove(collection.name());
  }

  /// Changes a collection, unless it was deleted; another one of its name stays unchanged.
  ///
  /// @return the collection as it is now
  /// @throws UserError if it was deleted
  synchronized Collection change(Collection collection, UnaryOperator<Collection> change) {
    if (access == AccessMode.READING) {
      requireWriting();
    }
    Collection changed = change.apply(now(collection));
    put(changed);
    return changed;
  }

  private void put(Collection collection) {
    if (access != AccessMode.FIXED) {
      files.write(collection);
    }
    byName.put(collection.name(), collection);
  }

  /// Returns a collection's folder.
  Path folder(Collection collection) {
    return files.folder(collection);
  }

  /// Returns the folders of deleted collections that still exist.
  List<Path> deleted() {
    return files.deleted();
  }
}
